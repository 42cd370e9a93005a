import type { Signer } from "../../src/homeserver/ports.ts";
import { Activity } from "../../src/simulation/activity.ts";
import type { HttpRequest, HttpResponse } from "../../src/simulation/http.ts";
import type { Happening } from "../../src/simulation/log.ts";
import type { Outcome } from "../../src/simulation/network.ts";
import { Simulation, type SimulationStart } from "../../src/simulation/simulation.ts";
import { memoryStorage } from "../../src/simulation/storage.ts";
import { browserSigner } from "../../src/world/browser-signer.ts";
import { practicePasswords } from "../../src/world/practice-passwords.ts";
import { ManualTicker } from "./manual-ticker.ts";

export const plainStart: SimulationStart = {
  seed: "seed",
  latency: { device: 40, server: 80 },
  clock: { at: 1_700_000_000_000, speed: 1, running: true },
  servers: [{ name: "garden.example", symbol: "leaf" }],
  devices: [{ name: "you/laptop", person: "you", home: "garden.example" }],
  links: [],
  stopped: [],
  firstExchange: 0,
  drawn: 0,
  announce: true,
};

/** A simulation whose real time passes by hand. */
export async function makeSimulation(change: Partial<SimulationStart> = {}, signer?: Signer) {
  const activity = new Activity();
  const ticker = new ManualTicker(() => activity.underWay > 0);
  const log: (Happening & { at: number })[] = [];
  const storage = memoryStorage();
  const simulation = await Simulation.start(
    { ...plainStart, ...change },
    {
      ticker,
      signer: watched(signer ?? (await browserSigner()), activity),
      passwords: practicePasswords,
      openStorage: async () => storage,
      happened: (happening, at) => void log.push({ at, ...happening }),
      clockChanged: () => undefined,
    },
  );
  await simulation.settle();
  let requests = 0;
  const ask = (request: HttpRequest, from = "you/laptop"): Promise<Outcome> =>
    simulation.request(requests++, from, request);
  /** Lets time pass until the request has come to something. */
  const answered = async (request: HttpRequest, from?: string): Promise<HttpResponse> => {
    let outcome: Outcome | undefined;
    void ask(request, from).then((came) => {
      outcome = came;
    });
    for (let passed = 0; !outcome && passed < 100; passed++) await ticker.pass(20);
    if (!outcome || "failed" in outcome) throw new Error(`No answer: ${JSON.stringify(outcome)}`);
    return outcome.response;
  };
  return { simulation, ticker, log, ask, answered };
}

export function get(path: string, host = "garden.example"): HttpRequest {
  return { method: "GET", url: `https://${host}${path}`, headers: [] };
}

export function post(path: string, body: unknown, token?: string): HttpRequest {
  return {
    method: "POST",
    url: `https://garden.example${path}`,
    headers: [
      ["content-type", "application/json"],
      ...(token === undefined ? [] : [["authorization", `Bearer ${token}`] as [string, string]]),
    ],
    body: JSON.stringify(body),
  };
}

function watched(signer: Signer, activity: Activity): Signer {
  return {
    publicKey: (seed) => activity.track(() => signer.publicKey(seed)),
    sign: (seed, message) => activity.track(() => signer.sign(seed, message)),
    verify: (key, message, signature) => activity.track(() => signer.verify(key, message, signature)),
  };
}
