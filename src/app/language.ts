import { speak } from "../catalogue/catalogue.ts";
import { fittingLanguage, languages, loadWords } from "../catalogue/languages.ts";
import { kept } from "./kept.ts";

const key = "homeroom.language";

/** The language that was chosen, else the first of the browser's that is there. */
export function chosenLanguage(): string {
  const chosen = kept.get(key);
  return chosen !== undefined && Object.hasOwn(languages, chosen)
    ? chosen
    : fittingLanguage(navigator.languages);
}

/** Keeps the choice. It is spoken when the page begins anew. */
export function chooseLanguage(language: string): void {
  kept.set(key, language);
  location.reload();
}

/** The page speaks the language from now on; English where its words do not come. */
export async function speakLanguage(language: string): Promise<string> {
  try {
    const words = await loadWords(language);
    if (words) speak(language, words);
    document.documentElement.lang = words ? language : "en";
  } catch (error) {
    console.warn(error);
  }
  return document.documentElement.lang;
}
