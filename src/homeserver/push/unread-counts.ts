import type { Receipts } from "../room/receipts.ts";
import { relationOf } from "../room/relations.ts";
import type { Room } from "../room/room.ts";
import type { RoomEvent } from "../room/room-event.ts";
import { maySee } from "../room/visibility.ts";
import { keyOf } from "../store/table.ts";
import type { PushRules } from "../users/push-rules.ts";
import {
  evaluatePushRules,
  type PushContext,
  type PushEvent,
  type PushOutcome,
} from "./evaluate-push-rules.ts";

export type Counts = { notification_count: number; highlight_count: number };
/** `threads` counts each thread by its root; the main timeline is `main`. */
export type UnreadCounts = { all: Counts; main: Counts; threads: Record<string, Counts> };

/** What is not read yet and notifies. */
type Unread = { event: RoomEvent; thread: string; highlight: boolean };
type Known = { upTo: number; unread: Unread[] };

/** Counts what a user has not read, by their push rules. Events are judged when somebody asks, each once. */
export class Unreads {
  readonly #receipts: Receipts;
  readonly #pushRules: PushRules;
  readonly #known = new Map<string, Known>();

  constructor(receipts: Receipts, pushRules: PushRules) {
    this.#receipts = receipts;
    this.#pushRules = pushRules;
  }

  /** https://spec.matrix.org/v1.19/client-server-api/#receiving-notifications */
  of(room: Room, userId: string): UnreadCounts {
    const unread = this.#unread(room, userId);
    const counts: UnreadCounts = { all: none(), main: none(), threads: {} };
    for (const { thread, highlight } of unread) {
      count(counts.all, highlight);
      if (thread === mainThread) count(counts.main, highlight);
      else {
        counts.threads[thread] ??= none();
        count(counts.threads[thread], highlight);
      }
    }
    return counts;
  }

  #unread(room: Room, userId: string): Unread[] {
    const key = keyOf(room.id, userId);
    const readUpTo = this.#readPositions(room, userId);
    // Nothing of before one came is news.
    const joined = room.lastJoins.get(userId)?.stream ?? 0;
    const known = this.#known.get(key) ?? { upTo: Math.max(joined, readUpTo.get("") ?? 0), unread: [] };
    const { live } = room.timeline;
    const unread = [...known.unread];
    const rules = this.#pushRules.rulesOf(userId);
    for (let index = room.timeline.liveCount(known.upTo); index < live.length; index++) {
      const event = live[index]!;
      const thread = threadOf(room, event);
      if (event.pdu.sender === userId) {
        // To say something is to have read what came before.
        readUpTo.set(thread, Math.max(readUpTo.get(thread) ?? 0, event.stream));
        continue;
      }
      const outcome = judge(room, userId, event, (event, context) =>
        evaluatePushRules(rules, event, context),
      );
      if (outcome?.notify) unread.push({ event, thread, highlight: outcome.highlight });
    }
    const left = unread.filter(({ event, thread }) => {
      const position = event.stream;
      return (
        !event.redactedBy && position > (readUpTo.get("") ?? 0) && position > (readUpTo.get(thread) ?? 0)
      );
    });
    this.#known.set(key, { upTo: live.at(-1)?.stream ?? 0, unread: left });
    return left;
  }

  /** Thread → the last position read; the empty name is for all of them. */
  #readPositions(room: Room, userId: string): Map<string, number> {
    const positions = new Map<string, number>();
    for (const { event, thread = "" } of this.#receipts.of(room.id, userId)) {
      const position = room.events.get(event)?.stream ?? 0;
      positions.set(thread, Math.max(positions.get(thread) ?? 0, position));
    }
    return positions;
  }
}

export const mainThread = "main";

/** The root of the thread that an event is in, or `main`. Reactions and edits are where their event is. */
export function threadOf(room: Room, event: RoomEvent): string {
  const relation = relationOf(event.pdu.content);
  if (!relation) return mainThread;
  if (relation.type === "m.thread") return relation.eventId;
  const parent = room.events.get(relation.eventId);
  const parentRelation = parent && relationOf(parent.pdu.content);
  return parentRelation?.type === "m.thread" ? parentRelation.eventId : mainThread;
}

/** What a user's rules make of another's event. */
export function judge(
  room: Room,
  userId: string,
  event: RoomEvent,
  evaluate: (event: PushEvent, context: PushContext) => PushOutcome | undefined,
): PushOutcome | undefined {
  const { pdu } = event;
  if (pdu.sender === userId || !event.shown || event.redactedBy || !maySee(room, userId, event))
    return undefined;
  const displayName = room.members.get(userId)?.pdu.content.displayname;
  return evaluate(
    {
      type: pdu.type,
      sender: pdu.sender,
      room_id: room.id,
      content: pdu.content,
      ...(pdu.state_key !== undefined && { state_key: pdu.state_key }),
    },
    {
      memberCount: room.members.joined.size,
      displayName: typeof displayName === "string" ? displayName : undefined,
      senderMayNotify: (key) => room.levels.user(pdu.sender) >= room.levels.notifications(key),
    },
  );
}

function none(): Counts {
  return { notification_count: 0, highlight_count: 0 };
}

function count(counts: Counts, highlight: boolean): void {
  counts.notification_count += 1;
  if (highlight) counts.highlight_count += 1;
}
