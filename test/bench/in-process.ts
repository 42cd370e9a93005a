import { createHomeserver, type Homeserver } from "../../src/homeserver/homeserver.ts";
import type { HomeserverPorts } from "../../src/homeserver/ports.ts";
import { nodePorts } from "../../src/serve/node-ports.ts";
import { cheapCost } from "../../src/serve/scrypt-passwords.ts";
import { systemChance } from "../../src/serve/system-chance.ts";

/** A homeserver in this process, asked without a network. */
export type InProcess = {
  /** The body of an answer that has to be 200; `path` from `/_matrix/client/v3/` on. */
  ask<Body>(method: string, path: string, body?: object, token?: string): Promise<Body>;
  /** A new account; resolves to its token. */
  register(username: string): Promise<string>;
};

export async function startInProcess(
  ports: HomeserverPorts = nodePorts({ passwordCost: cheapCost }),
  signingKeySeed: Uint8Array = systemChance.bytes(32),
): Promise<InProcess> {
  const homeserver = await createHomeserver(
    { name: "bench.example", signingKeySeed, keyId: "ed25519:1", registration: "open" },
    ports,
  );
  const ask: InProcess["ask"] = (method, path, body, token) => asked(homeserver, method, path, body, token);
  return {
    ask,
    async register(username) {
      const account = { username, password: "a long password", auth: { type: "m.login.dummy" } };
      return (await ask<{ access_token: string }>("POST", "register", account)).access_token;
    },
  };
}

async function asked<Body>(
  homeserver: Homeserver,
  method: string,
  path: string,
  body?: object,
  token?: string,
): Promise<Body> {
  const headers: Record<string, string> = { "content-type": "application/json" };
  if (token !== undefined) headers.authorization = `Bearer ${token}`;
  const url = `https://bench.example/_matrix/client/v3/${path}`;
  const init = { method, headers, ...(body && { body: JSON.stringify(body) }) };
  const response = await homeserver.fetch(new Request(url, init));
  if (response.status !== 200) throw new Error(`${response.status} ${await response.text()}`);
  return (await response.json()) as Body;
}
