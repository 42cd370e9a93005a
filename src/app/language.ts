import { speak } from "../catalogue/catalogue.ts";
import { fittingLanguage, languages, loadWords } from "../catalogue/languages.ts";
import { kept } from "./kept.ts";

const key = "homeroom.language";

/** The language that the address asks for (`?lang=de`), else the one chosen, else the first of the browser's that is there. */
export function chosenLanguage(): string {
  const asked = new URLSearchParams(location.search).get("lang");
  if (asked !== null && Object.hasOwn(languages, asked)) kept.set(key, asked);
  const chosen = kept.get(key);
  return chosen !== undefined && Object.hasOwn(languages, chosen)
    ? chosen
    : fittingLanguage(navigator.languages);
}

/** Keeps the choice. It is spoken when the page begins anew, at an address that asks for no other. */
export function chooseLanguage(language: string): void {
  kept.set(key, language);
  const here = new URL(location.href);
  here.searchParams.delete("lang");
  history.replaceState(history.state, "", here);
  location.reload();
}

/** The page speaks the language from now on; English where its words do not come. */
export async function speakLanguage(language: string): Promise<string> {
  let spoken = "en";
  try {
    const words = await loadWords(language);
    if (words) {
      speak(language, words);
      spoken = language;
    }
  } catch (error) {
    console.warn(error);
  }
  const page = document.documentElement;
  page.lang = spoken;
  page.dir = direction(spoken);
  return spoken;
}

const fromRight = new Set(["ar", "dv", "fa", "he", "ps", "sd", "ug", "ur", "yi"]);

/** The way that a language is written. */
export function direction(language: string): "ltr" | "rtl" {
  return fromRight.has(language.split("-")[0] ?? "") ? "rtl" : "ltr";
}
