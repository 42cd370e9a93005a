import { createHomeserver, type Homeserver } from "../../src/homeserver/homeserver.ts";
import type { HostFact } from "../../src/homeserver/ports.ts";
import { memoryMedia, noJournal } from "../../src/serve/in-memory.ts";
import { nodePorts } from "../../src/serve/node-ports.ts";
import { systemChance } from "../../src/serve/system-chance.ts";

/** Somebody at one of the servers. */
export type BenchUser = {
  id: string;
  /** The body of an answer that has to be 200; `path` from `/_matrix/client/v3/` on. */
  ask<Body = Record<string, unknown>>(method: string, path: string, body?: object): Promise<Body>;
};

export type BenchServer = { name: string; seed: Uint8Array; homeserver: Homeserver };

/** Homeservers in this process that reach each other without a network. */
export class LinkedHomeservers {
  readonly #servers = new Map<string, BenchServer>();
  readonly #ports = nodePorts();
  /** Called for each request between them. */
  onRequest: (to: string, path: string, response: Response) => void = () => undefined;
  /** Called for each thing that one of them tells of itself. */
  onFact: (server: string, fact: HostFact) => void = () => undefined;

  async start(name: string): Promise<BenchServer> {
    const seed = systemChance.bytes(32);
    const ports = this.#ports;
    const homeserver = await createHomeserver(
      { name, signingKeySeed: seed, keyId: "ed25519:1", registration: "open" },
      {
        ...ports,
        journal: noJournal(),
        media: memoryMedia(),
        // What passwords cost is measured elsewhere.
        passwords: { hash: async (password) => password, verify: async () => true },
        transport: { fetch: (request) => this.#carry(request) },
        report: (fact) => {
          ports.report(fact);
          this.onFact(name, fact);
        },
      },
    );
    const server = { name, seed, homeserver };
    this.#servers.set(name, server);
    return server;
  }

  /** A new account. */
  async user({ homeserver }: BenchServer, username: string): Promise<BenchUser> {
    const account = { username, password: "a long password", auth: { type: "m.login.dummy" } };
    const made = await asked(homeserver, "POST", "register", account);
    const token = String(made.access_token);
    return {
      id: String(made.user_id),
      ask: (method, path, body) => asked(homeserver, method, path, body, token) as never,
    };
  }

  async #carry(request: Request): Promise<Response> {
    const { hostname, pathname } = new URL(request.url);
    const server = this.#servers.get(hostname);
    if (!server || !pathname.startsWith("/_matrix/")) return new Response("", { status: 404 });
    const response = await server.homeserver.fetch(request);
    this.onRequest(hostname, pathname, response);
    return response;
  }
}

async function asked(
  homeserver: Homeserver,
  method: string,
  path: string,
  body?: object,
  token?: string,
): Promise<Record<string, unknown>> {
  const headers: Record<string, string> = { "content-type": "application/json" };
  if (token !== undefined) headers.authorization = `Bearer ${token}`;
  const url = `https://${homeserver.name}/_matrix/client/v3/${path}`;
  const init = { method, headers, ...(body && { body: JSON.stringify(body) }) };
  const response = await homeserver.fetch(new Request(url, init));
  if (response.status !== 200) throw new Error(`${path}: ${response.status} ${await response.text()}`);
  return (await response.json()) as Record<string, unknown>;
}
