/** Something wrong in a tutorial's file. Text for authors, in English. Lines and columns count from 1. */
export type TutorialFault = {
  file: string;
  line: number;
  column: number;
  found: string;
  expected: string;
};

/** One line, as compilers write it: `hello/tutorial.yaml:12:5: found …, expected …`. */
export function faultText({ file, line, column, found, expected }: TutorialFault): string {
  return `${file}:${line}:${column}: found ${found}, expected ${expected}`;
}

/** Thrown where a tutorial cannot be used; it carries all faults, not the first alone. */
export class TutorialError extends Error {
  readonly faults: readonly TutorialFault[];
  constructor(faults: readonly TutorialFault[]) {
    super(faults.map(faultText).join("\n"));
    this.name = "TutorialError";
    this.faults = faults;
  }
}

/** What is like `word` among `known`, for "did you mean". */
export function nearest(word: string, known: readonly string[]): string | undefined {
  let best: string | undefined;
  let least = Math.min(3, Math.ceil(word.length / 2));
  for (const candidate of known) {
    const distance = editDistance(word.toLowerCase(), candidate.toLowerCase());
    if (distance < least) {
      least = distance;
      best = candidate;
    }
  }
  return best;
}

/** Levenshtein's distance, row by row. */
function editDistance(a: string, b: string): number {
  let row = Array.from({ length: b.length + 1 }, (_, index) => index);
  for (const [i, letter] of [...a].entries()) {
    const next = [i + 1];
    for (const [j, other] of [...b].entries()) {
      next.push(
        Math.min((next[j] ?? 0) + 1, (row[j + 1] ?? 0) + 1, (row[j] ?? 0) + (letter === other ? 0 : 1)),
      );
    }
    row = next;
  }
  return row[b.length] ?? 0;
}

/** `a, b or c` */
export function oneOfWords(words: readonly string[]): string {
  if (words.length < 2) return words.join("");
  return `${words.slice(0, -1).join(", ")} or ${words.at(-1)}`;
}
