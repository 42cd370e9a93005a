import { learn } from "./catalogue.ts";
import { pages } from "./en/pages.ts";

// The catalogue for the pages that are no tutorial: whoever takes `say` from here has their English words with it.
learn(pages);

export * from "./catalogue.ts";
