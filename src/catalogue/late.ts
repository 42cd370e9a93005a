import { learn } from "./catalogue.ts";
import { lateWords } from "./en/late.ts";
import { refusals } from "./en/refusals.ts";

// The catalogue for views that come late: whoever takes `say` from here has their English words with it.
learn(lateWords);
learn(refusals);

export * from "./catalogue.ts";
