import type { ShownEvent } from "../../../client/client-fact.ts";
import { type ChatRoom, noRoom } from "../chat-fold.ts";

const inRoom = new WeakMap<readonly ShownEvent[], readonly ShownEvent[]>();

/** The room as its own timeline shows it: without what is said in threads. */
export function withoutThreads(room: ChatRoom): ChatRoom {
  let events = inRoom.get(room.events);
  if (!events) {
    const isPlain = room.events.every(({ thread }) => thread === undefined);
    events = isPlain ? room.events : room.events.filter(({ thread }) => thread === undefined);
    inRoom.set(room.events, events);
  }
  return events === room.events ? room : { ...room, events };
}

/** One thread of the room as a room of its own: its root, then its answers. */
export function threadRoom(room: ChatRoom, root: string): ChatRoom {
  const events = room.events.filter(({ id, thread }) => thread === root || id === root);
  // Older answers come before the root in the order of loading.
  const at = events.findIndex(({ id }) => id === root);
  const first = events[at];
  return {
    ...noRoom,
    ...(room.summary && { summary: room.summary }),
    members: room.members,
    events: first ? [first, ...events.toSpliced(at, 1)] : events,
    more: first?.began?.more ?? false,
    receipts: room.threadReceipts.get(root) ?? noRoom.receipts,
    uploads: new Map([...room.uploads].filter(([, { thread }]) => thread === root)),
    edits: room.edits,
  };
}

/** The room without what these people say. What they do to its settings stays. */
export function withoutIgnored(room: ChatRoom, ignored: ReadonlySet<string>): ChatRoom {
  if (ignored.size === 0) return room;
  const isHidden = ({ sender, stateKey }: ShownEvent): boolean =>
    stateKey === undefined && ignored.has(sender);
  return room.events.some(isHidden)
    ? { ...room, events: room.events.filter((event) => !isHidden(event)) }
    : room;
}
