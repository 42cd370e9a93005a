import type { JsonObject } from "../../protocol/json.ts";
import { isRefusal, type Refusal } from "../../protocol/refusal.ts";
import type { Server } from "../server.ts";
import { firstToAgree, signedMembership } from "./membership-template.ts";
import { strippedFromPdus } from "./outside-state.ts";

/**
 * Knocks at a room that this server is not in.
 * https://spec.matrix.org/v1.19/server-server-api/#knocking-upon-a-room
 */
export async function knockRemotely(
  server: Server,
  {
    roomId,
    userId,
    content,
    servers,
  }: { roomId: string; userId: string; content: JsonObject; servers: readonly string[] },
): Promise<Refusal | undefined> {
  const done = await firstToAgree(servers, roomId, async (destination) => {
    const signed = await signedMembership(server, destination, {
      roomId,
      userId,
      membership: "knock",
      content,
    });
    if (isRefusal(signed)) return signed;
    const { id, pdu, version } = signed;
    const answer = await server.federation.request(destination, {
      method: "PUT",
      path: `/_matrix/federation/v1/send_knock/${encodeURIComponent(roomId)}/${encodeURIComponent(id)}`,
      body: pdu,
    });
    if (isRefusal(answer)) return answer;
    const shown = strippedFromPdus(answer.knock_room_state);
    server.rooms.outside.set(roomId, { id, pdu }, { version: version.id, shown, servers: [destination] });
    server.rooms.comesBack(userId, roomId);
    server.notifier.wake([userId]);
    return "knocked";
  });
  return isRefusal(done) ? done : undefined;
}
