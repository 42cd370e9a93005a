/**
 * Which rows of a long list are drawn, and where they stand. Rows have the height that was measured, or a guess
 * until they were on the screen. All lengths are CSS pixels.
 */
export class RowWindow {
  #keys: readonly string[] = [];
  #tops: Float64Array = new Float64Array(1);
  #measured = new Map<string, number>();
  #stale = true;
  readonly #guess: number;

  constructor(guess: number) {
    this.#guess = guess;
  }

  /** The rows, by their keys, from the top. */
  setRows(keys: readonly string[]): void {
    this.#keys = keys;
    this.#stale = true;
  }

  /** Takes a row's height as it was drawn. Answers whether that changed anything. */
  measure(key: string, height: number): boolean {
    if (Math.abs((this.#measured.get(key) ?? -1) - height) < 0.5) return false;
    this.#measured.set(key, height);
    this.#stale = true;
    return true;
  }

  /** The width changed: every height is a guess again. */
  forget(): void {
    this.#measured = new Map();
    this.#stale = true;
  }

  get height(): number {
    return this.#offsets[this.#keys.length] ?? 0;
  }

  /** The top of the row at an index; at the number of rows, the end of all. */
  top(index: number): number {
    return this.#offsets[Math.max(0, Math.min(index, this.#keys.length))] ?? 0;
  }

  indexOf(key: string): number {
    return this.#keys.indexOf(key);
  }

  keyAt(index: number): string | undefined {
    return this.#keys[index];
  }

  /** The row at a distance from the top. */
  rowAt(offset: number): number {
    const tops = this.#offsets;
    let low = 0;
    let high = Math.max(0, this.#keys.length - 1);
    while (low < high) {
      const middle = (low + high + 1) >> 1;
      if ((tops[middle] ?? 0) <= offset) low = middle;
      else high = middle - 1;
    }
    return low;
  }

  /** The rows to draw for a view from `top` of this height, with as much again on both sides. */
  range(top: number, height: number): { from: number; to: number } {
    const margin = Math.max(height, 300);
    return {
      from: this.rowAt(top - margin),
      to: Math.min(this.#keys.length, this.rowAt(top + height + margin) + 1),
    };
  }

  get #offsets(): Float64Array {
    if (!this.#stale) return this.#tops;
    const tops = new Float64Array(this.#keys.length + 1);
    let top = 0;
    this.#keys.forEach((key, index) => {
      tops[index] = top;
      top += this.#measured.get(key) ?? this.#guess;
    });
    tops[this.#keys.length] = top;
    this.#tops = tops;
    this.#stale = false;
    return tops;
  }
}
