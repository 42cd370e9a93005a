/** The place in the stream of each user's latest change, so that those after a place are found without looking at all. */
export class LatestChanges {
  readonly #latest = new Map<string, number>();
  /** In their order; those that a later one of the same user replaced are still there until there are too many. */
  #changes: { userId: string; at: number }[] = [];

  /** @param at after all places noted so far. */
  note(userId: string, at: number): void {
    this.#latest.set(userId, at);
    this.#changes.push({ userId, at });
    if (this.#changes.length > 2 * this.#latest.size + 100) {
      this.#changes = this.#changes.filter((change) => this.#latest.get(change.userId) === change.at);
    }
  }

  /** Whose latest change came after a place, each once, in the order of the changes. */
  after(position: number): string[] {
    let start = this.#changes.length;
    while (start > 0 && this.#changes[start - 1]!.at > position) start -= 1;
    return this.#changes
      .slice(start)
      .filter(({ userId, at }) => this.#latest.get(userId) === at)
      .map(({ userId }) => userId);
  }
}
