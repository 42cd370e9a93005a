import { isJsonObject, type JsonObject } from "../../protocol/json.ts";
import { defaultRoomVersion } from "../../protocol/room-versions.ts";
import type { ActionResult } from "../action.ts";
import { entriesOf } from "../observing/growing-record.ts";
import { type ActionStage, done, refused } from "./action-stage.ts";
import type { Forgery } from "./federation-action.ts";

/** Plays what a dishonest server does. */
export async function playForgery(stage: ActionStage, action: Forgery): Promise<ActionResult> {
  const { server } = action;
  const room = stage.bindings().rooms[action.in] ?? action.in;
  const { copies, roomVersions } = stage.observation();
  const pdu = action.pdu ?? edited(stage, room, action);
  if (!pdu) return refused("act/unknown-event");
  const others = Object.keys(copies).filter((host) => host !== server && copies[host]?.[room]);
  const known = await stage.simulation.forge(server, {
    to: action.to ?? others,
    roomVersion: roomVersions[room] ?? defaultRoomVersion,
    pdus: [pdu],
    hash: action.hash ?? "fits",
    sign: action.sign ?? "own",
    ...(action.claim !== undefined && { claim: action.claim }),
  });
  return known ? done : refused("act/unknown-host", { host: server });
}

/** The newest event that is asked for, with the change in it. */
function edited(
  stage: ActionStage,
  room: string,
  { from, event: type, change = {} }: Forgery,
): JsonObject | undefined {
  const sender = from === undefined ? undefined : (stage.bindings().people[from]?.user ?? from);
  const [, found] =
    entriesOf(stage.observation().events).findLast(
      ([, { room: itsRoom, pdu }]) =>
        itsRoom === room &&
        (type === undefined || pdu.type === type) &&
        (sender === undefined || pdu.sender === sender),
    ) ?? [];
  if (!found) return undefined;
  const { content, ...rest } = change;
  const before = isJsonObject(found.pdu.content) ? found.pdu.content : {};
  const after = isJsonObject(content) ? { ...before, ...content } : before;
  return { ...found.pdu, ...rest, content: after };
}
