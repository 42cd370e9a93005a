import * as v from "valibot";
import { isRefusal, type Refusal } from "../../protocol/refusal.ts";
import type { FederationRequest } from "../federation/requests.ts";
import { type JsonAnswer, ok } from "../http/answer.ts";
import { listQuery, searchBody, searchWishes } from "../http/directory-query.ts";
import { type DirectoryWishes, publishedRooms } from "../room/published-rooms.ts";
import type { Server } from "../server.ts";
import { endpoint } from "./endpoint.ts";

const path = "/_matrix/federation/v1/publicRooms";

/** A page of this server's directory, or of another's, which is asked the same. */
async function directoryOf(
  server: Server,
  name: string | undefined,
  wishes: DirectoryWishes,
  request: FederationRequest,
): Promise<JsonAnswer | Refusal> {
  if (name === undefined || name === server.name) {
    const page = publishedRooms(server, wishes);
    return isRefusal(page) ? page : ok(page);
  }
  const page = await server.federation.request(name, request);
  if (isRefusal(page)) return page;
  if (!Array.isArray(page.chunk)) return { code: "federation/bad-answer", facts: { server: name, path } };
  return ok(page);
}

/**
 * GET /_matrix/client/v3/publicRooms
 * https://spec.matrix.org/v1.19/client-server-api/#get_matrixclientv3publicrooms
 */
const list = endpoint({
  method: "GET",
  path: "/_matrix/client/v3/publicRooms",
  auth: "none",
  query: v.object({ ...listQuery.entries, server: v.optional(v.string()) }),
  handle: ({ server, query: { server: name, ...wishes } }) =>
    directoryOf(server, name, wishes, { method: "GET", path, query: wishes }),
});

/**
 * POST /_matrix/client/v3/publicRooms
 * https://spec.matrix.org/v1.19/client-server-api/#post_matrixclientv3publicrooms
 */
const search = endpoint({
  method: "POST",
  path: "/_matrix/client/v3/publicRooms",
  query: v.object({ server: v.optional(v.string()) }),
  body: searchBody,
  bodyMayBeEmpty: true,
  handle({ server, query, body }) {
    const { limit, since, filter } = body;
    const asked = {
      ...(limit !== undefined && { limit }),
      ...(typeof since === "string" && { since }),
      ...(filter !== undefined && { filter: filter as object as Record<string, string> }),
    };
    return directoryOf(server, query.server, searchWishes(body), { method: "POST", path, body: asked });
  },
});

export const publicRoomsEndpoints = [list, search];
