import type { Notifier } from "../notifier.ts";
import type { Clock } from "../ports.ts";
import type { Store } from "../store/store.ts";
import type { Stream } from "../store/stream.ts";
import type { Table } from "../store/table.ts";
import type { Room } from "./room.ts";

type TypingRoom = { cancelByUser: Map<string, () => void>; changedAt: number };

/** Who types where. Only where somebody does is kept: after a restart nobody does, and that is told there. https://spec.matrix.org/v1.19/client-server-api/#typing-notifications */
export class Typing {
  readonly #stream: Stream;
  readonly #notifier: Notifier;
  readonly #clock: Clock;
  readonly #rooms = new Map<string, TypingRoom>();
  readonly #busy: Table<true>;
  readonly #listeners: ((room: Room, userId: string, isTyping: boolean) => void)[] = [];

  constructor(
    store: Store,
    { stream, notifier, clock }: { stream: Stream; notifier: Notifier; clock: Clock },
  ) {
    this.#stream = stream;
    this.#busy = store.table("typing");
    this.#notifier = notifier;
    this.#clock = clock;
    for (const [room] of [...this.#busy.entries()]) {
      this.#rooms.set(room, { cancelByUser: new Map(), changedAt: stream.next() });
      this.#busy.delete(room);
    }
  }

  /** Calls back when somebody begins, goes on, or ends. */
  onTyping(listener: (room: Room, userId: string, isTyping: boolean) => void): void {
    this.#listeners.push(listener);
  }

  /** @param timeout milliseconds. */
  start(room: Room, userId: string, timeout: number): void {
    const typing = this.#rooms.get(room.id) ?? { cancelByUser: new Map(), changedAt: 0 };
    this.#rooms.set(room.id, typing);
    const cancel = typing.cancelByUser.get(userId);
    cancel?.();
    typing.cancelByUser.set(
      userId,
      this.#clock.schedule(timeout, () => this.stop(room, userId)),
    );
    if (!cancel) this.#changed(room, typing);
    for (const listener of this.#listeners) listener(room, userId, true);
  }

  stop(room: Room, userId: string): void {
    const typing = this.#rooms.get(room.id);
    const cancel = typing?.cancelByUser.get(userId);
    if (!typing || !cancel) return;
    cancel();
    typing.cancelByUser.delete(userId);
    this.#changed(room, typing);
    for (const listener of this.#listeners) listener(room, userId, false);
  }

  /** Who types now, if that has changed after a stream position. */
  changedSince(roomId: string, position: number | undefined): string[] | undefined {
    const typing = this.#rooms.get(roomId);
    if (!typing) return undefined;
    const users = [...typing.cancelByUser.keys()];
    if (position === undefined) return users.length > 0 ? users : undefined;
    return typing.changedAt > position ? users : undefined;
  }

  #changed(room: Room, typing: TypingRoom): void {
    typing.changedAt = this.#stream.next();
    if (typing.cancelByUser.size === 0) this.#busy.delete(room.id);
    else if (!this.#busy.has(room.id)) this.#busy.set(room.id, true);
    this.#notifier.wakeMembers(room.members.localJoined);
  }
}
