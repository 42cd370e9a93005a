import { createHomeserver, type Homeserver } from "../../src/homeserver/homeserver.ts";
import type { HomeserverSettings } from "../../src/homeserver/settings.ts";
import { isJsonObject, type Json, type JsonObject } from "../../src/protocol/json.ts";
import { keepTraffic } from "../traffic.ts";
import { MemoryJournal, type MemoryPorts, memoryPorts, type TestClock } from "./memory-ports.ts";

/** An answer, read. */
export type TestAnswer = { status: number; body: JsonObject; headers: Headers };

/** Keeps a request and its answer, where the traffic of the tests was asked for. */
export function tellTraffic(request: Request, requestText: string | undefined, answer: TestAnswer): void {
  keepTraffic(request, requestText, answer, JSON.stringify(answer.body.list ?? answer.body));
}

/** A homeserver with memory ports. */
export class TestServer {
  readonly homeserver: Homeserver;
  readonly ports: MemoryPorts;
  readonly #settings: HomeserverSettings;

  private constructor(homeserver: Homeserver, ports: MemoryPorts, settings: HomeserverSettings) {
    this.homeserver = homeserver;
    this.ports = ports;
    this.#settings = settings;
  }

  static async start(change: Partial<HomeserverSettings> = {}, ports = memoryPorts()): Promise<TestServer> {
    const settings: HomeserverSettings = {
      name: "garden.example",
      signingKeySeed: new Uint8Array(32).fill(7),
      keyId: "ed25519:1",
      registration: "open",
      ...change,
    };
    return new TestServer(await createHomeserver(settings, ports), ports, settings);
  }

  get name(): string {
    return this.homeserver.name;
  }

  get clock(): TestClock {
    return this.ports.clock;
  }

  /** A server that has what the journal of this one has. */
  async restarted(transport = this.ports.transport): Promise<TestServer> {
    await this.homeserver.stop();
    const ports = memoryPorts({ seed: "again", journal: new MemoryJournal(this.ports.journal.records) });
    ports.clock.time = this.clock.time;
    ports.transport = transport;
    return TestServer.start(this.#settings, ports);
  }

  /**
   * Sends a request through the front door. `path` is all that comes after `/_matrix/client/`, or absolute. One that is
   * `odd` breaks the definitions on purpose and is no part of the tests' traffic, though it may well be served.
   */
  async call(
    method: string,
    path: string,
    { token, body, signal, odd }: { token?: string; body?: Json; signal?: AbortSignal; odd?: boolean } = {},
  ): Promise<TestAnswer> {
    const url = `https://garden.example${path.startsWith("/") ? path : `/_matrix/client/${path}`}`;
    const text = body === undefined ? undefined : JSON.stringify(body);
    const request = new Request(url, {
      method,
      headers: {
        ...(token !== undefined && { authorization: `Bearer ${token}` }),
        ...(text !== undefined && { "content-type": "application/json" }),
      },
      ...(text !== undefined && { body: text }),
      ...(signal && { signal }),
    });
    const answer = await readAnswer(await this.homeserver.fetch(request));
    if (!odd) tellTraffic(request, text, answer);
    return answer;
  }

  /** A new account with one device. */
  async user(name: string): Promise<TestUser> {
    const answer = await this.call("POST", "v3/register", {
      body: {
        username: name,
        password: `${name}-secret`,
        auth: { type: "m.login.dummy" },
        initial_device_display_name: `${name}'s laptop`,
      },
    });
    if (answer.status !== 200) throw new Error(`Registering ${name}: ${JSON.stringify(answer.body)}`);
    return new TestUser(
      this,
      String(answer.body.user_id),
      String(answer.body.access_token),
      String(answer.body.device_id),
    );
  }
}

export async function readAnswer(response: Response): Promise<TestAnswer> {
  const text = await response.text();
  const isJson = response.headers.get("content-type") === "application/json";
  const body: Json = isJson ? JSON.parse(text) : {};
  return {
    status: response.status,
    headers: response.headers,
    body: isJsonObject(body) ? body : { list: body },
  };
}

/** Somebody with an account, at one device. */
export class TestUser {
  server: TestServer;
  readonly id: string;
  readonly token: string;
  readonly deviceId: string;
  #transaction = 0;

  constructor(server: TestServer, id: string, token: string, deviceId: string) {
    this.server = server;
    this.id = id;
    this.token = token;
    this.deviceId = deviceId;
  }

  /** Another device of the same person. */
  async secondDevice(): Promise<TestUser> {
    const name = this.id.slice(1, this.id.indexOf(":"));
    const body = {
      type: "m.login.password",
      identifier: { type: "m.id.user", user: name },
      password: `${name}-secret`,
    };
    const answer = await this.server.call("POST", "v3/login", { body });
    return new TestUser(
      this.server,
      this.id,
      String(answer.body.access_token),
      String(answer.body.device_id),
    );
  }

  call(method: string, path: string, body?: Json): Promise<TestAnswer> {
    return this.server.call(method, path, { token: this.token, ...(body !== undefined && { body }) });
  }

  /** The body of an answer that has to be 200. */
  async done(method: string, path: string, body?: Json): Promise<JsonObject> {
    const answer = await this.call(method, path, body);
    if (answer.status !== 200) {
      throw new Error(`${method} ${path}: ${answer.status} ${JSON.stringify(answer.body)}`);
    }
    return answer.body;
  }

  async createRoom(body: JsonObject = {}): Promise<string> {
    return String((await this.done("POST", "v3/createRoom", body)).room_id);
  }

  /** The id of the event. */
  async send(room: string, content: JsonObject | string, type = "m.room.message"): Promise<string> {
    const path = `v3/rooms/${encodeURIComponent(room)}/send/${encodeURIComponent(type)}/t${this.#transaction++}`;
    const text = typeof content === "string" ? { msgtype: "m.text", body: content } : content;
    return String((await this.done("PUT", path, text)).event_id);
  }

  /** The id of the event. */
  async setState(room: string, type: string, content: JsonObject, stateKey = ""): Promise<string> {
    const path = `v3/rooms/${encodeURIComponent(room)}/state/${encodeURIComponent(type)}/${encodeURIComponent(stateKey)}`;
    return String((await this.done("PUT", path, content)).event_id);
  }

  /** Without `since` from the start; `timeout` is 0 unless given. */
  sync(query: Record<string, string | number> = {}): Promise<JsonObject> {
    const search = new URLSearchParams(Object.entries(query).map(([name, value]) => [name, String(value)]));
    return this.done("GET", `v3/sync?${search}`);
  }
}
