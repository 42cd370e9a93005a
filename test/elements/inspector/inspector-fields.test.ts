import { expect } from "chai";
import { endpointOf } from "../../../src/elements/inspector/inspector-endpoint.ts";
import { fieldsWithoutWords, partWords } from "../../../src/elements/inspector/inspector-fields.ts";
import type { Json, JsonObject } from "../../../src/protocol/json.ts";
import type { LogEntry } from "../../../src/simulation/log.ts";
import { trafficOf } from "../../../src/simulation/traffic.ts";
import type { Action } from "../../../src/world/action.ts";
import { openWorld } from "../../../src/world/open-world.ts";
import type { Scenario } from "../../../src/world/scenario.ts";
import type { World } from "../../../src/world/world.ts";

const scenario: Scenario = {
  servers: [
    { name: "garden.example", symbol: "leaf" },
    { name: "harbor.example", symbol: "anchor" },
  ],
  people: [
    {
      id: "you",
      name: "You",
      at: "garden.example",
      devices: [{ name: "laptop", kind: "laptop", client: "bubbles" }],
      script: [],
    },
    {
      id: "bo",
      name: "Bo",
      at: "garden.example",
      account: "bo",
      devices: [{ name: "phone", kind: "phone", client: "bubbles" }],
      script: [],
    },
  ],
  prepare: [],
  seed: "fields",
  latency: { device: 1, server: 1 },
};

const you = { person: "you", device: "laptop" };

/** What people do in the shipped tutorials, and a little more: the traffic whose fields must have words. */
const doings: Action[] = [
  { type: "signUp", ...you, name: "zoe", password: "a made-up password" },
  { type: "setDisplayName", ...you, name: "Zoe" },
  {
    type: "createRoom",
    ...you,
    as: "tea",
    name: "Tea",
    topic: "Earl Grey or mint",
    preset: "public_chat",
    alias: "tea",
    invite: ["bo"],
  },
  { type: "join", person: "bo", room: "tea" },
  { type: "setTyping", ...you, in: "tea", typing: true },
  { type: "send", ...you, in: "tea", text: "Mint, please" },
  { type: "send", person: "bo", in: "tea", text: "Here it is" },
  { type: "markRead", ...you, in: "tea", event: "the newest" },
  { type: "redact", person: "bo", in: "tea", event: "the newest", reason: "It was mint" },
  { type: "loadOlder", ...you, in: "tea" },
  { type: "createRoom", ...you, as: "two", preset: "trusted_private_chat", direct: true, invite: ["bo"] },
  { type: "leave", person: "bo", room: "two" },
  { type: "addDevice", ...you, device: "phone" },
  { type: "signIn", person: "you", device: "phone", name: "zoe", password: "a made-up password" },
  { type: "endSession", ...you, target: "phone", password: "a made-up password" },
  { type: "openAddress", ...you, text: "#tea:garden.example" },
  { type: "openAddress", ...you, text: "@bo:garden.example" },
  { type: "signOut", ...you },
  { type: "signIn", ...you, name: "zoe", password: "wrong" },
];

const refused: string[] = [];

/** Resolves once a device shows an event. */
async function shown({ log }: World, host: string, event: string): Promise<void> {
  const shows = (entry: LogEntry) =>
    entry.type === "client-fact" &&
    entry.host === host &&
    JSON.stringify(entry.fact).includes(`"id":"${event}"`);
  if (log.entries().some(shows)) return;
  await new Promise<void>((resolve) => {
    const stop = log.subscribe((batch) => {
      if (!batch.some(shows)) return;
      stop();
      resolve();
    });
  });
}

/** The log of a small world in which all that is done. */
async function played(): Promise<readonly LogEntry[]> {
  const { world } = await openWorld({ tutorialId: "fields", scenario, say: {}, storage: "memory" });
  try {
    world.clock.setSpeed(10);
    let newest = "";
    for (const action of doings) {
      if (action.type === "markRead") await shown(world, "you/laptop", newest);
      const result = await world.act("event" in action ? { ...action, event: newest } : action);
      if (result.ok && result.event) newest = result.event;
      const meant =
        result.ok ||
        (action.type === "signIn" && action.password === "wrong") ||
        action.type === "openAddress";
      if (!meant) refused.push(`${action.type} ${JSON.stringify(result)}`);
    }
    return world.log.entries();
  } finally {
    await world.stop();
  }
}

function json(body: string | Uint8Array | undefined): Json | undefined {
  try {
    return typeof body === "string" ? (JSON.parse(body) as Json) : undefined;
  } catch {
    return undefined;
  }
}

describe("words for fields", () => {
  let entries: readonly LogEntry[] = [];
  before(async () => {
    entries = await played();
  });

  it("are looked for in traffic in which everything was done", () => {
    expect(refused).to.deep.equal([]);
  });

  it("explain every field of the traffic of a client's life", () => {
    const names = new Map<number, string>();
    const missing = new Set<string>();
    for (const entry of entries) {
      if (entry.type === "exchange-out") {
        const { method, url } = entry.request;
        const about = trafficOf(method, url).name;
        names.set(entry.exchange, about);
        for (const [name] of entry.request.headers)
          if (!partWords("header", name, about)) missing.add(`header ${name}`);
        for (const name of new URL(url).searchParams.keys())
          if (!partWords("query", name, about)) missing.add(`${about} query ${name}`);
        for (const name of Object.keys(endpointOf(method, url)?.parameters ?? {}))
          if (!partWords("path", name, about)) missing.add(`${about} path ${name}`);
        for (const field of fieldsWithoutWords(json(entry.request.body) ?? null, { about }))
          missing.add(field);
      }
      if (entry.type === "exchange-back") {
        const about = names.get(entry.exchange) ?? "";
        for (const [name] of entry.response.headers)
          if (!partWords("header", name, about)) missing.add(`header ${name}`);
        for (const field of fieldsWithoutWords(json(entry.response.body) ?? null, { about }))
          missing.add(field);
      }
    }
    expect([...missing]).to.deep.equal([]);
  });

  it("explain every field of events as servers store them", () => {
    const missing = new Set<string>();
    for (const entry of entries) {
      if (entry.type !== "host-fact" || entry.fact.type !== "event-stored") continue;
      for (const field of fieldsWithoutWords(entry.fact.pdu as JsonObject, { about: "pdu" }))
        missing.add(field);
    }
    expect(
      entries.some((entry) => entry.type === "host-fact" && entry.fact.type === "event-stored"),
    ).to.equal(true);
    expect([...missing]).to.deep.equal([]);
  });
});
