import { clientEvent } from "../room/client-event.ts";
import type { Receipts } from "../room/receipts.ts";
import { relationOf } from "../room/relations.ts";
import type { Room } from "../room/room.ts";
import { livePosition, type RoomEvent } from "../room/room-event.ts";
import { maySee } from "../room/visibility.ts";
import type { PushRules } from "../users/push-rules.ts";
import { evaluatePushRules, type PushEvent, type PushOutcome } from "./evaluate-push-rules.ts";

/** As `/sync` has them. */
export type UnreadCount = { notification_count: number; highlight_count: number };
/** Of what is in no thread, and by thread root. */
export type Unread = { main: UnreadCount; threads: ReadonlyMap<string, UnreadCount> };

type Counted = {
  /** Of the live timeline, how many events were looked at. */
  upTo: number;
  main: UnreadCount;
  threads: Map<string, UnreadCount>;
};

/** How many events are looked at for who comes first: nobody needs to know of more that they have not read. */
const lookBack = 500;

/** The thread of what is in none. https://spec.matrix.org/v1.19/client-server-api/#threaded-read-receipts */
export const mainThread = "main";

/** The root of the thread that an event is in, or `main`. What relates to an event is in that event's thread. */
export function threadOf(room: Room, event: RoomEvent): string {
  let current: RoomEvent | undefined = event;
  for (let hops = 0; current && hops < 3; hops++) {
    const relation = relationOf(current.pdu.content);
    if (!relation) return mainThread;
    if (relation.type === "m.thread") return relation.eventId;
    current = room.events.get(relation.eventId);
  }
  return mainThread;
}

/**
 * What the push rules make of events, for users who ask: nothing is counted for those who do not.
 * https://spec.matrix.org/v1.19/client-server-api/#receiving-notifications
 */
export class UnreadEvents {
  readonly #receipts: Receipts;
  readonly #rules: PushRules;
  /** Room → user → what was counted so far. */
  readonly #counted = new WeakMap<Room, Map<string, Counted>>();

  constructor(receipts: Receipts, rules: PushRules) {
    this.#receipts = receipts;
    this.#rules = rules;
  }

  /** A receipt was set: it has to be counted anew. */
  forget(room: Room, userId: string): void {
    this.#counted.get(room)?.delete(userId);
  }

  /** The counts of somebody who is in the room. */
  in(room: Room, userId: string): Unread {
    const counts = this.#countedBefore(room, userId);
    const { live } = room.timeline;
    for (; counts.upTo < live.length; counts.upTo++) this.#count(room, userId, live[counts.upTo]!, counts);
    return counts;
  }

  /** What the user's rules make of an event; `undefined` for their own and for what they may not see. */
  outcome(room: Room, userId: string, event: RoomEvent): PushOutcome | undefined {
    if (event.pdu.sender === userId || event.redactedBy || !maySee(room, userId, event)) return undefined;
    const { content } = room.members.get(userId)?.pdu ?? {};
    return evaluatePushRules(this.#rules.rulesOf(userId), pushEvent(room, event), {
      memberCount: room.members.joined.size,
      displayName: typeof content?.displayname === "string" ? content.displayname : undefined,
      senderMayNotify: (key) => room.levels.user(event.pdu.sender) >= room.levels.notifications(key),
    });
  }

  /** Whether the user has read past an event. */
  hasRead(room: Room, userId: string, event: RoomEvent): boolean {
    return livePosition(event) <= this.#readUpTo(room, userId, threadOf(room, event));
  }

  #count(room: Room, userId: string, event: RoomEvent, counts: Counted): void {
    const thread = threadOf(room, event);
    if (event.pdu.sender === userId) {
      // Who writes has read what was there.
      if (thread === mainThread) counts.main = none;
      else counts.threads.delete(thread);
      return;
    }
    if (event.stream <= this.#readUpTo(room, userId, thread)) return;
    const outcome = this.outcome(room, userId, event);
    if (!outcome?.notify) return;
    const before = thread === mainThread ? counts.main : (counts.threads.get(thread) ?? none);
    const after = {
      notification_count: before.notification_count + 1,
      highlight_count: before.highlight_count + (outcome.highlight ? 1 : 0),
    };
    if (thread === mainThread) counts.main = after;
    else counts.threads.set(thread, after);
  }

  #countedBefore(room: Room, userId: string): Counted {
    let users = this.#counted.get(room);
    if (!users) {
      users = new Map();
      this.#counted.set(room, users);
    }
    let counted = users.get(userId);
    if (!counted) {
      // Nothing before the join is news, nor what every thread's receipt is behind.
      const joined = room.lastJoins.get(userId)?.stream ?? 0;
      const read = this.#readUpTo(room, userId, undefined);
      const { live } = room.timeline;
      const first = Math.max(room.timeline.liveCount(Math.max(joined, read)), live.length - lookBack);
      counted = { upTo: first, main: none, threads: new Map() };
      users.set(userId, counted);
    }
    return counted;
  }

  /** The stream position of the newest event that the user has read: in a thread, or everywhere. */
  #readUpTo(room: Room, userId: string, thread: string | undefined): number {
    let position = 0;
    for (const type of ["m.read", "m.read.private"] as const) {
      for (const of of thread === undefined ? [undefined] : [undefined, thread]) {
        const receipt = this.#receipts.get(room.id, userId, type, of);
        const event = receipt && room.events.get(receipt.event);
        if (event) position = Math.max(position, livePosition(event));
      }
    }
    return position;
  }
}

const none: UnreadCount = { notification_count: 0, highlight_count: 0 };

function pushEvent(room: Room, event: RoomEvent): PushEvent {
  const { type, sender, content, state_key } = event.pdu;
  return { type, sender, content, room_id: room.id, ...(state_key !== undefined && { state_key }) };
}

/** An event as notifications show it. */
export function notifiedEvent(room: Room, event: RoomEvent, userId: string, now: number) {
  return clientEvent(event, { room, viewer: { userId }, now, withoutRoomId: true });
}
