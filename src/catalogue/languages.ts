import type { WordsKey } from "./catalogue.ts";

type Translated = Partial<Record<WordsKey, string>>;

/**
 * The languages that the page speaks besides English: what they call themselves, and their words, one chunk each. A
 * text that is not translated yet is said in English; `npm run words` lists those.
 */
const translations: Record<string, { name: string; load: () => Promise<Translated> }> = {
  de: { name: "Deutsch", load: () => import("./de/index.ts").then(({ words }) => words as Translated) },
  fr: { name: "Français", load: () => import("./fr/index.ts").then(({ words }) => words as Translated) },
};

/** Every language, by its BCP 47 tag, with what it calls itself. */
export const languages: Readonly<Record<string, string>> = {
  en: "English",
  ...Object.fromEntries(Object.entries(translations).map(([tag, { name }]) => [tag, name])),
};

/** The words of a language; undefined where English is spoken. */
export async function loadWords(tag: string): Promise<Translated | undefined> {
  return translations[tag]?.load();
}

/** The first language that is wanted and there; English where none is. */
export function fittingLanguage(wanted: readonly string[]): string {
  const known = wanted.map((tag) => tag.toLowerCase().split("-")[0] ?? "");
  return known.find((tag) => Object.hasOwn(languages, tag)) ?? "en";
}
