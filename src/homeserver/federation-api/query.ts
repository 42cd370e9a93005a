import * as v from "valibot";
import { parseRoomAlias } from "../../protocol/identifiers.ts";
import { isRefusal } from "../../protocol/refusal.ts";
import { serversIn } from "../federation/find-room.ts";
import { ok } from "../http/answer.ts";
import { federationEndpoint } from "./federation-endpoint.ts";

/**
 * GET /_matrix/federation/v1/query/directory
 * https://spec.matrix.org/v1.19/server-server-api/#get_matrixfederationv1querydirectory
 */
const directory = federationEndpoint({
  method: "GET",
  path: "/_matrix/federation/v1/query/directory",
  query: v.object({ room_alias: v.string() }),
  handle({ server, query: { room_alias: alias } }) {
    const parsed = parseRoomAlias(alias);
    if (isRefusal(parsed)) return parsed;
    const found = server.aliases.get(alias);
    if (!found) return { code: "room/unknown", facts: { room: alias } };
    const room = server.rooms.get(found.room);
    return ok({ room_id: found.room, servers: room ? serversIn(room) : [server.name] });
  },
});

export const queryEndpoints = [directory];
