import type { PasswordHasher, Signer } from "../../homeserver/ports.ts";
import type { HttpRequest } from "../http.ts";
import type { Happening, HostName } from "../log.ts";
import type { Outcome } from "../network.ts";
import { Simulation } from "../simulation.ts";
import { memoryStorage } from "../storage.ts";
import type { Ticker } from "../ticker.ts";
import { fastest } from "../world-clock.ts";
import { Dice } from "./dice.ts";
import { LeapingTicker } from "./leaping-ticker.ts";
import { actByChance, createTrialRoom, type Gossip, sayLastWord } from "./trial-acts.ts";
import { checkTrial } from "./trial-checks.ts";
import { TrialClient } from "./trial-client.ts";
import { breakThings, mendAll } from "./trial-faults.ts";
import { drawScene, type TrialScene } from "./trial-scene.ts";
import { TrialWatch } from "./trial-watch.ts";

export type TrialPorts = {
  /** Lends its turns of the event loop. */
  turns: Pick<Ticker, "turn">;
  signer: Signer;
  passwords: PasswordHasher;
  /** Hears the log. */
  happened?(happening: Happening, at: number): void;
};

/** What came of a trial: it held, or what did not. */
export type TrialResult = { scene: TrialScene; faults: string[]; acknowledged: number; requests: number };

const began = 1_700_000_000_000;

/**
 * Plays random rooms on 2 to 7 servers while links and servers break, mends everything, and tells what does not
 * hold then. The seed decides everything: the same seed plays the same trial.
 */
export async function playTrial(seed: string, ports: TrialPorts): Promise<TrialResult> {
  const scene = drawScene(seed);
  const watch = new TrialWatch(scene.servers);
  const ticker = new LeapingTicker(ports.turns);
  const simulation = await Simulation.start(
    {
      seed,
      latency: { device: 10, server: 60 },
      clock: { at: began, speed: fastest, running: true },
      servers: scene.servers.map((name) => ({ name, notaries: scene.servers, diskLatency: 3 })),
      devices: scene.people.map(({ name, device, home }) => ({ name: device, person: name, home })),
      links: [],
      stopped: [],
      firstExchange: 0,
      drawn: 0,
      announce: true,
    },
    {
      ticker,
      signer: ports.signer,
      passwords: ports.passwords,
      openStorage: async () => memoryStorage(),
      happened(happening, at) {
        watch.hear(happening);
        ports.happened?.(happening, at);
      },
      clockChanged: () => undefined,
    },
  );
  await simulation.settle();
  const trial = new RunningTrial(scene, simulation, watch);
  try {
    const faults = await trial.play();
    return { scene, faults, acknowledged: trial.gossip.acknowledged.length, requests: trial.requests };
  } finally {
    await simulation.end();
    ticker.end();
  }
}

class RunningTrial {
  readonly gossip: Gossip;
  requests = 0;
  /** The servers that said a last word, each with the room. */
  readonly said = new Set<string>();
  readonly #scene: TrialScene;
  readonly #simulation: Simulation;
  readonly #watch: TrialWatch;
  readonly #clients: TrialClient[];
  #waits = 0;

  constructor(scene: TrialScene, simulation: Simulation, watch: TrialWatch) {
    this.#scene = scene;
    this.#simulation = simulation;
    this.#watch = watch;
    this.gossip = { people: scene.people, rooms: [], acknowledged: [] };
    const ask = (from: HostName, request: HttpRequest): Promise<Outcome> =>
      simulation.request(this.requests++, from, request);
    this.#clients = scene.people.map((person) => new TrialClient(person, ask));
  }

  async play(): Promise<string[]> {
    await this.#begin();
    const storm = breakThings(this.#scene, this.#simulation, (delay) => this.#wait(delay));
    await Promise.all([...this.#clients.map((client) => this.#act(client)), storm]);
    await mendAll(this.#scene, this.#simulation);
    const late = await this.#quiet("after everything was mended", recovery);
    if (late) return [late];
    await this.#lastWords();
    const later = await this.#quiet("after the last words", 1);
    if (later) return [later];
    for (const client of this.#clients) while (await client.sync());
    return checkTrial(this.#clients, this.#watch, this.gossip, this.said);
  }

  #wait(delay: number): Promise<unknown> {
    return this.#simulation.wait(this.#waits++, delay);
  }

  async #begin(): Promise<void> {
    const dice = new Dice(`${this.#scene.seed} beginning`);
    await Promise.all(this.#clients.map((client) => client.register()));
    const [first, second] = this.#clients;
    await createTrialRoom(first!, this.gossip, dice, this.#scene.roomVersion);
    await createTrialRoom(second!, this.gossip, dice, "12");
  }

  /** One person acts until the time is over. */
  async #act(client: TrialClient): Promise<void> {
    const dice = new Dice(`${this.#scene.seed} ${client.person.name}`);
    const end = began + this.#scene.duration;
    for (let at = began; at < end; ) {
      const pause = dice.between(100, 6000);
      at += pause;
      await this.#wait(pause);
      await actByChance(client, this.gossip, dice);
    }
  }

  /** Lets so many minutes pass, and more until the servers have nothing to say; else says what still waits. */
  async #quiet(when: string, least: number): Promise<string | undefined> {
    for (let minutes = 1; minutes <= patience; minutes++) {
      await this.#wait(60_000);
      if (minutes >= least && this.#watch.isQuiet) return undefined;
    }
    return `No quiet ${when}: ${this.#watch.waiting}`;
  }

  /** Each server that still has a joined member sends one more event into each room. */
  async #lastWords(): Promise<void> {
    const { said } = this;
    await Promise.all(
      this.gossip.rooms.map(async ({ id }) => {
        for (const client of this.#clients) {
          const place = `${client.person.home} ${id}`;
          if (!said.has(place) && (await sayLastWord(client, id, this.gossip))) said.add(place);
        }
      }),
    );
  }
}

/** World minutes until every server has asked again for keys that it could not get. */
const recovery = 25;
/** World minutes until everything must have come through; servers wait for an hour at most before they try again. */
const patience = 150;
