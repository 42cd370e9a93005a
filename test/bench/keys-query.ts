import { ed25519 } from "@noble/curves/ed25519.js";
import { createHomeserver, type Homeserver } from "../../src/homeserver/homeserver.ts";
import { encodeBase64 } from "../../src/protocol/base64.ts";
import type { JsonObject } from "../../src/protocol/json.ts";
import { signingBytes } from "../../src/protocol/signatures.ts";
import { nodePorts } from "../../src/serve/node-ports.ts";
import { systemChance } from "../../src/serve/system-chance.ts";
import { costOf, median } from "./cost.ts";
import type { Figure } from "./figures.ts";

const users = 1000;
const devicesEach = 3;
const rounds = 25;

/** The keys of all devices of many users in one request, beside its JSON alone. In CPU time. */
export async function keysQuery(): Promise<Figure[]> {
  const passwords = { hash: async (password: string) => password, verify: async () => true };
  const homeserver = await createHomeserver(
    {
      name: "bench.example",
      signingKeySeed: systemChance.bytes(32),
      keyId: "ed25519:1",
      registration: "open",
    },
    { ...nodePorts(), passwords },
  );
  const asked: Record<string, string[]> = {};
  let token = "";
  for (let user = 0; user < users; user++) {
    for (let device = 0; device < devicesEach; device++) {
      const session = await signIn(homeserver, `user${user}`, device);
      token = String(session.access_token);
      asked[String(session.user_id)] = [];
      await ask(homeserver, "keys/upload", { device_keys: deviceKeys(session) }, token);
    }
  }
  const requestText = JSON.stringify({ device_keys: asked });
  const answer = await ask(homeserver, "keys/query", { device_keys: asked }, token);
  const found = Object.values(answer.device_keys as Record<string, JsonObject>).flatMap(Object.keys).length;
  if (found !== users * devicesEach) throw new Error(`${found} devices were found`);
  const whole = async () => {
    const response = await send(homeserver, "keys/query", requestText, token);
    await response.arrayBuffer();
  };
  const jsonAlone = async () => {
    JSON.parse(requestText);
    JSON.stringify(answer);
  };
  await costOf(5, whole);
  await costOf(5, jsonAlone);
  const costs = { whole: [] as number[], json: [] as number[] };
  for (let round = 0; round < rounds; round++) {
    costs.whole.push((await costOf(1, whole)).cpu);
    costs.json.push((await costOf(1, jsonAlone)).cpu);
  }
  const json = median(costs.json);
  return [
    { name: `the JSON of ${users} users with ${devicesEach} devices each`, value: json / 1000, unit: "ms" },
    { name: "their keys through fetch", value: median(costs.whole) / 1000, unit: "ms" },
    { name: "ratio", value: median(costs.whole) / json, unit: "×", most: 3 },
  ];
}

/** The first time it signs up. */
function signIn(homeserver: Homeserver, username: string, device: number): Promise<JsonObject> {
  const initial_device_display_name = `Device ${device}`;
  if (device === 0) {
    const auth = { type: "m.login.dummy" };
    return ask(homeserver, "register", { username, password: "x", auth, initial_device_display_name });
  }
  const identifier = { type: "m.id.user", user: username };
  const login = { type: "m.login.password", identifier, password: "x", initial_device_display_name };
  return ask(homeserver, "login", login);
}

function deviceKeys({ user_id, device_id }: JsonObject): JsonObject {
  const seed = systemChance.bytes(32);
  const keyId = `ed25519:${device_id}`;
  const object: JsonObject = {
    user_id: user_id!,
    device_id: device_id!,
    algorithms: ["m.olm.v1.curve25519-aes-sha2", "m.megolm.v1.aes-sha2"],
    keys: {
      [`curve25519:${device_id}`]: encodeBase64(systemChance.bytes(32)),
      [keyId]: encodeBase64(ed25519.getPublicKey(seed)),
    },
  };
  const signature = encodeBase64(ed25519.sign(signingBytes(object), seed));
  return { ...object, signatures: { [String(user_id)]: { [keyId]: signature } } };
}

function send(homeserver: Homeserver, path: string, body: string, token?: string): Promise<Response> {
  const headers: Record<string, string> = { "content-type": "application/json" };
  if (token !== undefined) headers.authorization = `Bearer ${token}`;
  const url = `https://bench.example/_matrix/client/v3/${path}`;
  return homeserver.fetch(new Request(url, { method: "POST", headers, body }));
}

async function ask(homeserver: Homeserver, path: string, body: object, token?: string): Promise<JsonObject> {
  const response = await send(homeserver, path, JSON.stringify(body), token);
  if (response.status !== 200) throw new Error(`${path}: ${response.status} ${await response.text()}`);
  return (await response.json()) as JsonObject;
}
