import type { RoomFact, StateEvent } from "../../client/room-facts.ts";
import type { JsonObject } from "../../protocol/json.ts";
import type { Seen } from "../observation.ts";

/** What is observed of a room beside its members and messages. */
export type SeenRoom = {
  made?: Seen<{ by: string; space: boolean }>;
  /** Who made it has been answered: all that it was to begin with is there. */
  complete?: Seen<object>;
  /** Somebody has it as a chat with one person. */
  direct?: Seen<{ direct: true }>;
  published?: Seen<{ published: boolean }>;
  /** `type key` → what holds. */
  states: Readonly<Record<string, Seen<StateEvent & { depth?: number }>>>;
};

/** A room that came up for somebody who looked. */
export type FoundRoom = Seen<{ host: string; room: string; by: "directory" | "space" | "search" }>;

export type SeenRooms = {
  /** Room id → what is known of it. */
  rooms: Readonly<Record<string, SeenRoom>>;
  foundRooms: readonly FoundRoom[];
};

/** So many finds are remembered. */
const remembered = 500;

export function stateOf(room: SeenRoom | undefined) {
  return (type: string, key = ""): Seen<StateEvent> | undefined => room?.states[`${type} ${key}`];
}

/** A state event that a server stored. */
export function roomStateStored(
  seen: SeenRooms,
  sequence: number,
  room: string,
  pdu: JsonObject,
): Partial<SeenRooms> {
  const { type, state_key: key, sender, content } = pdu as JsonObject & { content: JsonObject };
  if (typeof key !== "string" || type === "m.room.member") return {};
  const state = { type: String(type), key, sender: String(sender), content };
  const depth = typeof pdu.depth === "number" ? pdu.depth : 0;
  // A server that joins later tells of the past.
  if ((seen.rooms[room]?.states[`${state.type} ${key}`]?.depth ?? 0) > depth) return {};
  return withStates(seen, sequence, room, [state], depth);
}

/** @param told servers have told the state of this room: what clients show of it comes later and is not listened to */
export function roomFactHeard(
  seen: SeenRooms,
  sequence: number,
  host: string,
  fact: RoomFact,
  told: boolean,
): Partial<SeenRooms> {
  switch (fact.type) {
    case "state":
      return told ? {} : withStates(seen, sequence, fact.room, fact.events);
    case "published":
      return withRoom(seen, fact.room, { published: { sequence, published: fact.published } });
    case "directory":
      return found(seen, sequence, host, fact.type, idsOf(fact.rooms));
    case "hierarchy":
      return found(seen, sequence, host, "space", idsOf(fact.rooms));
    case "found":
      return found(seen, sequence, host, "search", roomsOf(fact.messages));
  }
}

const idsOf = (rooms: readonly { id: string }[]) => rooms.map(({ id }) => id);
const roomsOf = (messages: readonly { room: string }[]) => messages.map(({ room }) => room);

/** The request that made a room has been answered. */
export function roomCompleted(seen: SeenRooms, sequence: number, room: string): Partial<SeenRooms> {
  return withRoom(seen, room, { complete: { sequence } });
}

/** Somebody was invited to the room as to a chat with one person, or a client lists it as one. */
export function directSeen(seen: SeenRooms, sequence: number, room: string): Partial<SeenRooms> {
  return seen.rooms[room]?.direct ? {} : withRoom(seen, room, { direct: { sequence, direct: true } });
}

function found(
  seen: SeenRooms,
  sequence: number,
  host: string,
  by: FoundRoom["by"],
  rooms: string[],
): Partial<SeenRooms> {
  const finds = [...new Set(rooms)].map((room) => ({ sequence, host, room, by }));
  return { foundRooms: [...seen.foundRooms, ...finds].slice(-remembered) };
}

function withStates(
  seen: SeenRooms,
  sequence: number,
  room: string,
  events: readonly StateEvent[],
  depth?: number,
): Partial<SeenRooms> {
  const before = seen.rooms[room];
  const states = { ...before?.states };
  let made = before?.made;
  for (const event of events) {
    const name = `${event.type} ${event.key}`;
    // Another server stores the same event later: it was so already.
    if (isSame(states[name], event)) continue;
    states[name] = { ...event, sequence, ...(depth !== undefined && { depth }) };
    if (event.type === "m.room.create" && !made)
      made = { sequence, by: event.sender, space: event.content.type === "m.space" };
  }
  return withRoom(seen, room, { states, ...(made && { made }) });
}

function isSame(seen: Seen<StateEvent> | undefined, { sender, content }: StateEvent): boolean {
  return seen?.sender === sender && JSON.stringify(seen.content) === JSON.stringify(content);
}

function withRoom(seen: SeenRooms, room: string, change: Partial<SeenRoom>): Partial<SeenRooms> {
  const before = seen.rooms[room] ?? { states: {} };
  return { rooms: { ...seen.rooms, [room]: { ...before, ...change } } };
}
