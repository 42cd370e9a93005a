import { say } from "../../catalogue/catalogue.ts";
import type {
  ClientFact,
  RoomSummary,
  SessionState,
  ShownEvent,
  ShownMember,
} from "../../client/client-fact.ts";
import { eventsFrom } from "../../client/events-from.ts";
import type { FoundMessage, PublicRoom, SpaceRoom, StateEvent } from "../../client/room-facts.ts";
import { type RoomNotify, roomNotifyOf } from "../../client/room-notify.ts";
import type { Fold } from "../../simulation/log.ts";
import { type ChatKeys, keysAfter, noKeys } from "./chat-keys-fold.ts";

import {
  extrasAfter,
  ignoredUsers,
  type MessageExtras,
  noExtras,
  threadReadBy,
} from "./messages/message-fold.ts";

/** One room as a device shows it. */
export type ChatRoom = MessageExtras & {
  /** Its line in the list; absent while only other facts of it have come. */
  summary?: RoomSummary;
  /** The timeline, oldest first, local echoes among them. */
  events: readonly ShownEvent[];
  /** Is there more before the first event? */
  more: boolean;
  members: ReadonlyMap<string, ShownMember>;
  /** User ids of those who type, this user left out. */
  typing: readonly string[];
  /** User → the newest event that they have read. */
  receipts: ReadonlyMap<string, string>;
  /** The event up to which this user has read everything. */
  readMarker?: string;
  /** `type key` → what the room's state holds, members left out. */
  state: ReadonlyMap<string, StateEvent>;
  /** Does the own server's directory list it? Absent until somebody asked. */
  published?: boolean;
};

export type ChatDevice = { id: string; name?: string; current: boolean };

/** What one device's client shows. Plain data; Maps because ids are other people's words. */
export type ChatState = {
  session: SessionState;
  displayName?: string;
  rooms: ReadonlyMap<string, ChatRoom>;
  /** The room on the device's screen. */
  openRoom: string | null;
  devices: readonly ChatDevice[];
  keys: ChatKeys;
  /** What a directory answered last. */
  directory?: { term: string; server: string; rooms: readonly PublicRoom[]; more: boolean };
  /** Space → the rooms in it, as far as they were asked for; the space itself first. */
  hierarchies: ReadonlyMap<string, readonly SpaceRoom[]>;
  /** The messages that were searched for last. */
  found?: { text: string; in?: string; messages: readonly FoundMessage[]; count: number };
  /** Users whose messages this one does not want to see. */
  ignored: ReadonlySet<string>;
  /** Rooms that do not notify this user of every message. */
  quiet: ReadonlyMap<string, Exclude<RoomNotify, "all">>;
};

export const noChat: ChatState = {
  session: { state: "signed-out", reason: "never" },
  rooms: new Map(),
  openRoom: null,
  devices: [],
  keys: noKeys,
  hierarchies: new Map(),
  ignored: new Set(),
  quiet: new Map(),
};

export const noRoom: ChatRoom = {
  ...noExtras,
  events: [],
  more: false,
  members: new Map(),
  typing: [],
  receipts: new Map(),
  state: new Map(),
};

/** What the device `host` (`you/laptop`) shows, from what its client said. */
export function chatFold(host: string): Fold<ChatState> {
  return {
    initial: noChat,
    step: (state, entry) =>
      entry.type === "client-fact" && entry.host === host
        ? chatAfter(state, entry.fact as unknown as ClientFact)
        : state,
  };
}

/** The user that is signed in, or about to be. */
export function userOf(session: SessionState): string | undefined {
  return session.state === "signed-out" ? undefined : session.user;
}

function chatAfter(state: ChatState, fact: ClientFact): ChatState {
  switch (fact.type) {
    case "session":
      return sessionAfter(state, fact.session, fact.displayName);
    case "room":
      return withRoom(state, fact.room.id, { summary: named(fact.room) });
    case "room-gone": {
      const rooms = new Map(state.rooms);
      rooms.delete(fact.room);
      return { ...state, rooms, openRoom: state.openRoom === fact.room ? null : state.openRoom };
    }
    case "event": {
      const before = roomOf(state, fact.room);
      const events = eventsAfter(before.events, fact);
      // Who has spoken is done with typing, also where the word of that comes late.
      const isNew = fact.place === "end" && events.length > before.events.length;
      const typing = isNew ? before.typing.filter((user) => user !== fact.event.sender) : before.typing;
      return withRoom(state, fact.room, { events, typing });
    }
    case "event-gone":
      return withRoom(state, fact.room, {
        events: roomOf(state, fact.room).events.filter(({ id }) => id !== fact.event),
      });
    case "history":
      return withRoom(state, fact.room, { more: fact.more });
    case "timeline-reset":
      // What waits to be sent is not part of the gap.
      return withRoom(state, fact.room, {
        events: roomOf(state, fact.room).events.filter(({ status }) => status !== "sent"),
      });
    case "members": {
      const members = new Map(roomOf(state, fact.room).members);
      for (const member of fact.members) members.set(member.user, member);
      return withRoom(state, fact.room, { members });
    }
    case "typing": {
      const me = userOf(state.session);
      return withRoom(state, fact.room, { typing: fact.users.filter((user) => user !== me) });
    }
    case "timeline-cut":
      return withRoom(state, fact.room, { events: eventsFrom(roomOf(state, fact.room).events, fact.first) });
    case "edits":
    case "upload":
      return withRoom(state, fact.room, extrasAfter(roomOf(state, fact.room), fact));
    case "account-data":
      if (fact.kind === "m.push_rules") return { ...state, quiet: roomNotifyOf(fact.content) };
      if (fact.kind !== "m.ignored_user_list") return state;
      return { ...state, ignored: ignoredUsers(fact.content) };
    case "receipt": {
      const { thread, user, event } = fact;
      if (thread !== undefined)
        return withRoom(state, fact.room, threadReadBy(roomOf(state, fact.room), thread, user, event));
      const receipts = new Map(roomOf(state, fact.room).receipts).set(fact.user, fact.event);
      return withRoom(state, fact.room, { receipts });
    }
    case "read-marker":
      return withRoom(state, fact.room, { readMarker: fact.event });
    case "state": {
      const held = new Map(roomOf(state, fact.room).state);
      for (const event of fact.events) held.set(`${event.type} ${event.key}`, event);
      return withRoom(state, fact.room, { state: held });
    }
    case "published":
      return withRoom(state, fact.room, { published: fact.published });
    case "directory":
      return { ...state, directory: fact };
    case "hierarchy":
      return { ...state, hierarchies: new Map(state.hierarchies).set(fact.space, fact.rooms) };
    case "found":
      return { ...state, found: fact };
    case "devices":
      return { ...state, devices: fact.devices };
    case "open-room":
      return { ...state, openRoom: fact.room };
    default: {
      const keys = keysAfter(state.keys, fact);
      return keys === state.keys ? state : { ...state, keys };
    }
  }
}

/** Another user, or none, starts with an empty screen. */
function sessionAfter(state: ChatState, session: SessionState, displayName?: string): ChatState {
  const user = userOf(session);
  const kept = user !== undefined && user === userOf(state.session) ? state : noChat;
  const name = displayName ?? kept.displayName;
  return { ...kept, session, ...(name !== undefined && { displayName: name }) };
}

function roomOf(state: ChatState, room: string): ChatRoom {
  return state.rooms.get(room) ?? noRoom;
}

function withRoom(state: ChatState, room: string, change: Partial<ChatRoom>): ChatState {
  return { ...state, rooms: new Map(state.rooms).set(room, { ...roomOf(state, room), ...change }) };
}

/**
 * An event takes the place of its local echo or of an older form of itself; a new one goes to the end, or, loaded
 * later, before the first.
 */
function eventsAfter(
  events: readonly ShownEvent[],
  { event, place, replaces }: Extract<ClientFact, { type: "event" }>,
): readonly ShownEvent[] {
  const known = events.findLastIndex(({ id }) => id === event.id);
  const echo = events.findLastIndex(
    ({ id, transaction }) =>
      id !== event.id &&
      (id === replaces ||
        (id.startsWith("~") && transaction !== undefined && transaction === event.transaction)),
  );
  const at = known >= 0 ? known : echo;
  if (at < 0) return place === "end" ? [...events, event] : [event, ...events];
  const changed = events.with(at, event);
  return known >= 0 && echo >= 0 ? changed.toSpliced(echo, 1) : changed;
}

/** A room that nobody has named, and that has nobody to be named after, is called so in words. */
function named(summary: RoomSummary): RoomSummary {
  return summary.name === "" ? { ...summary, name: say("chat.nameless-room") } : summary;
}
