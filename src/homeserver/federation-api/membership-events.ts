import { serverOf } from "../../protocol/identifiers.ts";
import { isJsonObject, type JsonObject } from "../../protocol/json.ts";
import { isRefusal, type Refusal } from "../../protocol/refusal.ts";
import type { RoomVersion } from "../../protocol/room-versions.ts";
import { type CheckedPdu, checkPdu } from "../federation/check-pdu.ts";
import { fetchCited, missingParents } from "../federation/fetch-missing.ts";
import { roomFault } from "../federation/incoming-events.ts";
import { placeEvent } from "../federation/place-event.ts";
import { type Answer, ok } from "../http/answer.ts";
import type { Room } from "../room/room.ts";
import { draftEvent } from "../room/send-event.ts";
import type { Server } from "../server.ts";
import { type FederationEndpoint, federationEndpoint } from "./federation-endpoint.ts";

/** A template of a member event for a user of another server, who has to be allowed what they want. */
export function template(server: Server, room: Room, userId: string, content: JsonObject): Answer | Refusal {
  const drafted = draftEvent(server, room, {
    type: "m.room.member",
    sender: userId,
    stateKey: userId,
    content,
  });
  if (isRefusal(drafted)) return drafted;
  return ok({ room_version: room.version.id, event: { ...drafted.unsigned, origin: server.name } });
}

/** What a server asks a template for, or sends a signed member event to. */
type MembershipCall = {
  server: Server;
  origin: string;
  params: { roomId: string };
};
type SentMembership = MembershipCall & { params: { eventId: string }; body: JsonObject };
type FindRoom = (server: Server, roomId: string, origin: string) => Room | Refusal;

/** The room that a template is asked for: by a server for its own user, and of a version that it knows. */
export function roomForTemplate(
  {
    server,
    origin,
    params,
    search,
  }: MembershipCall & { params: { userId: string }; search?: URLSearchParams },
  find: FindRoom,
): Room | Refusal {
  const fault = originFault(params.userId, origin);
  if (fault) return fault;
  const room = find(server, params.roomId, origin);
  if (isRefusal(room)) return room;
  return (search && versionFault(room, search)) ?? room;
}

/** A signed member event that a server sends for its own user, and the room that it is for. */
export async function receivedMembership(
  { server, origin, params: { roomId, eventId }, body }: SentMembership,
  membership: string,
  find: FindRoom,
): Promise<{ room: Room; checked: CheckedPdu } | Refusal> {
  const room = find(server, roomId, origin);
  if (isRefusal(room)) return room;
  const checked = await checkedMembership(server, body, {
    version: room.version,
    eventId,
    origin,
    membership,
  });
  return isRefusal(checked) ? checked : { room, checked };
}

/**
 * The endpoint that takes a signed member event, and its first version, which v1.18 removed: that answered the same in a
 * list, behind the status.
 * @param handle takes the event into the room, and returns what there is to say to who sent it
 */
export function inBothVersions(
  endpoint: "send_join" | "send_leave",
  handle: (call: SentMembership) => Promise<JsonObject | Refusal>,
): FederationEndpoint[] {
  return (["v2", "v1"] as const).map((version) =>
    federationEndpoint({
      method: "PUT",
      path: `/_matrix/federation/${version}/${endpoint}/{roomId}/{eventId}`,
      body: "object",
      async handle(call) {
        const answer = await handle(call);
        if (isRefusal(answer)) return answer;
        return ok(version === "v1" ? [200, answer] : answer);
      },
    }),
  );
}

/** Whether a user is of the server that asks for them. */
function originFault(userId: string, origin: string): Refusal | undefined {
  if (serverOf(userId) === origin) return undefined;
  return { code: "federation/other-origin", facts: { user: userId, origin } };
}

/** Whether the asking server knows rooms of this version. https://spec.matrix.org/v1.19/server-server-api/#get_matrixfederationv1make_joinroomiduserid */
function versionFault(room: Room, search: URLSearchParams): Refusal | undefined {
  const known = search.getAll("ver");
  if ((known.length === 0 ? ["1"] : known).includes(room.version.id)) return undefined;
  return { code: "federation/incompatible-version", facts: { room_version: room.version.id } };
}

/** What a signed member event has to be that is sent for one's own user. */
async function checkedMembership(
  server: Server,
  value: JsonObject,
  expected: { version: RoomVersion; eventId: string; origin: string; membership: string },
): Promise<CheckedPdu | Refusal> {
  const checked = await checkPdu(server.federation.keyring, expected.version, value);
  if (isRefusal(checked)) return checked;
  const { pdu } = checked;
  const wrong = (field: string): Refusal => ({ code: "federation/wrong-event", facts: { field } });
  if (checked.id !== expected.eventId) return wrong("event_id");
  if (pdu.type !== "m.room.member") return wrong("type");
  if (serverOf(pdu.sender) !== expected.origin) return wrong("sender");
  if (pdu.state_key !== pdu.sender) return wrong("state_key");
  if (!isJsonObject(pdu.content) || pdu.content.membership !== expected.membership)
    return wrong("membership");
  return checked;
}

/** Takes a member event into the room if all checks let it, and tells the other servers of it. */
export async function takeMembership(
  server: Server,
  room: Room,
  event: CheckedPdu,
  origin: string,
): Promise<Refusal | undefined> {
  const sender = { origin, via: "transaction" } as const;
  const fault = roomFault(room, event);
  if (fault) return fault;
  const isWhole =
    (await fetchCited(server, room, event, sender)) && missingParents(room, event.pdu).length === 0;
  if (!isWhole) return { code: "federation/missing-events", facts: { event: event.id } };
  return placeEvent(server, room, event, { sender, relayed: true, onlyIfGood: true });
}
