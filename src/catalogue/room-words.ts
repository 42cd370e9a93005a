import { learn } from "./catalogue.ts";
import { rooms } from "./en/rooms.ts";

// The catalogue for what can be done with rooms: it comes once somebody is signed in.
learn(rooms);

export * from "./catalogue.ts";
