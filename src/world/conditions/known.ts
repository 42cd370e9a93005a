import type { Since } from "../condition.ts";
import type { Observation } from "../observation.ts";
import type { Bindings } from "../world.ts";

/** What a condition is held against. */
export type Known = { observation: Observation; bindings: Bindings; since: Since };

/** Where in the log each condition of a topic was true. */
export type Holds<Topic extends { type: string }> = {
  [Type in Topic["type"]]: (known: Known, condition: Extract<Topic, { type: Type }>) => number[];
};

/** The places in the log of what was seen. */
export function of(...seen: ({ sequence: number } | undefined)[]): number[] {
  return seen.flatMap((item) => item?.sequence ?? []);
}

export function isRoom(bindings: Bindings, room: string, wanted: string | undefined): boolean {
  return wanted === undefined || room === (bindings.rooms[wanted] ?? wanted);
}

export function isUser(bindings: Bindings, user: string, wanted: string | undefined): boolean {
  return wanted === undefined || user === (bindings.people[wanted]?.user ?? wanted);
}

/** A host by its own name, or a person's device by the person's. */
export function isHost(host: string, wanted: string | undefined): boolean {
  return wanted === undefined || host === wanted || host.startsWith(`${wanted}/`);
}

export function isIn(text: string, wanted: string | undefined): boolean {
  return wanted === undefined || text.toLowerCase().includes(wanted.toLowerCase());
}
