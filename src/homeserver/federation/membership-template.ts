import { isJsonObject, type JsonObject } from "../../protocol/json.ts";
import type { Pdu, UnsignedPdu } from "../../protocol/pdu.ts";
import { pduFault } from "../../protocol/pdu-check.ts";
import { isRefusal, type Refusal } from "../../protocol/refusal.ts";
import { findRoomVersion, type RoomVersion, roomVersions } from "../../protocol/room-versions.ts";
import { signPdu } from "../room/send-event.ts";
import type { Server } from "../server.ts";

/** A membership of a user here in a room that only other servers are in. */
export type RemoteMembership = {
  roomId: string;
  userId: string;
  membership: "join" | "knock" | "leave";
  /** Of the member event, beside the membership. */
  content: JsonObject;
};

/** A member event as it goes to the server that made its template. */
export type SignedMembership = { id: string; pdu: Pdu; version: RoomVersion };

/**
 * Has a server that is in a room make a member event for it, checks that it is what was asked for, completes and
 * signs it. https://spec.matrix.org/v1.19/server-server-api/#joining-rooms
 */
export async function signedMembership(
  server: Server,
  destination: string,
  { roomId, userId, membership, content }: RemoteMembership,
): Promise<SignedMembership | Refusal> {
  const answer = await server.federation.request(destination, {
    method: "GET",
    path: `/_matrix/federation/v1/make_${membership}/${encodeURIComponent(roomId)}/${encodeURIComponent(userId)}`,
    ...(membership !== "leave" && { query: { ver: Object.keys(roomVersions) } }),
  });
  if (isRefusal(answer)) return answer;
  const { event, room_version: versionId } = answer;
  const version = findRoomVersion(typeof versionId === "string" ? versionId : "1");
  if (!version) return { code: "room/unsupported-version", facts: { version: String(versionId) } };
  const bad: Refusal = {
    code: "federation/bad-answer",
    facts: { server: destination, path: `make_${membership}` },
  };
  if (!isJsonObject(event) || !isJsonObject(event.content)) return bad;
  const isRight =
    event.type === "m.room.member" &&
    event.room_id === roomId &&
    event.sender === userId &&
    event.state_key === userId &&
    event.content.membership === membership;
  if (!isRight) return bad;
  const { join_authorised_via_users_server: authoriser } = event.content;
  const unsigned = {
    type: "m.room.member",
    sender: userId,
    state_key: userId,
    room_id: roomId,
    content: {
      ...content,
      ...(authoriser !== undefined && { join_authorised_via_users_server: authoriser }),
      membership,
    },
    origin_server_ts: server.ports.clock.now(),
    depth: event.depth,
    prev_events: event.prev_events,
    auth_events: event.auth_events,
  };
  if (pduFault({ ...unsigned, hashes: { sha256: "" }, signatures: {} } as JsonObject, version)) return bad;
  const signed = await signPdu(server, unsigned as UnsignedPdu, version);
  return isRefusal(signed) ? signed : { ...signed, version };
}

/**
 * Tries servers in turn until one does it.
 * @returns what came of it, or the refusal that says most: one with a reason before one of a server out of reach.
 */
export async function firstToAgree<Result>(
  servers: readonly string[],
  roomId: string,
  attempt: (destination: string) => Promise<Result | Refusal>,
): Promise<Result | Refusal> {
  let best: Refusal | undefined;
  for (const destination of servers.slice(0, mostServers)) {
    const result = await attempt(destination);
    if (!isRefusal(result)) return result;
    if (!best || (best.code === "federation/unreachable" && result.code !== best.code)) best = result;
  }
  return best ?? { code: "federation/no-server", facts: { room: roomId } };
}

const mostServers = 10;
