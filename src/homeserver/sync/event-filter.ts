import * as v from "valibot";
import { type JsonObject, ownValue } from "../../protocol/json.ts";
import { objectWith } from "../http/validate.ts";

const texts = v.optional(v.array(v.string()));
const users = v.optional(v.array(v.pipe(v.string(), v.startsWith("@", "a user id"))));
const rooms = v.optional(v.array(v.pipe(v.string(), v.startsWith("!", "a room id"))));
const eventFilter = {
  limit: v.optional(v.pipe(v.number(), v.safeInteger("an integer"), v.minValue(0, "zero or more"))),
  types: texts,
  not_types: texts,
  senders: users,
  not_senders: users,
};
/** https://spec.matrix.org/v1.19/client-server-api/#post_matrixclientv3useruseridfilter_request_roomeventfilter */
export const roomEventFilterSchema = objectWith({
  ...eventFilter,
  rooms,
  not_rooms: rooms,
  contains_url: v.optional(v.boolean()),
  lazy_load_members: v.optional(v.boolean()),
  include_redundant_members: v.optional(v.boolean()),
  unread_thread_notifications: v.optional(v.boolean()),
  related_by_senders: users,
  related_by_rel_types: texts,
});
/** https://spec.matrix.org/v1.19/client-server-api/#post_matrixclientv3useruseridfilter */
export const filterSchema = v.looseObject({
  event_fields: texts,
  event_format: v.optional(v.picklist(["client", "federation"])),
  presence: v.optional(objectWith(eventFilter)),
  account_data: v.optional(objectWith(eventFilter)),
  room: v.optional(
    objectWith({
      rooms,
      not_rooms: rooms,
      include_leave: v.optional(v.boolean()),
      ephemeral: v.optional(roomEventFilterSchema),
      state: v.optional(roomEventFilterSchema),
      timeline: v.optional(roomEventFilterSchema),
      account_data: v.optional(roomEventFilterSchema),
    }),
  ),
});

export type RoomEventFilter = v.InferOutput<typeof roomEventFilterSchema>;
export type Filter = v.InferOutput<typeof filterSchema>;

/** As much of an event as a filter looks at. Ephemeral events and account data have no sender. */
export type FilteredEvent = { type: string; sender?: string; content: JsonObject };

/** A filter that was read once and is asked often. `undefined` lets everything pass. */
export type EventTest = ((event: FilteredEvent) => boolean) | undefined;

export function eventTest(filter: RoomEventFilter | undefined): EventTest {
  if (!filter) return undefined;
  const { types, not_types, senders, not_senders, contains_url } = filter;
  const tests: ((event: FilteredEvent) => boolean)[] = [];
  if (types) {
    const isWanted = typeTest(types);
    tests.push(({ type }) => isWanted(type));
  }
  if (not_types?.length) {
    const isUnwanted = typeTest(not_types);
    tests.push(({ type }) => !isUnwanted(type));
  }
  if (senders) tests.push(({ sender }) => sender !== undefined && senders.includes(sender));
  if (not_senders?.length) tests.push(({ sender }) => sender === undefined || !not_senders.includes(sender));
  if (contains_url !== undefined) {
    tests.push(({ content }) => (typeof ownValue(content, "url") === "string") === contains_url);
  }
  if (tests.length === 0) return undefined;
  return (event) => tests.every((test) => test(event));
}

/** A `*` in a type stands for any characters. */
function typeTest(types: readonly string[]): (type: string) => boolean {
  const exact = new Set(types.filter((type) => !type.includes("*")));
  const patterns = types.filter((type) => type.includes("*")).map((type) => type.split("*"));
  return (type) => exact.has(type) || patterns.some((parts) => matchesParts(type, parts));
}

/** Whether a text consists of these parts with anything between them. Takes no longer than the text is. */
function matchesParts(text: string, parts: readonly string[]): boolean {
  const [first, last] = [parts[0]!, parts.at(-1)!];
  if (!text.startsWith(first) || !text.endsWith(last) || text.length < first.length + last.length)
    return false;
  let from = first.length;
  const end = text.length - last.length;
  for (const part of parts.slice(1, -1)) {
    const found = text.indexOf(part, from);
    if (found === -1 || found + part.length > end) return false;
    from = found + part.length;
  }
  return true;
}

/** Whether a filter takes anything of a room. */
export function takesRoom(
  filter: { rooms?: string[] | undefined; not_rooms?: string[] | undefined } | undefined,
  roomId: string,
): boolean {
  if (filter?.not_rooms?.includes(roomId)) return false;
  return filter?.rooms?.includes(roomId) ?? true;
}
