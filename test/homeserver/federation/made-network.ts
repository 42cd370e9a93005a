import type { Json, JsonObject } from "../../../src/protocol/json.ts";
import type { ServerSettings } from "../../../src/simulation/homeserver-life.ts";
import type { Link } from "../../../src/simulation/links.ts";
import type { Happening } from "../../../src/simulation/log.ts";
import type { Simulation } from "../../../src/simulation/simulation.ts";
import { makeSimulation } from "../../simulation/made-simulation.ts";

type Made = Awaited<ReturnType<typeof makeSimulation>>;

/** Some homeservers that know each other, on a network whose time passes when somebody waits. */
export class MadeNetwork {
  readonly simulation: Simulation;
  readonly log: (Happening & { at: number })[];
  readonly #made: Made;
  readonly #users = new Map<string, NetworkUser>();

  private constructor(made: Made) {
    this.#made = made;
    this.simulation = made.simulation;
    this.log = made.log;
  }

  /** Servers are `one.example` and so on; they are named without the ending. */
  static async start(names: readonly string[], server: Omit<ServerSettings, "name"> = {}) {
    const made = await makeSimulation({
      servers: names.map((name) => ({ name: `${name}.example`, ...server })),
      devices: [],
      latency: { device: 1, server: 5 },
      clock: { at: 1_700_000_000_000, speed: 10, running: true },
    });
    return new MadeNetwork(made);
  }

  /** Somebody with an account and a device. */
  async user(name: string, server: string): Promise<NetworkUser> {
    const home = `${server}.example`;
    this.simulation.addDevice({ name: `${name}/laptop`, person: name, home });
    const user = new NetworkUser(this, `${name}/laptop`, home, `@${name}:${home}`);
    const answer = await user.call("POST", "v3/register", {
      username: name,
      password: `${name}-secret`,
      auth: { type: "m.login.dummy" },
    });
    user.token = String(answer.body.access_token);
    this.#users.set(name, user);
    return user;
  }

  /** Lets world time pass until something has come about. */
  async wait<Result>(work: Promise<Result>, longest = 300_000): Promise<Result> {
    let isDone = false;
    const done = () => {
      isDone = true;
    };
    work.then(done, done);
    for (let passed = 0; !isDone && passed < longest; passed += 100) await this.#made.ticker.pass(10);
    if (!isDone) throw new Error(`Not done after ${longest} ms`);
    return work;
  }

  /** Lets so much world time pass, milliseconds. */
  async pass(milliseconds: number): Promise<void> {
    for (let passed = 0; passed < milliseconds; passed += 1000) await this.#made.ticker.pass(100);
  }

  /** Lets time pass until a test holds. */
  async until(what: string, test: () => boolean | Promise<boolean>, longest = 120_000): Promise<void> {
    for (let passed = 0; passed < longest; passed += 200) {
      if (await test()) return;
      await this.#made.ticker.pass(20);
    }
    throw new Error(`Never: ${what}`);
  }

  cut(one: string, other: string, cut = true): void {
    this.link(one, other, { cut });
  }

  link(one: string, other: string, change: Partial<Link>): void {
    this.simulation.setLink(`${one}.example`, `${other}.example`, change);
  }

  async stop(server: string): Promise<void> {
    await this.wait(this.simulation.stopHost(`${server}.example`));
  }

  async restart(server: string): Promise<void> {
    await this.wait(this.simulation.startHost(`${server}.example`));
  }

  /** What a host told of a kind. */
  facts(server: string, type: string): JsonObject[] {
    return this.log.flatMap((entry) => {
      const isIt =
        entry.type === "host-fact" && entry.host === `${server}.example` && entry.fact.type === type;
      return isIt ? [entry.fact as unknown as JsonObject] : [];
    });
  }

  ask(...given: Parameters<Made["ask"]>): ReturnType<Made["ask"]> {
    return this.#made.ask(...given);
  }

  async end(): Promise<void> {
    await this.simulation.end();
  }
}

export type NetworkAnswer = { status: number; body: JsonObject };

/** Somebody at a device. */
export class NetworkUser {
  readonly network: MadeNetwork;
  readonly id: string;
  readonly #device: string;
  readonly #home: string;
  token = "";
  #transactions = 0;

  constructor(network: MadeNetwork, device: string, home: string, id: string) {
    this.network = network;
    this.#device = device;
    this.#home = home;
    this.id = id;
  }

  async call(method: string, path: string, body?: Json): Promise<NetworkAnswer> {
    const outcome = await this.network.wait(
      this.network.ask(
        {
          method,
          url: `https://${this.#home}/_matrix/client/${path}`,
          headers: [
            ["content-type", "application/json"],
            ...(this.token === "" ? [] : [["authorization", `Bearer ${this.token}`] as [string, string]]),
          ],
          ...(body !== undefined && { body: JSON.stringify(body) }),
        },
        this.#device,
      ),
    );
    if ("failed" in outcome) throw new Error(`${method} ${path}: ${outcome.failed}`);
    const text = outcome.response.body;
    return { status: outcome.response.status, body: JSON.parse(typeof text === "string" ? text : "{}") };
  }

  /** The body of an answer that has to be 200. */
  async done(method: string, path: string, body?: Json): Promise<JsonObject> {
    const answer = await this.call(method, path, body);
    if (answer.status !== 200)
      throw new Error(`${method} ${path}: ${answer.status} ${JSON.stringify(answer.body)}`);
    return answer.body;
  }

  async createRoom(body: JsonObject = {}): Promise<string> {
    return String((await this.done("POST", "v3/createRoom", body)).room_id);
  }

  /** @param via a server, without its ending. */
  join(room: string, via?: string): Promise<NetworkAnswer> {
    const query = via === undefined ? "" : `?via=${via}.example`;
    return this.call("POST", `v3/join/${encodeURIComponent(room)}${query}`, {});
  }

  /** The id of the event. */
  async send(room: string, text: string): Promise<string> {
    const path = `v3/rooms/${encodeURIComponent(room)}/send/m.room.message/t${this.#transactions++}`;
    return String((await this.done("PUT", path, { msgtype: "m.text", body: text })).event_id);
  }

  async setState(room: string, type: string, content: JsonObject, stateKey = ""): Promise<string> {
    const path = `v3/rooms/${encodeURIComponent(room)}/state/${type}/${encodeURIComponent(stateKey)}`;
    return String((await this.done("PUT", path, content)).event_id);
  }

  act(room: string, act: string, body: JsonObject = {}): Promise<NetworkAnswer> {
    return this.call("POST", `v3/rooms/${encodeURIComponent(room)}/${act}`, body);
  }

  /** The texts of a room's messages, oldest first. */
  async texts(room: string): Promise<string[]> {
    const { chunk } = await this.done("GET", `v3/rooms/${encodeURIComponent(room)}/messages?dir=b&limit=500`);
    const bodies = (chunk as { content: { body?: string }; type: string }[]).flatMap(({ type, content }) =>
      type === "m.room.message" && content.body !== undefined ? [content.body] : [],
    );
    return bodies.reverse();
  }

  /** The room's state: `type|state key` → event id. */
  async state(room: string): Promise<Record<string, string>> {
    const { body } = await this.call("GET", `v3/rooms/${encodeURIComponent(room)}/state`);
    const events = body as unknown as { type: string; state_key: string; event_id: string }[];
    return Object.fromEntries(
      events.map((event) => [`${event.type}|${event.state_key}`, event.event_id]).sort(),
    );
  }
}
