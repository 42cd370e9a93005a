import type { Words } from "../../../world/actions/message-action.ts";
import { mayBeFormatted, type Nameable } from "./nameable.ts";

/** What is formatted waits for what formats it, and what is sent later for what was sent before. */
export class FormattedTurns {
  #last: Promise<unknown> | undefined;

  /** Goes on with the words of a text: at once where there is nothing to format or to wait for. */
  take(text: string, people: readonly Nameable[], go: (words: Words) => void): void {
    if (!this.#last && !mayBeFormatted(text, people)) {
      go({ text });
      return;
    }
    const before = this.#last ?? Promise.resolve();
    const turn = Promise.all([import("./markdown.ts"), before])
      .then(([{ formattedWords }]) => go(formattedWords(text, people)))
      .catch(() => go({ text }));
    this.#last = turn;
    void turn.finally(() => {
      if (this.#last === turn) this.#last = undefined;
    });
  }
}
