import { DeviceId, OlmMachine, RequestType, UserId } from "@matrix-org/matrix-sdk-crypto-wasm";
import { makeAccount } from "../../src/client/acts-account.ts";
import { send } from "../../src/client/acts-messages.ts";
import { createRoom } from "../../src/client/acts-rooms.ts";
import { loadCrypto } from "../../src/client/crypto/load-crypto.ts";
import { DeviceClient } from "../../src/client/device-client.ts";
import type { HttpRequest } from "../../src/simulation/http.ts";
import type { HostName } from "../../src/simulation/log.ts";
import { Simulation } from "../../src/simulation/simulation.ts";
import { TrialClient } from "../../src/simulation/trial/trial-client.ts";
import type { TrialPerson } from "../../src/simulation/trial/trial-scene.ts";
import { fastest } from "../../src/simulation/world-clock.ts";
import { browserPorts } from "../../src/world/simulation-ports.ts";
import { ensureIndexedDb } from "../../src/world/storage/page-indexeddb.ts";

const [servers, each] = [10, 10];

/** How long until a room's first encrypted message was accepted, milliseconds, and the most claims to one server. */
export type FirstMessage = { servers: number; devices: number; took: number; claims: number };

/** Ada's client writes the first message of a room in which a hundred devices are, ten at each of ten servers. */
export async function firstMessage(): Promise<FirstMessage> {
  await Promise.all([ensureIndexedDb(), loadCrypto()]);
  const homes = Array.from({ length: servers }, (_, index) => `server${index}.example`);
  const people = homes.flatMap((home, server) =>
    Array.from({ length: each }, (_, index): TrialPerson => {
      const name = `user${server * each + index}`;
      return { name, user: `@${name}:${home}`, home, device: `${name}/phone` };
    }),
  );
  const claims = new Map<string, number>();
  const simulation = await startSimulation(homes, people, claims);
  let requests = 0;
  const ask = (from: HostName, request: HttpRequest) => simulation.request(requests++, from, request);
  const ada = new DeviceClient({
    baseUrl: `https://${homes[0]}`,
    transport: (request) => ask("ada/laptop", request),
    now: () => Date.now(),
    report: () => undefined,
    keptChanged: () => undefined,
    stores: { newName: () => `bench/${crypto.randomUUID()}`, drop: () => undefined },
  });
  await makeAccount(ada, { name: "ada", password: "for a bench", deviceName: "laptop" });
  const room = await createRoom(ada, { preset: "public_chat", encrypted: true });
  for (const person of people) await joinWithKeys(new TrialClient(person, ask), room, homes[0]!);
  const isThere = () => ada.matrix?.getRoom(room)?.getJoinedMemberCount() === people.length + 1;
  while (!isThere()) await new Promise((resolve) => setTimeout(resolve, 10));
  claims.clear();
  const began = performance.now();
  await send(ada, room, { text: "Hello, everybody" });
  const took = performance.now() - began;
  ada.stop();
  await simulation.end();
  return { servers, devices: people.length, took, claims: Math.max(...claims.values()) };
}

async function startSimulation(
  homes: readonly string[],
  people: readonly TrialPerson[],
  claims: Map<string, number>,
): Promise<Simulation> {
  const devices = people.map(({ name, device, home }) => ({ name: device, person: name, home }));
  const simulation = await Simulation.start(
    {
      seed: "many devices",
      latency: { device: 0, server: 0 },
      clock: { at: Date.now(), speed: fastest, running: true },
      servers: homes.map((name) => ({ name })),
      devices: [...devices, { name: "ada/laptop", person: "ada", home: homes[0]! }],
      links: [],
      stopped: [],
      firstExchange: 0,
      drawn: 0,
      announce: false,
    },
    {
      ...(await browserPorts()),
      happened(happening) {
        if (happening.type !== "exchange-out") return;
        const { to, request } = happening;
        if (request.url.endsWith("/user/keys/claim")) claims.set(to, (claims.get(to) ?? 0) + 1);
      },
      clockChanged: () => undefined,
    },
  );
  await simulation.settle();
  return simulation;
}

/** Somebody signs up, shows a device's keys, and comes into the room. */
async function joinWithKeys(client: TrialClient, room: string, via: string): Promise<void> {
  await client.register();
  const { body: self } = await client.call("GET", "v3/account/whoami");
  const user = new UserId(String(self.user_id));
  const machine = await OlmMachine.initialize(user, new DeviceId(String(self.device_id)));
  for (const request of await machine.outgoingRequests()) {
    if (request.type === RequestType.KeysUpload)
      await client.call("POST", "v3/keys/upload", JSON.parse(request.body));
  }
  machine.close();
  const { status, body } = await client.call("POST", `v3/join/${encodeURIComponent(room)}?via=${via}`, {});
  if (status !== 200) throw new Error(`${client.person.user} could not join: ${JSON.stringify(body)}`);
}
