/**
 * Counts the work that is under way in real time: signatures, hashes of passwords, journals, bodies being
 * read. World time stands still while there is any, so that its speed cannot change what happens.
 */
export class Activity {
  #underWay = 0;
  #begun = 0;
  #waiting: (() => void)[] = [];

  /** How much was ever begun; two equal readings mean that nothing began between them. */
  get begun(): number {
    return this.#begun;
  }

  get underWay(): number {
    return this.#underWay;
  }

  async track<Result>(work: () => Promise<Result>): Promise<Result> {
    this.#begun++;
    this.#underWay++;
    try {
      return await work();
    } finally {
      if (--this.#underWay === 0) for (const resume of this.#waiting.splice(0)) resume();
    }
  }

  /** Resolves when nothing is under way. */
  idle(): Promise<void> {
    if (this.#underWay === 0) return Promise.resolve();
    return new Promise((resolve) => this.#waiting.push(resolve));
  }
}
