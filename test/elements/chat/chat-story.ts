import type { ClientFact, RoomSummary, ShownEvent } from "../../../src/client/client-fact.ts";
import { type ChatState, chatFold } from "../../../src/elements/chat/chat-fold.ts";
import { serverLooks } from "../../../src/elements/server-look.ts";
import type { JsonObject } from "../../../src/protocol/json.ts";
import type { LogEntry } from "../../../src/simulation/log.ts";
import type { Bindings } from "../../../src/world/world.ts";

// A small scene for the chat's tests: Zoe's laptop at the garden, Bo at the harbor, Cy beside Zoe.

export const zoe = "@zoe:garden.example";
export const bo = "@bo:harbor.example";
export const cy = "@cy:garden.example";
export const morning = new Date(2026, 4, 4, 9, 30).getTime();

export const looks = serverLooks([
  { name: "garden.example", symbol: "leaf" },
  { name: "harbor.example", symbol: "anchor" },
]);

export const bindings: Bindings = {
  rooms: { chat: "!chat" },
  people: {
    you: { user: zoe, name: "You", server: "garden.example" },
    bo: { user: bo, name: "Bo", server: "harbor.example" },
    cy: { user: cy, name: "Cy", server: "garden.example" },
  },
};

const may = { send: true, invite: true, redact: true, changeName: true };

export function room(id: string, name: string, more: Partial<RoomSummary> = {}): ClientFact {
  const summary = {
    id,
    name,
    membership: "join",
    direct: false,
    joined: 2,
    invited: 0,
    unread: 0,
    highlights: 0,
  } as const;
  return { type: "room", room: { ...summary, encrypted: false, may, ...more } };
}

let count = 0;

export function said(
  inRoom: string,
  sender: string,
  body: string,
  more: Partial<ShownEvent> = {},
): ClientFact {
  count += 1;
  const event: ShownEvent = {
    id: `$said-${count}`,
    type: "m.room.message",
    sender,
    senderName: nameOf(sender),
    at: morning + count * 1000,
    content: { msgtype: "m.text", body },
    status: "sent",
    ...more,
  };
  return { type: "event", room: inRoom, place: "end", event };
}

export function stated(
  inRoom: string,
  sender: string,
  type: string,
  content: JsonObject,
  stateKey = "",
): ClientFact {
  return said(inRoom, sender, "", { type, content, stateKey });
}

export function nameOf(user: string): string {
  const name = user.slice(1).split(":")[0] ?? "";
  return name.charAt(0).toUpperCase() + name.slice(1);
}

export const signedIn: ClientFact = {
  type: "session",
  session: { state: "syncing", user: zoe, device: "ABCDEF" },
  displayName: "Zoe",
};

/** Signed in, in a chat with Bo and in a room for tea, invited by Ada. */
export function scene(): ClientFact[] {
  return [
    signedIn,
    room("!chat", "Bo", { direct: true, latest: { sender: "Bo", text: "Earl Grey or mint?", at: morning } }),
    room("!tea", "Tea & biscuits", { alias: "#tea:garden.example", joined: 3, unread: 2 }),
    room("!ada", "Ada", { membership: "invite", direct: true, inviter: "@ada:harbor.example" }),
    {
      type: "members",
      room: "!chat",
      members: [
        { user: zoe, name: "Zoe", membership: "join", power: 100 },
        { user: bo, name: "Bo", membership: "join", power: 100 },
      ],
    },
    stated("!chat", bo, "m.room.create", {}),
    said("!chat", bo, "Earl Grey or mint?"),
    said("!chat", zoe, "Mint, please"),
    said("!tea", cy, "Who brings biscuits?"),
    {
      type: "devices",
      devices: [
        { id: "ABCDEF", name: "laptop", current: true },
        { id: "GHIJKL", name: "phone", current: false },
      ],
    },
  ];
}

export function entry(fact: ClientFact, host = "you/laptop"): LogEntry {
  return { sequence: 0, at: morning, type: "client-fact", host, fact: fact as unknown as JsonObject };
}

export function chatState(facts: readonly ClientFact[], from?: ChatState): ChatState {
  const fold = chatFold("you/laptop");
  return facts.reduce((state, fact) => fold.step(state, entry(fact)), from ?? fold.initial);
}
