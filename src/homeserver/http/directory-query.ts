import * as v from "valibot";
import type { DirectoryWishes } from "../room/published-rooms.ts";
import { countText, integer, objectWith } from "./validate.ts";

/** What both APIs take to list public rooms. */
export const listQuery = v.object({ limit: v.optional(countText), since: v.optional(v.string()) });

/** What both APIs take to search among them. */
export const searchBody = v.looseObject({
  limit: v.optional(v.pipe(integer, v.minValue(0, "zero or more"))),
  since: v.nullish(v.string()),
  filter: v.optional(
    objectWith({
      generic_search_term: v.optional(v.nullable(v.string())),
      room_types: v.optional(v.nullable(v.array(v.nullable(v.string())))),
    }),
  ),
  include_all_networks: v.optional(v.boolean()),
  third_party_instance_id: v.optional(v.string()),
});

export function searchWishes({ limit, since, filter }: v.InferOutput<typeof searchBody>): DirectoryWishes {
  return {
    limit,
    since: since ?? undefined,
    term: filter?.generic_search_term ?? undefined,
    roomTypes: filter?.room_types ?? undefined,
  };
}
