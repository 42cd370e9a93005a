import type { HostFact } from "../../homeserver/ports.ts";
import type { JsonObject } from "../../protocol/json.ts";
import type { Membership } from "../condition.ts";
import { memberSeen } from "./observe-members.ts";
import { deedsOfStored } from "./observe-messages.ts";
import { directSeen, roomStateStored } from "./observe-rooms.ts";
import { newest, type Watching } from "./watching.ts";

/** What a homeserver has told. */
export function serverTold(seen: Watching, sequence: number, fact: HostFact): Partial<Watching> {
  if (fact.type !== "event-stored") return {};
  const told = whatServerTold(seen, sequence, fact);
  const { type, sender, content, redacts } = fact.pdu as JsonObject & { content: JsonObject };
  const stored = { room: fact.room, event: fact.event, sender: String(sender), type: String(type), content };
  const deeds = deedsOfStored({ ...seen, ...told }, sequence, stored, redacts);
  return deeds ? { ...told, deeds } : told;
}

function whatServerTold(
  seen: Watching,
  sequence: number,
  fact: Extract<HostFact, { type: "event-stored" }>,
): Partial<Watching> {
  const { room, event } = fact;
  const { type, sender, state_key: user, content } = fact.pdu as JsonObject & { content: JsonObject };
  if (type === "m.room.member" && typeof user === "string" && typeof content.membership === "string") {
    return {
      ...(content.is_direct === true && directSeen(seen, sequence, room)),
      toldByServers: { ...seen.toldByServers, [room]: true },
      ...memberSeen(seen, sequence, room, user, content.membership as Membership, depthOf(fact.pdu)),
    };
  }
  const state = roomStateStored(seen, sequence, room, fact.pdu as JsonObject);
  if (state.rooms) return state;
  const replaces = (content["m.relates_to"] as JsonObject | undefined)?.rel_type === "m.replace";
  if (type !== "m.room.message" || typeof content.body !== "string" || replaces) return {};
  if (seen.messages.findLast((message) => message.event === event)) return {};
  const device = senderOf(seen, room, String(sender));
  const message = {
    sequence,
    room,
    event,
    sender: String(sender),
    text: content.body,
    ...(device && { device }),
  };
  return { messages: newest([...seen.messages, message]) };
}

/** The device whose request is just bringing the user's message. */
function senderOf(seen: Watching, room: string, user: string): string | undefined {
  const path = `/rooms/${room}/send/m.room.message/`;
  return seen.exchanges.findLast(({ from, method, path: sent, status }) => {
    const person = seen.devices[from]?.person;
    return (
      status === undefined &&
      method === "PUT" &&
      sent.includes(path) &&
      person !== undefined &&
      seen.accounts[person]?.user === user
    );
  })?.from;
}

function depthOf({ depth }: JsonObject): number {
  return typeof depth === "number" ? depth : 0;
}
