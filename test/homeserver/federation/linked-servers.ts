import type { HomeserverPorts, Signer } from "../../../src/homeserver/ports.ts";
import type { HomeserverSettings } from "../../../src/homeserver/settings.ts";
import type { JsonObject } from "../../../src/protocol/json.ts";
import { memoryPorts } from "../memory-ports.ts";
import { readAnswer, TestServer, tellTraffic } from "../test-server.ts";

/** A request from one server to another. */
export type Passed = { from: string; to: string; method: string; path: string; body: JsonObject };

/** Milliseconds after which something that should have come about has not, on however slow a machine. */
const patience = 60_000;

/** Servers, real or played by a test, that reach each other at once, unless they are away. */
export class LinkedServers {
  /** Host → who answers there. */
  readonly hosts = new Map<string, (request: Request) => Promise<Response>>();
  readonly passed: Passed[] = [];
  /** Hosts that cannot be reached. */
  readonly away = new Set<string>();
  readonly #real = new Set<string>();
  /** Hosts that take a request and never answer. */
  readonly silent = new Set<string>();
  /** How many signatures are being made or checked, and requests carried. */
  #underWay = 0;

  /** A homeserver among them. */
  async start(
    name: string,
    settings: Partial<HomeserverSettings> = {},
    given: Pick<HomeserverPorts, "thumbnails"> = {},
  ): Promise<TestServer> {
    const ports = { ...memoryPorts({ seed: name }), ...given };
    ports.transport = { fetch: (request) => this.#carry(name, request) };
    ports.signer = this.#watched(ports.signer);
    const seed = new Uint8Array(32).fill(name.length);
    const server = await TestServer.start({ name, signingKeySeed: seed, ...settings }, ports);
    this.hosts.set(name, (request) => server.homeserver.fetch(request));
    this.#real.add(name);
    return server;
  }

  /** Puts a restarted server in the place of the one that it goes on from. */
  async restart(name: string, server: TestServer): Promise<TestServer> {
    const again = await server.restarted({ fetch: (request) => this.#carry(name, request) });
    this.hosts.set(name, (request) => again.homeserver.fetch(request));
    return again;
  }

  /** What went to a server on paths that contain a text. */
  to(host: string, path: string): Passed[] {
    return this.passed.filter((request) => request.to === host && request.path.includes(path));
  }

  /** All EDUs that a server was sent. */
  edusTo(host: string): { edu_type: string; content: JsonObject }[] {
    type Edus = { edu_type: string; content: JsonObject }[];
    return this.to(host, "/send/").flatMap(({ body }) => (body.edus ?? []) as Edus);
  }

  /** Lets servers work until something has come about. */
  async until(what: string, test: () => boolean): Promise<void> {
    for (const end = performance.now() + patience; performance.now() < end; ) {
      if (test()) return;
      await new Promise((resolve) => setTimeout(resolve));
    }
    throw new Error(`Never: ${what}`);
  }

  /** Lets servers work until they have nothing to do but to wait. */
  async rest(): Promise<void> {
    for (let quiet = 0; quiet < 3; quiet = this.#underWay > 0 ? 0 : quiet + 1)
      await new Promise((resolve) => setTimeout(resolve));
  }

  async #track<Result>(work: Promise<Result>): Promise<Result> {
    this.#underWay += 1;
    return work.finally(() => {
      this.#underWay -= 1;
    });
  }

  #watched(signer: Signer): Signer {
    return {
      publicKey: (seed) => this.#track(signer.publicKey(seed)),
      sign: (seed, message) => this.#track(signer.sign(seed, message)),
      verify: (key, message, signature) => this.#track(signer.verify(key, message, signature)),
    };
  }

  #carry(from: string, request: Request): Promise<Response> {
    const carried = this.#carried(from, request);
    return this.silent.has(new URL(request.url).hostname) ? carried : this.#track(carried);
  }

  async #carried(from: string, request: Request): Promise<Response> {
    const { hostname, pathname, search } = new URL(request.url);
    const text = request.method === "GET" ? "" : await request.text();
    const isMatrix = pathname.startsWith("/_matrix/");
    if (isMatrix) {
      const body = text === "" ? {} : JSON.parse(text);
      this.passed.push({ from, to: hostname, method: request.method, path: pathname + search, body });
    }
    const answer = this.hosts.get(hostname);
    if (!answer || this.away.has(hostname)) throw new TypeError(`${hostname} is away`);
    if (this.silent.has(hostname)) return new Promise(() => undefined);
    const { url, method, headers } = request;
    const arriving = new Request(url, { method, headers, ...(text !== "" && { body: text }) });
    const response = await answer(arriving);
    // What a test plays may be as wrong as it likes.
    if (isMatrix && this.#real.has(hostname))
      tellTraffic(arriving, text === "" ? undefined : text, await readAnswer(response.clone()));
    return response;
  }
}
