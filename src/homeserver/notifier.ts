import type { Clock } from "./ports.ts";

/** Waits for news for one user or of one room, for a limited time. */
export interface Poll {
  /** Resolves when there may be something new: `true`, or the time is over: `false`. */
  next(): Promise<boolean>;
  end(): void;
}

/**
 * Wakes the syncs of users for whom there is something new, and of those who watch a room without being in it, once it
 * is kept. So the answer to who brought it is on its way before others hear of it, which clients count on.
 */
export class Notifier {
  readonly #clock: Clock;
  readonly #settled: () => Promise<void> | undefined;
  readonly #polls = new Map<string, Set<LongPoll>>();
  #due = new Set<LongPoll>();
  #stopped = false;

  /** @param settled resolves when all that was written so far is kept. */
  constructor(clock: Clock, settled: () => Promise<void> | undefined) {
    this.#clock = clock;
    this.#settled = settled;
  }

  /** @param ids of users, or of rooms. */
  wake(ids: Iterable<string>): void {
    for (const id of ids) {
      for (const poll of this.#polls.get(id) ?? []) this.#wakeSoon(poll);
    }
  }

  /** {@link wake} for a set of which but few may be waiting. */
  wakeMembers(userIds: ReadonlySet<string>): void {
    if (userIds.size <= this.#polls.size) this.wake(userIds);
    else this.wake([...this.#polls.keys()].filter((userId) => userIds.has(userId)));
  }

  #wakeSoon(poll: LongPoll): void {
    this.#due.add(poll);
    if (this.#due.size > 1) return;
    const wakeAll = () => {
      const due = this.#due;
      this.#due = new Set();
      for (const each of due) each.wake();
    };
    // Where nothing can be kept any more they wake too, and get the failure for an answer.
    (this.#settled() ?? Promise.resolve()).then(wakeAll, wakeAll);
  }

  /**
   * Begins to listen for a user, or to a room, until `timeout` milliseconds are over, the asker is gone, or the server stops.
   * Nothing that comes after the call is missed.
   */
  poll(id: string, timeout: number, signal: AbortSignal): Poll {
    let polls = this.#polls.get(id);
    if (!polls) {
      polls = new Set();
      this.#polls.set(id, polls);
    }
    const listening = polls;
    const poll = new LongPoll(() => {
      cancel();
      signal.removeEventListener("abort", finish);
      listening.delete(poll);
      if (listening.size === 0 && this.#polls.get(id) === listening) this.#polls.delete(id);
    });
    const finish = () => poll.finish();
    const cancel = this.#clock.schedule(timeout, finish, "asker");
    signal.addEventListener("abort", finish);
    listening.add(poll);
    if (this.#stopped || signal.aborted) finish();
    return poll;
  }

  /** Ends all polls, now and later. */
  stop(): void {
    this.#stopped = true;
    for (const polls of [...this.#polls.values()]) for (const poll of [...polls]) poll.finish();
  }
}

class LongPoll implements Poll {
  #hasNews = false;
  #isOver = false;
  #resume: ((news: boolean) => void) | undefined;
  readonly #onEnd: () => void;

  constructor(onEnd: () => void) {
    this.#onEnd = onEnd;
  }

  next(): Promise<boolean> {
    if (this.#isOver) return Promise.resolve(false);
    if (this.#hasNews) {
      this.#hasNews = false;
      return Promise.resolve(true);
    }
    return new Promise((resolve) => {
      this.#resume = resolve;
    });
  }

  wake(): void {
    if (this.#resume) this.#take(true);
    else this.#hasNews = true;
  }

  finish(): void {
    this.#isOver = true;
    this.#take(false);
  }

  end(): void {
    this.finish();
    this.#onEnd();
  }

  #take(news: boolean): void {
    const resume = this.#resume;
    this.#resume = undefined;
    resume?.(news);
  }
}
