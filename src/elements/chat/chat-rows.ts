import type { ShownEvent } from "../../client/client-fact.ts";
import { dayNumber } from "./chat-words.ts";

/** One row of a timeline. `key` stays the same while the row is on the screen. */
export type ChatRow =
  | { kind: "day"; key: string; at: number }
  /** What follows came since the user last looked. */
  | { kind: "new"; key: string }
  | { kind: "message"; key: string; event: ShownEvent; own: boolean; first: boolean; last: boolean }
  | { kind: "notice"; key: string; event: ShownEvent }
  /** Settings of one person in a row: a room that is being made has many. */
  | { kind: "settings"; key: string; events: readonly ShownEvent[] };

/** Longer silences begin a new group of bubbles. */
const groupGap = 5 * 60_000;

const messageTypes = new Set(["m.room.message", "m.room.encrypted", "m.sticker"]);
const settingTypes = new Set([
  "m.room.power_levels",
  "m.room.join_rules",
  "m.room.history_visibility",
  "m.room.guest_access",
  "m.room.canonical_alias",
  "m.space.parent",
  "m.room.server_acl",
]);
const firstWords = new Set([
  "m.room.member",
  "m.room.name",
  "m.room.topic",
  "m.room.avatar",
  "m.room.encryption",
]);
/** Shown where they belong, never as a line of their own. */
const silentTypes = new Set(["m.reaction", "m.room.redaction"]);

export type RowsOptions = {
  me: string | undefined;
  /** The event after which the mark "new" stands. */
  newAfter?: string | undefined;
  /** Each event on its own, as on a terminal. */
  plain?: boolean;
};

/** A timeline's rows: bubbles in groups of one sender, days, quiet sentences. */
export function timelineRows(events: readonly ShownEvent[], options: RowsOptions): ChatRow[] {
  const rows: ChatRow[] = [];
  let day = Number.NaN;
  let markNext = false;
  for (const event of events) {
    if (!isSilent(event)) {
      const today = dayNumber(event.at);
      if (today !== day) rows.push({ kind: "day", key: `day ${today} ${rows.length === 0}`, at: event.at });
      day = today;
      if (markNext && event.sender !== options.me) rows.push({ kind: "new", key: "new" });
      if (event.sender !== options.me) markNext = false;
      addRow(rows, event, options);
    }
    if (event.id === options.newAfter) markNext = true;
  }
  return rows;
}

/** Is it a message, or a note about the room? */
export function isMessage(event: ShownEvent): boolean {
  return messageTypes.has(event.type) && event.stateKey === undefined;
}

/** Is the event shown as a row? */
export function isSilent(event: ShownEvent): boolean {
  if (silentTypes.has(event.type)) return true;
  const relation = event.content["m.relates_to"];
  return (
    typeof relation === "object" &&
    relation !== null &&
    "rel_type" in relation &&
    relation.rel_type === "m.replace"
  );
}

/** A room begins with its create event, its creator's coming in, and what the creator chooses for it. */
function makesRoom(event: ShownEvent, before: ChatRow | undefined): boolean {
  if (event.type === "m.room.create") return true;
  const made = before?.kind === "settings" && before.events[0]?.type === "m.room.create";
  return (
    made &&
    event.sender === before.events[0]?.sender &&
    firstWords.has(event.type) &&
    event.sender === (event.stateKey || event.sender)
  );
}

function addRow(rows: ChatRow[], event: ShownEvent, { me, plain }: RowsOptions): void {
  // A local echo keeps its row when its server gives it an id.
  const key = event.transaction ?? event.id;
  const before = rows.at(-1);
  if (isMessage(event)) {
    const joins =
      before?.kind === "message" &&
      before.event.sender === event.sender &&
      event.at - before.event.at < groupGap &&
      !plain;
    if (joins) before.last = false;
    rows.push({ kind: "message", key, event, own: event.sender === me, first: !joins, last: true });
    return;
  }
  const isSetting =
    event.stateKey !== undefined && !plain && (settingTypes.has(event.type) || makesRoom(event, before));
  if (isSetting && before?.kind === "settings" && before.events[0]?.sender === event.sender) {
    rows[rows.length - 1] = { ...before, events: [...before.events, event] };
  } else if (isSetting) rows.push({ kind: "settings", key, events: [event] });
  else rows.push({ kind: "notice", key, event });
}

/** The event of a row that a receipt or a marker can stand at. */
export function eventsOfRow(row: ChatRow): readonly ShownEvent[] {
  if (row.kind === "message" || row.kind === "notice") return [row.event];
  return row.kind === "settings" ? row.events : [];
}
