import { learn } from "./catalogue.ts";
import { lateWords } from "./en/late.ts";

// The catalogue for views that come late: whoever takes `say` from here has their English words with it.
learn(lateWords);

export * from "./catalogue.ts";
