import { learn } from "./catalogue.ts";
import { pages } from "./en/pages.ts";
import { trial } from "./en/trial.ts";

// The catalogue for the pages that are no tutorial: whoever takes `say` from here has their English words with it.
learn(pages);
learn(trial);

export * from "./catalogue.ts";
