import { syllable } from "syllable";
import { textsOf } from "../tutorial/format/check-prose.ts";
import type { TutorialFault } from "../tutorial/format/fault.ts";
import type { ReadProse } from "../tutorial/format/parse-prose.ts";

/** A step's text is read in half a minute. */
export const mostWords = 80;
/** Flesch's reading ease, for English. 60 is plain English. */
export const leastEase = 60;

/** What makes a reader who did not find it simple feel stupid. */
const forbidden: Record<string, RegExp> = {
  en: /\b(simply|just)\b/i,
  fr: /\b(simplement|il suffit de)\b/i,
  de: /\b(einfach nur|ganz einfach)\b/i,
};

/** The rules of writing, for whoever checks a tutorial. A tutorial that breaks them still plays. */
export function checkWriting({ prose, texts, places }: ReadProse, file: string): TutorialFault[] {
  const faults: TutorialFault[] = [];
  const at = (key: string) => ({ file, ...(places.get(key) ?? { line: 1, column: 1 }) });
  const rule = forbidden[prose.language];
  for (const [id, text] of texts) {
    const plain = plainText(text);
    const count = wordsOf(plain).length;
    if (count > mostWords)
      faults.push({ ...at(id), found: `a text of ${count} words`, expected: `at most ${mostWords}` });
    const ease = prose.language === "en" ? readingEase(plain) : 100;
    if (ease < leastEase) {
      faults.push({
        ...at(id),
        found: `a reading ease of ${ease.toFixed(0)}`,
        expected: `${leastEase} or more: shorter sentences and words`,
      });
    }
    const words = prose.steps[id];
    for (const each of [{ key: id, text: plain }, ...(words ? textsOf(id, words) : [])]) {
      const found = rule?.exec(each.text);
      if (found)
        faults.push({ ...at(each.key), found: `“${found[0]}”`, expected: "words that do not call it easy" });
    }
  }
  return faults;
}

/** Markdown without its marks; an address counts as one plain word. */
function plainText(markdown: string): string {
  return markdown
    .replace(/`[^`]*`|\{[a-z.-]+\}|[@#!][\w.=/+-]+:[\w.:-]*\w|\b[\w-]+\.example\b/g, "name")
    .replace(/\[([^\]]*)\]\([^)]*\)/g, "$1")
    .replace(/[*_>#]/g, "");
}

function wordsOf(text: string): string[] {
  return text.match(/[\p{L}\p{N}][\p{L}\p{N}'’-]*/gu) ?? [];
}

/** 206.835 − 1.015 × words per sentence − 84.6 × syllables per word (Flesch 1948). */
export function readingEase(text: string): number {
  const words = wordsOf(text);
  const sentences = text.split(/[.!?…:]+(?:\s|$)/).filter((sentence) => wordsOf(sentence).length > 0).length;
  if (words.length === 0 || sentences === 0) return 100;
  const syllables = words.reduce((sum, word) => sum + Math.max(1, syllable(word)), 0);
  return 206.835 - 1.015 * (words.length / sentences) - 84.6 * (syllables / words.length);
}
