import type { JsonObject } from "../../protocol/json.ts";
import type { Refusal } from "../../protocol/refusal.ts";
import { isRefusal } from "../../protocol/refusal.ts";
import { ok } from "../http/answer.ts";
import { validate } from "../http/validate.ts";
import type { Server } from "../server.ts";
import {
  type Filter,
  filterSchema,
  type RoomEventFilter,
  roomEventFilterSchema,
} from "../sync/event-filter.ts";
import { endpoint } from "./endpoint.ts";

/**
 * POST /_matrix/client/v3/user/{userId}/filter
 * https://spec.matrix.org/v1.19/client-server-api/#post_matrixclientv3useruseridfilter
 */
const define = endpoint({
  method: "POST",
  path: "/_matrix/client/v3/user/{userId}/filter",
  body: filterSchema,
  handle({ server, session, params, body }) {
    if (params.userId !== session.userId) return { code: "request/forbidden", facts: {} };
    return ok({ filter_id: server.filters.add(session.userId, body as JsonObject) });
  },
});

/**
 * GET /_matrix/client/v3/user/{userId}/filter/{filterId}
 * https://spec.matrix.org/v1.19/client-server-api/#get_matrixclientv3useruseridfilterfilterid
 */
const get = endpoint({
  method: "GET",
  path: "/_matrix/client/v3/user/{userId}/filter/{filterId}",
  handle({ server, session, params }) {
    if (params.userId !== session.userId) return { code: "request/forbidden", facts: {} };
    const filter = server.filters.get(session.userId, params.filterId);
    return filter ? ok(filter) : { code: "request/not-found", facts: { what: "filter" } };
  },
});

/** The filter of a sync: given by its id, or as JSON. */
export function syncFilter(server: Server, userId: string, text: string | undefined): Filter | Refusal {
  if (text === undefined || text === "") return {};
  if (text.startsWith("{")) return parsedFilter(text, filterSchema);
  const kept = server.filters.get(userId, text);
  return (
    (kept as Filter | undefined) ?? {
      code: "room/bad-filter",
      facts: { fault: `There is no filter ${text}` },
    }
  );
}

/** The filter of a page of events: always JSON. */
export function pageFilter(text: string | undefined): RoomEventFilter | Refusal {
  return text === undefined || text === "" ? {} : parsedFilter(text, roomEventFilterSchema);
}

function parsedFilter<Schema extends typeof filterSchema | typeof roomEventFilterSchema>(
  text: string,
  schema: Schema,
) {
  let value: unknown;
  try {
    value = JSON.parse(text);
  } catch {
    return { code: "request/not-json", facts: {} };
  }
  const filter = validate(schema, value, "body");
  if (!isRefusal(filter)) return filter;
  const { name, expected } = filter.facts;
  return { code: "room/bad-filter", facts: { fault: `${name} is not ${expected}` } };
}

export const filterEndpoints = [define, get];
