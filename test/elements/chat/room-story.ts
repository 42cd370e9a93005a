import type { ClientFact } from "../../../src/client/client-fact.ts";
import type { StateEvent } from "../../../src/client/room-facts.ts";
import type { JsonObject } from "../../../src/protocol/json.ts";
import { bo, cy, room, said, scene, zoe } from "./chat-story.ts";

// Zoe's club, of which she is an admin and Bo a moderator; Cy knocks, Dee is banned. A space holds it.

export const dee = "@dee:garden.example";

export function held(
  inRoom: string,
  ...events: [type: string, content: JsonObject, key?: string][]
): ClientFact {
  return {
    type: "state",
    room: inRoom,
    events: events.map(([type, content, key = ""]): StateEvent => ({ type, key, sender: zoe, content })),
  };
}

const levels = {
  users: { [zoe]: 100, [bo]: 50 },
  events: { "m.room.power_levels": 100, "m.room.history_visibility": 100 },
};

export function club(): ClientFact[] {
  return [
    ...scene(),
    room("!club", "Garden club", { joined: 2, topic: "Beans" }),
    held(
      "!club",
      ["m.room.create", { room_version: "10", creator: zoe }],
      ["m.room.power_levels", levels],
      ["m.room.name", { name: "Garden club" }],
      ["m.room.topic", { topic: "Beans" }],
      ["m.room.join_rules", { join_rule: "knock" }],
      ["m.room.history_visibility", { history_visibility: "shared" }],
    ),
    {
      type: "members",
      room: "!club",
      members: [
        { user: zoe, name: "Zoe", membership: "join", power: 100 },
        { user: bo, name: "Bo", membership: "join", power: 50 },
        { user: cy, name: "Cy", membership: "knock", power: 0 },
        { user: dee, name: "Dee", membership: "ban", power: 0 },
      ],
    },
    said("!club", bo, "Who waters today?"),
    said("!club", cy, "", {
      type: "m.room.member",
      stateKey: cy,
      content: { membership: "knock", reason: "I have a hose" },
    }),
    room("!village", "Village", { joined: 1 }),
    held(
      "!village",
      ["m.room.create", { room_version: "10", creator: zoe, type: "m.space" }],
      ["m.room.power_levels", levels],
      ["m.space.child", { via: ["garden.example"] }, "!club"],
      ["m.space.child", { via: ["garden.example"] }, "!choir"],
    ),
    {
      type: "hierarchy",
      space: "!village",
      rooms: [
        { id: "!village", name: "Village", joined: 1, joinRule: "invite", space: true, children: [] },
        { id: "!club", name: "Garden club", joined: 2, joinRule: "knock", space: false, children: [] },
        {
          id: "!choir",
          name: "Choir",
          topic: "Mondays",
          joined: 9,
          joinRule: "public",
          space: false,
          children: [],
        },
      ],
    },
  ];
}

export const directory: ClientFact = {
  type: "directory",
  term: "",
  server: "garden.example",
  more: true,
  rooms: [
    {
      id: "!choir",
      name: "Choir",
      alias: "#choir:garden.example",
      joined: 9,
      joinRule: "public",
      space: false,
    },
    { id: "!chess", name: "Chess", topic: "Open sicilian", joined: 1, joinRule: "knock", space: false },
    { id: "!board", name: "Board", joined: 3, joinRule: "invite", space: true },
  ],
};

export const found: ClientFact = {
  type: "found",
  text: "grey",
  count: 1,
  messages: [{ room: "!chat", event: "$1", sender: bo, at: 0, text: "Earl Grey or mint?" }],
};
