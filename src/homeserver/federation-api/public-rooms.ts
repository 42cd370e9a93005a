import { isRefusal } from "../../protocol/refusal.ts";
import { ok } from "../http/answer.ts";
import { listQuery, searchBody, searchWishes } from "../http/directory-query.ts";
import { publishedRooms } from "../room/published-rooms.ts";
import { federationEndpoint } from "./federation-endpoint.ts";

/**
 * GET /_matrix/federation/v1/publicRooms
 * https://spec.matrix.org/v1.19/server-server-api/#get_matrixfederationv1publicrooms
 */
const list = federationEndpoint({
  method: "GET",
  path: "/_matrix/federation/v1/publicRooms",
  query: listQuery,
  handle({ server, query }) {
    const page = publishedRooms(server, query);
    return isRefusal(page) ? page : ok(page);
  },
});

/**
 * POST /_matrix/federation/v1/publicRooms
 * https://spec.matrix.org/v1.19/server-server-api/#post_matrixfederationv1publicrooms
 */
const search = federationEndpoint({
  method: "POST",
  path: "/_matrix/federation/v1/publicRooms",
  body: searchBody,
  handle({ server, body }) {
    const page = publishedRooms(server, searchWishes(body));
    return isRefusal(page) ? page : ok(page);
  },
});

export const publicRoomsEndpoints = [list, search];
