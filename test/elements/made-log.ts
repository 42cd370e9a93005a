import type { ClientFact } from "../../src/client/client-fact.ts";
import type { HostFact } from "../../src/homeserver/ports.ts";
import type { Json, JsonObject } from "../../src/protocol/json.ts";
import type { Happening, HostName, LogEntry } from "../../src/simulation/log.ts";

type Told = {
  body?: Json;
  status?: number;
  answer?: Json;
  /** Milliseconds one way, and at the server. */
  latency?: number;
  held?: number;
  headers?: [string, string][];
  token?: string;
};

/** A log made by hand, for the views: what a world would write, in few words. */
export class MadeLog {
  readonly entries: LogEntry[] = [];
  at: number;
  #exchange = 0;

  constructor(at = Date.UTC(2026, 6, 8, 9, 0, 0)) {
    this.at = at;
  }

  add(happening: Happening, at = this.at): this {
    this.at = at;
    this.entries.push({ sequence: this.entries.length, at, ...happening });
    return this;
  }

  wait(milliseconds: number): this {
    this.at += milliseconds;
    return this;
  }

  server(host: string, symbol: string): this {
    return this.add({ type: "host-added", host, role: "homeserver", symbol });
  }

  device(host: string, home: string): this {
    return this.add({ type: "host-added", host, role: "device", person: host.split("/")[0]!, home });
  }

  signedIn(host: string, user: string, displayName: string): this {
    const fact: ClientFact = {
      type: "session",
      session: { state: "syncing", user, device: "DEV" },
      displayName,
    };
    return this.add({ type: "client-fact", host, fact: fact as unknown as JsonObject });
  }

  shown(host: string, room: string, sender: string, senderName: string, body: string): this {
    const event = {
      id: `$shown${this.entries.length}`,
      type: "m.room.message",
      sender,
      senderName,
      at: this.at,
      content: { msgtype: "m.text", body },
      status: "sent",
    } as const;
    const fact: ClientFact = { type: "event", room, event, place: "end" };
    return this.add({ type: "client-fact", host, fact: fact as unknown as JsonObject });
  }

  fact(host: string, fact: HostFact): this {
    return this.add({ type: "host-fact", host, fact });
  }

  /** An event that servers store, in order. */
  event(
    servers: string[],
    room: string,
    depth: number,
    type: string,
    sender: string,
    content: JsonObject,
    stateKey?: string,
  ): string {
    const event = `$${`${type}${depth}${sender}`.replace(/\W/g, "").padEnd(43, "x").slice(0, 43)}`;
    const server = sender.slice(sender.indexOf(":") + 1);
    const pdu: JsonObject = {
      ...{
        type,
        sender,
        room_id: room,
        content,
        depth,
        origin_server_ts: this.at,
        prev_events: [],
        auth_events: [],
      },
      hashes: { sha256: "x".repeat(43) },
      signatures: { [server]: { "ed25519:a_1": "y".repeat(86) } },
    };
    if (stateKey !== undefined) pdu.state_key = stateKey;
    for (const host of servers)
      this.fact(host, { type: "event-stored", room, event, pdu, roomVersion: "12" });
    return event;
  }

  out(
    from: HostName,
    to: HostName,
    method: string,
    path: string,
    { body, latency = 80, token, headers = [] }: Told = {},
  ): number {
    const exchange = ++this.#exchange;
    const all: [string, string][] = [["content-type", "application/json"], ...headers];
    if (token) all.push(["authorization", `Bearer ${token}`]);
    const request = {
      method,
      url: `https://${to}${path}`,
      headers: all,
      ...(body === undefined ? {} : { body: JSON.stringify(body) }),
    };
    this.add({ type: "exchange-out", exchange, from, to, request, arrives: this.at + latency });
    return exchange;
  }

  held(exchange: number, after = 80): this {
    return this.wait(after).add({ type: "exchange-held", exchange });
  }

  back(exchange: number, { status = 200, answer = {}, latency = 80 }: Told = {}): this {
    const response = {
      status,
      headers: [["content-type", "application/json"]] as [string, string][],
      body: JSON.stringify(answer),
    };
    return this.add({ type: "exchange-back", exchange, response, arrives: this.at + latency });
  }

  done(exchange: number, after = 80): this {
    return this.wait(after).add({ type: "exchange-done", exchange });
  }

  /** A whole exchange. */
  exchange(from: HostName, to: HostName, method: string, path: string, told: Told = {}): number {
    const exchange = this.out(from, to, method, path, told);
    this.held(exchange, told.latency ?? 80).wait(told.held ?? 4);
    this.back(exchange, told).done(exchange, told.latency ?? 80);
    return exchange;
  }
}

export const garden = "garden.example";
export const harbor = "harbor.example";

/** Two people at two houses, who talk in one room; a device of each besides. */
export function twoHouses(): MadeLog {
  const log = new MadeLog();
  log.server(garden, "leaf").server(harbor, "anchor");
  log
    .device("you/laptop", garden)
    .device("you/phone", garden)
    .device("bo/laptop", harbor)
    .device("bo/tablet", harbor);
  log.wait(400);
  log.exchange("you/laptop", garden, "GET", "/_matrix/client/versions", {
    answer: { versions: ["v1.18", "v1.19"] },
  });
  const register = {
    username: "you",
    password: "a made-up secret",
    auth: { type: "m.login.dummy" },
    initial_device_display_name: "Laptop",
  };
  const session = { user_id: "@you:garden.example", access_token: "syt_secret_token", device_id: "LAPTOP" };
  log.exchange("you/laptop", garden, "POST", "/_matrix/client/v3/register", {
    body: register,
    answer: session,
    held: 90,
  });
  log.signedIn("you/laptop", "@you:garden.example", "You");
  for (const path of [
    "/_matrix/client/v3/pushrules/",
    "/_matrix/client/v3/capabilities",
    "/_matrix/client/v3/voip/turnServer",
  ]) {
    log.exchange("you/laptop", garden, "GET", path, { answer: {}, token: "syt_secret_token" });
  }
  log
    .signedIn("you/phone", "@you:garden.example", "You")
    .signedIn("bo/laptop", "@bo:harbor.example", "Bo")
    .signedIn("bo/tablet", "@bo:harbor.example", "Bo");
  const room = "!tea-room-of-version-twelve";
  const both = [garden, harbor];
  log.event(both, room, 1, "m.room.create", "@you:garden.example", { room_version: "12" }, "");
  log.event(
    both,
    room,
    2,
    "m.room.member",
    "@you:garden.example",
    { membership: "join" },
    "@you:garden.example",
  );
  log.event(
    both,
    room,
    3,
    "m.room.canonical_alias",
    "@you:garden.example",
    { alias: "#tea:garden.example" },
    "",
  );
  log.event(
    both,
    room,
    4,
    "m.room.member",
    "@bo:harbor.example",
    { membership: "join" },
    "@bo:harbor.example",
  );
  say(log, "bo/laptop", harbor, garden, room, 5, "@bo:harbor.example", "Earl Grey or mint?");
  say(log, "you/laptop", garden, harbor, room, 6, "@you:garden.example", "Mint, please");
  return log;
}

function say(
  log: MadeLog,
  from: string,
  home: string,
  away: string,
  room: string,
  depth: number,
  sender: string,
  body: string,
): void {
  log.wait(900);
  const path = `/_matrix/client/v3/rooms/${encodeURIComponent(room)}/send/m.room.message/m${depth}`;
  const content = { msgtype: "m.text", body };
  const send = log.out(from, home, "PUT", path, { body: content, token: "syt_secret_token" });
  log.held(send);
  const event = log.event([home], room, depth, "m.room.message", sender, content);
  log.back(send, { answer: { event_id: event } }).done(send);
  const pdus = [
    {
      type: "m.room.message",
      sender,
      room_id: room,
      content,
      origin_server_ts: log.at,
      depth,
      prev_events: ["$before"],
      auth_events: ["$create"],
      hashes: { sha256: "…" },
      signatures: {},
    },
  ];
  log.exchange(home, away, "PUT", `/_matrix/federation/v1/send/${depth}f2`, {
    body: { origin: home, origin_server_ts: log.at, pdus },
    answer: { pdus: { [event]: {} } },
  });
  log.event([away], room, depth, "m.room.message", sender, content);
  log.shown(
    away === garden ? "you/laptop" : "bo/laptop",
    room,
    sender,
    sender.includes("bo") ? "Bo" : "You",
    body,
  );
}
