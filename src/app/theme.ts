import { kept } from "./kept.ts";

export type ThemeChoice = "system" | "light" | "dark";

/** Read by public/start.js too, before the first paint. */
const key = "homeroom.theme";

export function chosenTheme(): ThemeChoice {
  const choice = kept.get(key);
  return choice === "light" || choice === "dark" ? choice : "system";
}

/** Keeps the choice and shows the page in it. */
export function chooseTheme(choice: ThemeChoice): void {
  if (choice === "system") {
    kept.delete(key);
    delete document.documentElement.dataset.theme;
  } else {
    kept.set(key, choice);
    document.documentElement.dataset.theme = choice;
  }
}

export function themeAfter(choice: ThemeChoice): ThemeChoice {
  return choice === "system" ? "light" : choice === "light" ? "dark" : "system";
}
