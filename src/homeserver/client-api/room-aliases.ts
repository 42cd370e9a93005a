import { isRefusal } from "../../protocol/refusal.ts";
import { ok } from "../http/answer.ts";
import { visibilityOf } from "../room/visibility.ts";
import { endpoint } from "./endpoint.ts";
import { joinedRoom } from "./room-access.ts";

/**
 * GET /_matrix/client/v3/rooms/{roomId}/aliases
 * https://spec.matrix.org/v1.19/client-server-api/#get_matrixclientv3roomsroomidaliases
 */
const aliases = endpoint({
  method: "GET",
  path: "/_matrix/client/v3/rooms/{roomId}/aliases",
  handle({ server, session, params }) {
    const room = server.rooms.get(params.roomId);
    const isOpen = room && visibilityOf(room.current) === "world_readable";
    const joined = isOpen ? room : joinedRoom(server, params.roomId, session.userId);
    return isRefusal(joined) ? joined : ok({ aliases: server.aliases.of(joined.id) });
  },
});

export const roomAliasesEndpoints = [aliases];
