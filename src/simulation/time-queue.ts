/** Something due at a time. */
export type Due = { at: number; order: number; run: () => void; cancelled: boolean };

/** What is due, by time, and in the order asked among equals. A binary heap. */
export class TimeQueue {
  #heap: Due[] = [];
  #order = 0;

  add(at: number, run: () => void): Due {
    const due: Due = { at, order: this.#order++, run, cancelled: false };
    this.#heap.push(due);
    this.#up(this.#heap.length - 1);
    return due;
  }

  /** The next that is due, cancelled ones left out. */
  peek(): Due | undefined {
    while (this.#heap[0]?.cancelled) this.#takeFirst();
    return this.#heap[0];
  }

  take(): Due | undefined {
    const next = this.peek();
    if (next) this.#takeFirst();
    return next;
  }

  clear(): void {
    this.#heap = [];
  }

  #takeFirst(): void {
    const last = this.#heap.pop();
    if (last === undefined || this.#heap.length === 0) return;
    this.#heap[0] = last;
    this.#down(0);
  }

  #up(index: number): void {
    const heap = this.#heap;
    const item = heap[index]!;
    while (index > 0) {
      const parent = (index - 1) >> 1;
      if (!before(item, heap[parent]!)) break;
      heap[index] = heap[parent]!;
      index = parent;
    }
    heap[index] = item;
  }

  #down(index: number): void {
    const heap = this.#heap;
    const item = heap[index]!;
    for (;;) {
      let child = 2 * index + 1;
      if (child >= heap.length) break;
      if (child + 1 < heap.length && before(heap[child + 1]!, heap[child]!)) child++;
      if (!before(heap[child]!, item)) break;
      heap[index] = heap[child]!;
      index = child;
    }
    heap[index] = item;
  }
}

function before(one: Due, other: Due): boolean {
  return one.at < other.at || (one.at === other.at && one.order < other.order);
}
