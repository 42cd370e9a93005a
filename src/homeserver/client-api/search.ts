import * as v from "valibot";
import type { JsonObject } from "../../protocol/json.ts";
import { isRefusal, type Refusal } from "../../protocol/refusal.ts";
import { stateKeyOf } from "../../protocol/state-resolution.ts";
import type { Session } from "../accounts/sessions.ts";
import { ok } from "../http/answer.ts";
import { integer, objectWith } from "../http/validate.ts";
import { copyFor } from "../room/erasure.ts";
import { readPage } from "../room/read-page.ts";
import { placeBefore, placeOf, type RoomEvent } from "../room/room-event.ts";
import type { Reading } from "../room/visibility.ts";
import { type Found, findEvents, searchKeys, searchWords } from "../search/find-events.ts";
import type { Server } from "../server.ts";
import { roomEventFilterSchema } from "../sync/event-filter.ts";
import { endpoint } from "./endpoint.ts";
import { eventWriter } from "./room-events.ts";
import { placeToken } from "./tokens.ts";

const count = v.pipe(integer, v.minValue(0, "zero or more"));
const contextSchema = objectWith({
  before_limit: v.optional(count, 5),
  after_limit: v.optional(count, 5),
  include_profile: v.optional(v.boolean(), false),
});
const groupKeys = ["room_id", "sender"] as const;
const criteria = objectWith({
  search_term: v.string(),
  keys: v.optional(v.array(v.picklist(searchKeys))),
  filter: v.optional(roomEventFilterSchema),
  order_by: v.optional(v.picklist(["recent", "rank"]), "rank"),
  event_context: v.optional(contextSchema),
  include_state: v.optional(v.boolean(), false),
  groupings: v.optional(
    objectWith({ group_by: v.optional(v.array(objectWith({ key: v.picklist(groupKeys) })), []) }),
  ),
});

const defaultLimit = 10;

/**
 * POST /_matrix/client/v3/search
 * https://spec.matrix.org/v1.19/client-server-api/#post_matrixclientv3search
 */
const search = endpoint({
  method: "POST",
  path: "/_matrix/client/v3/search",
  query: v.object({ next_batch: v.optional(v.string()) }),
  body: v.looseObject({ search_categories: objectWith({ room_events: v.optional(criteria) }) }),
  handle({ server, session, query, body }) {
    const wanted = body.search_categories.room_events;
    if (!wanted) return ok({ search_categories: {} });
    const page = pageOf(query.next_batch);
    if (isRefusal(page)) return page;
    const all = findEvents(server, session.userId, {
      term: wanted.search_term,
      keys: wanted.keys ?? searchKeys,
      filter: wanted.filter,
      order: wanted.order_by,
    });
    // A token out of a group goes on within that group.
    const inGroup = page.group
      ? all.filter((found) => groupValue(found, page.group!.key) === page.group!.value)
      : all;
    const limit = Math.max(
      1,
      Math.min(wanted.filter?.limit ?? defaultLimit, server.settings.limits.pageSize),
    );
    const end = page.start + limit;
    const found = inGroup.slice(page.start, end);
    return ok({
      search_categories: {
        room_events: {
          count: inGroup.length,
          highlights: searchWords(wanted.search_term),
          results: found.map((one) => resultOf(server, session, one, wanted.event_context)),
          // That nothing comes after a full page is found out by asking: clients rely on it.
          ...(found.length === limit && { next_batch: batchToken({ ...page, start: end }) }),
          ...(wanted.include_state && { state: statesOf(server, session, found) }),
          ...(wanted.groupings && { groups: groupsOf(wanted.groupings.group_by, found, all) }),
        },
      },
    });
  },
});

type Page = { start: number; group?: { key: (typeof groupKeys)[number]; value: string } };

function batchToken({ start, group }: Page): string {
  return group ? `g${start}_${group.key}_${group.value}` : `g${start}`;
}

function pageOf(token: string | undefined): Page | Refusal {
  if (token === undefined) return { start: 0 };
  const [, start, key, value] = /^g(\d{1,9})(?:_(room_id|sender)_(.+))?$/.exec(token) ?? [];
  if (start === undefined) return { code: "room/bad-token", facts: { token } };
  const group = value === undefined ? {} : { group: { key: key as (typeof groupKeys)[number], value } };
  return { start: Number(start), ...group };
}

function groupValue({ event }: Found, key: (typeof groupKeys)[number]): string {
  return key === "room_id" ? event.roomId : event.pdu.sender;
}

function groupsOf(
  by: readonly { key: (typeof groupKeys)[number] }[],
  found: Found[],
  all: Found[],
): JsonObject {
  const groups: JsonObject = {};
  for (const { key } of by) {
    const values: JsonObject = {};
    for (const value of new Set(found.map((one) => groupValue(one, key)))) {
      const results = found.filter((one) => groupValue(one, key) === value).map(({ event }) => event.id);
      const total = all.filter((one) => groupValue(one, key) === value).length;
      values[value] = {
        order: Object.keys(values).length + 1,
        results,
        ...(results.length < total && {
          next_batch: batchToken({ start: results.length, group: { key, value } }),
        }),
      };
    }
    groups[key] = values;
  }
  return groups;
}

function resultOf(
  server: Server,
  session: Session,
  { reading, event, rank }: Found,
  wanted: v.InferOutput<typeof contextSchema> | undefined,
): JsonObject {
  const write = eventWriter(server, session, reading.room);
  const context = wanted && contextOf(server, session, reading, event, wanted);
  return { rank, result: write(event), ...(context && { context }) };
}

function contextOf(
  server: Server,
  session: Session,
  reading: Reading,
  event: RoomEvent,
  wanted: v.InferOutput<typeof contextSchema>,
): JsonObject {
  const most = server.settings.limits.pageSize;
  const before = readPage(reading, {
    from: placeBefore(event),
    backwards: true,
    limit: Math.min(wanted.before_limit, most),
  });
  const after = readPage(reading, {
    from: placeOf(event),
    backwards: false,
    limit: Math.min(wanted.after_limit, most),
  });
  const write = eventWriter(server, session, reading.room);
  const all = [...before.events, event, ...after.events];
  return {
    start: placeToken(placeBefore(before.events.at(-1) ?? event)),
    end: placeToken(placeOf(after.events.at(-1) ?? event)),
    events_before: before.events.map(write),
    events_after: after.events.map(write),
    ...(wanted.include_profile && { profile_info: profilesOf(reading, all) }),
  };
}

/** Who the senders were at that time. */
function profilesOf({ room, userId }: Reading, events: readonly RoomEvent[]): JsonObject {
  const profiles: JsonObject = {};
  for (const { pdu, after } of events) {
    const member = after.get(stateKeyOf("m.room.member", pdu.sender));
    if (!member) continue;
    const { displayname, avatar_url } = copyFor(room, userId, member).content;
    profiles[pdu.sender] = {
      ...(typeof displayname === "string" && { displayname }),
      ...(typeof avatar_url === "string" && { avatar_url }),
    };
  }
  return profiles;
}

function statesOf(server: Server, session: Session, found: readonly Found[]): JsonObject {
  const states: JsonObject = {};
  for (const { reading } of found) {
    const write = eventWriter(server, session, reading.room);
    states[reading.room.id] ??= [...reading.state.values()].map(write);
  }
  return states;
}

export const searchEndpoints = [search];
