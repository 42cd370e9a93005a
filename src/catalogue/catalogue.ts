import type { encryption } from "./en/encryption.ts";
import { words as firstWords } from "./en/index.ts";
import type { lateWords } from "./en/late.ts";
import type { messages } from "./en/messages.ts";
import type { pages } from "./en/pages.ts";
import type { refusals } from "./en/refusals.ts";
import type { rooms } from "./en/rooms.ts";
import type { trial } from "./en/trial.ts";

/** Every text for people. */
export type Words = typeof firstWords &
  typeof encryption &
  typeof lateWords &
  typeof messages &
  typeof pages &
  typeof refusals &
  typeof rooms &
  typeof trial;
/** The key of a text for people. */
export type WordsKey = keyof Words;
/** What fills a text's placeholders. */
export type Facts = Record<string, string | number | boolean>;

const english: Partial<Record<string, string>> = { ...firstWords };
let language = "en";
let words: Partial<Record<string, string>> = {};

/** The BCP 47 tag of the language that texts are in. */
export function spokenLanguage(): string {
  return language;
}

/** Switches to the words of another language; what it lacks stays English. */
export function speak(tag: string, translated: Partial<Record<WordsKey, string>>): void {
  language = tag;
  words = translated;
}

/** Takes English words in that come later than the first ones; see late.ts. */
export function learn(more: Partial<Record<WordsKey, string>>): void {
  Object.assign(english, more);
}

/**
 * The text of a key in the language of the page. `{name}` is filled from the facts. `{n|one message|# messages}`
 * chooses by the plural category of the number `n`: `one` takes the first form, all others the second, `#` is the number.
 */
export function say(key: WordsKey, facts: Facts = {}): string {
  const text = words[key] ?? english[key] ?? key;
  return text.replace(
    /\{(\w+)(?:\|([^|}]*)\|([^}]*))?\}/g,
    (whole, name: string, one?: string, other?: string) => {
      const fact = facts[name];
      if (fact === undefined) return whole;
      if (one === undefined || other === undefined)
        return typeof fact === "number" ? fact.toLocaleString(language) : String(fact);
      const form = new Intl.PluralRules(language).select(Number(fact)) === "one" ? one : other;
      return form.replaceAll("#", Number(fact).toLocaleString(language));
    },
  );
}

/** Is there a text under this key? For codes that come as data, such as refusals. */
export function isWordsKey(key: string): key is WordsKey {
  return Object.hasOwn(english, key);
}
