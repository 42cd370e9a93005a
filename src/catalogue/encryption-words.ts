import { learn } from "./catalogue.ts";
import { encryption } from "./en/encryption.ts";

// The catalogue for what has to do with keys: it comes once somebody is signed in.
learn(encryption);

export * from "./catalogue.ts";
