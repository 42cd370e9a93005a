import { learn } from "./catalogue.ts";
import { messages } from "./en/messages.ts";

// The catalogue for what can be done with messages: it comes once somebody is signed in.
learn(messages);

export * from "./catalogue.ts";
