import * as v from "valibot";
import type { JsonObject } from "../../protocol/json.ts";
import type { Refusal } from "../../protocol/refusal.ts";
import { type JsonAnswer, ok } from "../http/answer.ts";
import { countText, integer, objectWith } from "../http/validate.ts";
import { publicSummary } from "../room/public-summary.ts";
import type { Server } from "../server.ts";
import { endpoint } from "./endpoint.ts";

type Wishes = {
  server?: string | undefined;
  limit?: number | undefined;
  since?: string | undefined;
  term?: string | undefined;
  /** `null` stands for rooms of no type. */
  roomTypes?: readonly (string | null)[] | undefined;
};

/** A page of the directory, the room with the most members first. */
function publishedRooms(server: Server, wishes: Wishes): JsonAnswer | Refusal {
  if (wishes.server !== undefined && wishes.server !== server.name) {
    return { code: "room/directory-out-of-reach", facts: { server: wishes.server } };
  }
  const match = /^p(\d{1,9})$/.exec(wishes.since ?? "p0");
  if (!match) return { code: "room/bad-token", facts: { token: wishes.since ?? "" } };
  const start = Number(match[1]);
  const all = server.aliases.published().flatMap((roomId) => {
    const room = server.rooms.get(roomId);
    return room ? [publicSummary(room)] : [];
  });
  const found = all.filter((summary) => isWanted(summary, wishes));
  found.sort((a, b) => Number(b.num_joined_members) - Number(a.num_joined_members));
  const limit = Math.max(
    1,
    Math.min(wishes.limit ?? server.settings.limits.pageSize, server.settings.limits.pageSize),
  );
  const end = start + limit;
  return ok({
    chunk: found.slice(start, end).map(entry),
    total_room_count_estimate: found.length,
    ...(end < found.length && { next_batch: `p${end}` }),
    ...(start > 0 && { prev_batch: `p${Math.max(0, start - limit)}` }),
  });
}

/** What the directory tells is less than a summary. */
function entry({
  room_version: _,
  encryption: __,
  allowed_room_ids: ___,
  ...summary
}: JsonObject): JsonObject {
  return summary;
}

function isWanted(summary: JsonObject, { term, roomTypes }: Wishes): boolean {
  if (roomTypes && !roomTypes.includes((summary.room_type as string | undefined) ?? null)) return false;
  if (!term) return true;
  const sought = term.toLowerCase();
  return [summary.name, summary.topic, summary.canonical_alias].some(
    (text) => typeof text === "string" && text.toLowerCase().includes(sought),
  );
}

/**
 * GET /_matrix/client/v3/publicRooms
 * https://spec.matrix.org/v1.19/client-server-api/#get_matrixclientv3publicrooms
 */
const list = endpoint({
  method: "GET",
  path: "/_matrix/client/v3/publicRooms",
  auth: "none",
  query: v.object({
    limit: v.optional(countText),
    since: v.optional(v.string()),
    server: v.optional(v.string()),
  }),
  handle: ({ server, query }) => publishedRooms(server, query),
});

/**
 * POST /_matrix/client/v3/publicRooms
 * https://spec.matrix.org/v1.19/client-server-api/#post_matrixclientv3publicrooms
 */
const search = endpoint({
  method: "POST",
  path: "/_matrix/client/v3/publicRooms",
  query: v.object({ server: v.optional(v.string()) }),
  body: v.looseObject({
    limit: v.optional(v.pipe(integer, v.minValue(0, "zero or more"))),
    since: v.optional(v.string()),
    filter: v.optional(
      objectWith({
        generic_search_term: v.optional(v.nullable(v.string())),
        room_types: v.optional(v.nullable(v.array(v.nullable(v.string())))),
      }),
    ),
    include_all_networks: v.optional(v.boolean()),
    third_party_instance_id: v.optional(v.string()),
  }),
  bodyMayBeEmpty: true,
  handle: ({ server, query, body }) =>
    publishedRooms(server, {
      server: query.server,
      limit: body.limit,
      since: body.since,
      term: body.filter?.generic_search_term ?? undefined,
      roomTypes: body.filter?.room_types ?? undefined,
    }),
});

export const publicRoomsEndpoints = [list, search];
