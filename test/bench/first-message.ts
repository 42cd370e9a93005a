import { encodeBase64 } from "../../src/protocol/base64.ts";
import type { JsonObject } from "../../src/protocol/json.ts";
import { systemChance } from "../../src/serve/system-chance.ts";
import { median } from "./cost.ts";
import type { Figure } from "./figures.ts";
import { type BenchUser, LinkedHomeservers } from "./linked-homeservers.ts";

const servers = 10;
const devicesEach = 10;
const rounds = 20;

/** What the first encrypted message to many devices asks of servers: a one-time key of each, and a message to each. */
export async function firstMessage(): Promise<Figure[]> {
  const links = new LinkedHomeservers();
  const ada = await links.user(await links.start("home.example"), "ada");
  const others: BenchUser[] = [];
  const wanted: Record<string, Record<string, string>> = {};
  for (let index = 0; index < servers; index++) {
    const server = await links.start(`s${index}.example`);
    for (let device = 0; device < devicesEach; device++) {
      // Devices of as many users as there are: servers are asked alike.
      const user = await links.user(server, `user${device}`);
      const { device_id: id } = await user.ask<{ device_id: string }>("GET", "account/whoami");
      await user.ask("POST", "keys/upload", { one_time_keys: oneTimeKeys() });
      wanted[user.id] = { [id]: "signed_curve25519" };
      others.push(user);
    }
  }
  let requests: string[] = [];
  links.onRequest = (to, path) => void requests.push(`${to} ${path.split("/").at(-1)}`);
  const times: number[] = [];
  const claims: number[] = [];
  for (let round = 0; round < rounds; round++) {
    requests = [];
    const from = performance.now();
    const { one_time_keys: keys } = await ada.ask<{ one_time_keys: JsonObject }>("POST", "keys/claim", {
      one_time_keys: wanted,
    });
    times.push(performance.now() - from);
    if (Object.keys(keys).length !== others.length) throw new Error("Not all keys came");
    claims.push(requests.filter((request) => request.endsWith("claim")).length / servers);
  }
  const what = `${servers * devicesEach} devices on ${servers} servers`;
  return [
    { name: `one-time keys of ${what} are claimed`, value: median(times), unit: "ms" },
    { name: "requests to each server for them", value: Math.max(...claims), unit: "", most: 1 },
  ];
}

function oneTimeKeys(): JsonObject {
  const keys = Array.from({ length: rounds }, (_, index) => {
    const key = { key: encodeBase64(systemChance.bytes(32)), signatures: {} };
    return [`signed_curve25519:${index}`, key] as const;
  });
  return Object.fromEntries(keys);
}
