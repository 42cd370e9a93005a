import { Dice } from "../../src/simulation/trial/dice.ts";
import { fastest } from "../../src/simulation/world-clock.ts";
import type { Action } from "../../src/world/action.ts";
import type { SimulatedWorld } from "../../src/world/simulated-world.ts";
import { EncryptedTrialWatch, type SealedMessage } from "./encrypted-trial-watch.ts";
import { secretly } from "./encrypted-worlds.ts";
import { openTestWorld } from "./open-worlds.ts";
import { person } from "./scenarios.ts";

/** What people do and what breaks, each as likely as its weight says. */
const weights = { send: 16, join: 3, leave: 2, invite: 3, device: 2, cut: 2, mend: 2, stop: 1, start: 2 };

const names = ["ada", "bo", "cy"];
/** Somebody who is never in the room. */
const stranger = "eve";
const most = { devices: 6, queued: 3 };
/** How long things may take in real time, milliseconds: one act before the next begins, and all of them once mended. */
const patience = { act: 100, end: 60_000 };

/** What came of a trial: what does not hold, and how often a device had to read a message. */
export type EncryptedTrialResult = { faults: string[]; readers: number };

/** Plays a random encrypted room on 2 or 3 servers, with 3 to 6 clients, while links and servers break; then mends all. */
export async function playEncryptedTrial(seed: string): Promise<EncryptedTrialResult> {
  const trial = await EncryptedTrial.open(seed);
  await trial.act();
  await trial.mend();
  return trial.end();
}

class EncryptedTrial {
  readonly #dice: Dice;
  readonly #world: SimulatedWorld;
  readonly #watch: EncryptedTrialWatch;
  readonly #history: "joined" | "shared";
  readonly #servers: string[];
  readonly #people: string[];
  readonly #devices: { person: string; device: string }[];
  /** Who was invited, and how many messages had been sent when that was through. */
  readonly #invited: { person: string; through: number }[] = [];
  readonly #underWay = new Set<Promise<unknown>>();
  #heard = 0;

  private constructor(seed: string, world: SimulatedWorld, history: "joined" | "shared") {
    this.#dice = new Dice(`${seed} acts`);
    this.#world = world;
    this.#history = history;
    this.#watch = new EncryptedTrialWatch(history);
    this.#servers = world.scenario.servers.map(({ name }) => name);
    this.#people = world.scenario.people.map(({ id }) => id);
    this.#devices = this.#people.map((each) => ({ person: each, device: "laptop" }));
  }

  static async open(seed: string): Promise<EncryptedTrial> {
    const dice = new Dice(`${seed} scene`);
    const servers = ["garden.example", "harbor.example", "castle.example"].slice(0, dice.between(2, 3));
    const members = names.slice(0, dice.between(2, 3));
    const history = dice.pick(["joined", "shared"] as const)!;
    const people = [...members, stranger].map((name, index) =>
      person(name, servers[index] ?? dice.pick(servers)!, { account: name }),
    );
    const invite = members.slice(1);
    const world = await openTestWorld(
      secretly({
        seed,
        servers: servers.map((name, index) => ({
          name,
          symbol: (["leaf", "anchor", "tower"] as const)[index]!,
        })),
        people,
        prepare: [
          {
            type: "createRoom",
            person: "ada",
            as: "chat",
            preset: "private_chat",
            encrypted: true,
            history,
            invite,
          },
          { type: "join", person: "bo", room: "chat" },
        ],
      }),
      { place: "page" },
    );
    await world.act({ type: "setSpeed", speed: fastest });
    return new EncryptedTrial(seed, world, history);
  }

  async act(): Promise<void> {
    for (let left = this.#dice.between(10, 16); left > 0; left--) {
      const action = this.#draw();
      if (!action) continue;
      this.#hear();
      if (action.type === "send") this.#watch.begins(`${action.person}/${action.device}`, this.#room);
      await this.#does(action);
    }
  }

  /** Does it; what the network keeps goes on beside what comes next. */
  async #does(action: Action): Promise<void> {
    const invited = action.type === "invite" && { person: action.user, through: Number.POSITIVE_INFINITY };
    if (invited) this.#invited.push(invited);
    const doing = this.#world.act(action).finally(() => {
      this.#underWay.delete(doing);
      this.#hear();
      if (invited) invited.through = this.#watch.sent.length;
    });
    this.#underWay.add(doing);
    await Promise.race([doing, new Promise((resolve) => setTimeout(resolve, patience.act))]);
  }

  #draw(): Action | undefined {
    const dice = this.#dice;
    const [one, other] = [dice.pick(this.#servers)!, dice.pick(this.#servers)!];
    const by = dice.pick(this.#devices.filter((each) => each.person !== stranger))!;
    switch (dice.weighted(weights)) {
      case "send":
        return { type: "send", ...by, in: "chat", text: `number ${dice.below(1e6)}` };
      case "join":
        return { type: "join", ...by, room: "chat" };
      case "leave":
        return by.person === "ada" ? undefined : { type: "leave", ...by, room: "chat" };
      case "invite":
        return { type: "invite", person: "ada", room: "chat", user: dice.pick(this.#people.slice(1, -1))! };
      case "device":
        return this.#addDevice(dice.pick(this.#people)!);
      case "cut":
        return one === other ? undefined : { type: "cutLink", between: [one, other] };
      case "mend":
        return one === other ? undefined : { type: "mendLink", between: [one, other] };
      case "stop":
        return { type: "stopHost", host: one };
      case "start":
        return { type: "startHost", host: one };
    }
  }

  /** A phone comes into the scene, and signs in. */
  #addDevice(owner: string): Action | undefined {
    const has = this.#devices.some((each) => each.person === owner && each.device === "phone");
    if (has || this.#devices.length >= most.devices) return undefined;
    const phone = { person: owner, device: "phone" };
    this.#devices.push(phone);
    void this.#world.act({ type: "addDevice", ...phone });
    return { type: "signIn", ...phone, name: owner, password: `${owner} practises` };
  }

  async mend(): Promise<void> {
    for (const [index, one] of this.#servers.entries()) {
      await this.#world.act({ type: "startHost", host: one });
      for (const other of this.#servers.slice(index + 1))
        await this.#world.act({ type: "mendLink", between: [one, other] });
    }
    // People see that something is wrong, and send again.
    await Promise.race([
      Promise.allSettled(this.#underWay),
      new Promise((resolve) => setTimeout(resolve, patience.end)),
    ]);
  }

  /** Looks at each thing that happens until everybody reads what they must, or patience is over. */
  async end(): Promise<EncryptedTrialResult> {
    await new Promise<void>((resolve) => {
      let soon = false;
      const look = (): void => {
        soon = false;
        this.#hear();
        if (this.#unread().length === 0) finish();
      };
      const unsubscribe = this.#world.log.subscribe(() => {
        if (!soon) setTimeout(look);
        soon = true;
      });
      const timer = setTimeout(() => finish(), patience.end);
      const finish = (): void => {
        unsubscribe();
        clearTimeout(timer);
        resolve();
      };
      look();
    });
    const { sent } = this.#watch;
    const readers = sent.reduce((sum, message) => sum + message.readers.size, 0);
    return { faults: [...this.#unread(), ...this.#overheard()], readers };
  }

  get #room(): string {
    return this.#world.bindings().rooms.chat!;
  }

  #hear(): void {
    for (const entry of this.#world.log.entries().slice(this.#heard)) this.#watch.hear(entry);
    this.#heard = this.#world.log.entries().length;
  }

  /** What a device that the sender's client knew cannot open, or shows sealed although it could. */
  #unread(): string[] {
    return this.#watch.sent.flatMap((message) =>
      [...message.readers].flatMap((host) => {
        if (!this.#watch.opens(host, message)) return [`${host} cannot open ${named(message)}`];
        const open = this.#watch.told(host).shown.get(`${message.session} ${message.index}`);
        return open === false ? [`${host} shows ${named(message)} sealed`] : [];
      }),
    );
  }

  /** What a device opens whose owner was outside when it was sent, and is not let into the past by an invitation. */
  #overheard(): string[] {
    return this.#watch.sent.flatMap((message, number) =>
      [...this.#watch.hosts].flatMap((host) => {
        const { user } = this.#watch.told(host);
        if (host === message.from || user === undefined || message.members.has(user)) return [];
        const owner = host.slice(0, host.indexOf("/"));
        const later = this.#invited.some((each) => each.person === owner && each.through >= number);
        if (this.#history === "shared" && later) return [];
        return this.#watch.opens(host, message) ? [`${host}, outside, opens ${named(message)}`] : [];
      }),
    );
  }
}

function named({ from, index, session }: SealedMessage): string {
  return `number ${index} with key ${session.slice(0, 6)} of ${from}`;
}
