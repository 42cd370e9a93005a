/** Real time, as a simulation needs it. The browser's edge implements it; tests tick by hand. */
export interface Ticker {
  /** Milliseconds of real time since 1970; never goes back, may have fractions. */
  now(): number;
  /** Runs once, about `delay` milliseconds of real time from now. Returns what cancels it. */
  wake(delay: number, run: () => void): () => void;
  /** Resolves in a later turn of the event loop, after all that is already resolved has had its say. */
  turn(): Promise<void>;
}
