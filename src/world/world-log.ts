import type { Fold, Happening, LogEntry } from "../simulation/log.ts";
import type { Log } from "./world.ts";

/** So many entries are kept; a tenth more before the oldest are let go. */
export const logLimit = 20_000;
/** A fold's state is kept at every so many entries, to scrub from. */
const stride = 500;

type Folded = {
  /** The state before `upTo`, and on the way there. */
  state: unknown;
  upTo: number;
  /** Sequence number → the state before it. The first is that of the oldest entry. */
  marks: Map<number, unknown>;
};

/** The append-only log of one world, in memory. */
export class WorldLog implements Log {
  #entries: LogEntry[];
  #oldest: number;
  #folds = new Map<Fold<never>, Folded>();
  #heard = new Set<(entries: readonly LogEntry[]) => void>();
  #told: number;
  #telling = false;
  #limit: number;
  #rewinds = 0;

  /** Goes on from entries that were kept; the first one is the oldest that there is. */
  constructor(kept: readonly LogEntry[] = [], oldest = kept[0]?.sequence ?? 0, limit = logLimit) {
    this.#entries = [...kept];
    this.#oldest = oldest;
    this.#told = this.length;
    this.#limit = limit;
  }

  get oldest(): number {
    return this.#oldest;
  }

  get length(): number {
    return this.#oldest + this.#entries.length;
  }

  /** How often the log went back to an earlier state. */
  get rewinds(): number {
    return this.#rewinds;
  }

  entry(sequence: number): LogEntry | undefined {
    return this.#entries[sequence - this.#oldest];
  }

  entries(from = this.#oldest, to = this.length): readonly LogEntry[] {
    return this.#entries.slice(Math.max(0, from - this.#oldest), Math.max(0, to - this.#oldest));
  }

  /** Time never goes back in the log, though page and simulation may differ by a moment. */
  append(happening: Happening, at: number): LogEntry {
    const last = this.#entries.at(-1)?.at ?? 0;
    const entry: LogEntry = { sequence: this.length, at: Math.max(last, Math.floor(at)), ...happening };
    this.#entries.push(entry);
    if (this.#entries.length > this.#limit * 1.1) this.#letGo();
    this.#tellSoon();
    return entry;
  }

  subscribe(heard: (entries: readonly LogEntry[]) => void): () => void {
    this.#heard.add(heard);
    return () => this.#heard.delete(heard);
  }

  fold<State>(fold: Fold<State>, at = this.length): State {
    const folded = this.#folded(fold);
    if (at >= folded.upTo) {
      for (const entry of this.entries(folded.upTo, at)) {
        folded.state = fold.step(folded.state as State, entry);
        folded.upTo = entry.sequence + 1;
        if (folded.upTo % stride === 0) folded.marks.set(folded.upTo, folded.state);
      }
      return folded.state as State;
    }
    let from = this.#oldest;
    for (const mark of folded.marks.keys()) if (mark <= at && mark > from) from = mark;
    let state = folded.marks.get(from) as State;
    for (const entry of this.entries(from, at)) state = fold.step(state, entry);
    return state;
  }

  /** A fold's state before the oldest entry, known from elsewhere. */
  setBase<State>(fold: Fold<State>, state: State): void {
    this.#folds.set(fold as Fold<never>, {
      state,
      upTo: this.#oldest,
      marks: new Map([[this.#oldest, state]]),
    });
  }

  /** Back to how it was before the entry `length`. False when that is too long ago. */
  rewind(length: number): boolean {
    if (length < this.#oldest || length > this.length) return false;
    this.#entries.length = length - this.#oldest;
    for (const [fold, folded] of this.#folds) {
      for (const mark of folded.marks.keys()) if (mark > length) folded.marks.delete(mark);
      if (folded.upTo <= length) continue;
      const from = Math.max(...folded.marks.keys());
      folded.state = folded.marks.get(from);
      folded.upTo = from;
      this.fold(fold, length);
    }
    this.#told = Math.min(this.#told, length);
    this.#rewinds++;
    for (const heard of [...this.#heard]) heard([]);
    return true;
  }

  /** Everything before is another world's: only one fold's state of it is known. */
  restart<State>(fold: Fold<State>, state: State): void {
    this.#oldest = this.#told = this.length;
    this.#entries = [];
    this.#folds.clear();
    this.setBase(fold, state);
    this.#rewinds++;
    for (const heard of [...this.#heard]) heard([]);
  }

  #folded<State>(fold: Fold<State>): Folded {
    const known = this.#folds.get(fold as Fold<never>);
    if (known) return known;
    this.setBase(fold, fold.initial);
    return this.#folds.get(fold as Fold<never>)!;
  }

  /** Lets the oldest entries go; what views made of them stays as the base that they go on from. */
  #letGo(): void {
    const oldest = this.length - this.#limit;
    for (const [fold, folded] of this.#folds) {
      const base = this.fold(fold as Fold<unknown>, oldest);
      for (const mark of folded.marks.keys()) if (mark < oldest) folded.marks.delete(mark);
      folded.marks.set(oldest, base);
    }
    this.#entries.splice(0, oldest - this.#oldest);
    this.#oldest = oldest;
  }

  #tellSoon(): void {
    if (this.#telling) return;
    this.#telling = true;
    queueMicrotask(() => {
      this.#telling = false;
      const entries = this.entries(this.#told);
      this.#told = this.length;
      for (const heard of [...this.#heard]) heard(entries);
    });
  }
}
