import type { JsonObject } from "../protocol/json.ts";

/** A fact of a room as its state holds it: its name, who may join, who may do what. Members are told apart. */
export type StateEvent = { type: string; key: string; sender: string; content: JsonObject };

/** A room as a directory, or a space, shows it to people who may not be in it. */
export type PublicRoom = {
  id: string;
  name?: string;
  topic?: string;
  alias?: string;
  avatar?: string;
  joined: number;
  joinRule: string;
  /** The room is a space. */
  space: boolean;
};

/** A room below a space, and what lies below it in turn. */
export type SpaceRoom = PublicRoom & { children: { room: string; via: string[] }[] };

/** A message that was found by its words. */
export type FoundMessage = { room: string; event: string; sender: string; at: number; text: string };

/** What a client shows of rooms beyond their timelines. */
export type RoomFact =
  /** State that is new or changed. */
  | { type: "state"; room: string; events: StateEvent[] }
  /** Does the own server's directory list the room? */
  | { type: "published"; room: string; published: boolean }
  /** What a directory answered. */
  | { type: "directory"; term: string; server: string; rooms: PublicRoom[]; more: boolean }
  /** What lies in a space, the space itself first. */
  | { type: "hierarchy"; space: string; rooms: SpaceRoom[] }
  /** Messages with these words; `in` where only one room was searched. */
  | { type: "found"; text: string; in?: string; messages: FoundMessage[]; count: number };

/** What a fact is about, with a room second, and what it says. */
export function namesOfRoomFact(fact: RoomFact): [name: string, text: string][] {
  switch (fact.type) {
    case "state":
      return fact.events.map((event) => [stateName(fact.room, event), JSON.stringify(event)]);
    case "published":
      return [[`published ${fact.room}`, String(fact.published)]];
    case "hierarchy":
      return [[`hierarchy ${fact.space}`, JSON.stringify(fact)]];
    default:
      return [[`${fact.type} `, JSON.stringify(fact)]];
  }
}

export function stateName(room: string, { type, key }: Pick<StateEvent, "type" | "key">): string {
  return `state ${room} ${type} ${key}`;
}
