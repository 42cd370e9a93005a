import { createHomeserver } from "../homeserver/homeserver.ts";
import type {
  HomeserverPorts,
  Journal,
  JournalRecord,
  PasswordHasher,
  Signer,
  Thumbnails,
} from "../homeserver/ports.ts";
import { sha256 } from "../protocol/hashes.ts";
import type { RoomVersionId } from "../protocol/room-versions.ts";
import type { Activity } from "./activity.ts";
import { type ForgeOrder, type Forger, forgedTransaction } from "./forge.ts";
import type { HttpRequest, HttpResponse } from "./http.ts";
import type { Happening, HostName } from "./log.ts";
import type { Network } from "./network.ts";
import { liveRequest, liveResponse, plainRequest, plainResponse } from "./plain-http.ts";
import { SeededChance } from "./seeded-chance.ts";
import type { HostStorage } from "./storage.ts";
import type { WorldClock } from "./world-clock.ts";

export type ServerSettings = {
  name: HostName;
  symbol?: string;
  roomVersion?: RoomVersionId;
  /** Servers that it trusts to tell the keys of others. */
  notaries?: HostName[];
  /** By how much its clock is wrong, milliseconds. */
  clockSkew?: number;
  /** How long it takes to store something, milliseconds of world time: what a crash may lose. */
  diskLatency?: number;
};

/** What all homeservers of a simulation share. */
export type Surroundings = {
  seed: string;
  clock: WorldClock;
  activity: Activity;
  network: Network;
  signer: Signer;
  passwords: PasswordHasher;
  thumbnails?: Thumbnails;
  storage: HostStorage;
  report(happening: Happening): void;
  /** Resolves when the simulation stands as it starts; before, nothing of it is reported. */
  settled: Promise<void>;
};

/** The table in a homeserver's journal where the simulation keeps its own; the homeserver never sees it. */
const ownTable = "~simulation";

/** What is dead answers nothing any more, not even with a failure. */
const never = new Promise<never>(() => undefined);

/**
 * One life of a homeserver, from its start to its stop. A later one goes on from the journal. What a stopped one
 * still does in its last turn reaches nothing.
 */
export class HomeserverLife {
  #alive = true;
  #timers = new Set<() => void>();
  #requests = new Set<() => void>();
  #forged = 0;
  #server: Awaited<ReturnType<typeof createHomeserver>> | undefined;
  #name: HostName;
  #settings: ServerSettings;
  #around: Surroundings;
  /** What is on its way to the disk. */
  #writes = new Set<() => void>();

  private constructor(settings: ServerSettings, around: Surroundings) {
    this.#name = settings.name;
    this.#settings = settings;
    this.#around = around;
  }

  static async start(settings: ServerSettings, around: Surroundings): Promise<HomeserverLife> {
    const life = new HomeserverLife(settings, around);
    const journal = around.storage.journal(settings.name);
    const records: JournalRecord[] = [];
    let drawn = 0;
    for await (const record of journal.read()) {
      if (record.table !== ownTable) records.push(record);
      else if (record.key === "drawn") drawn = Number(record.value);
    }
    const chance = new SeededChance(`${around.seed} ${settings.name}`, drawn);
    const { roomVersion, notaries } = settings;
    life.#server = await around.activity.track(async () =>
      createHomeserver(
        {
          name: settings.name,
          signingKeySeed: sha256(new TextEncoder().encode(`${around.seed} ${settings.name} signing key`)),
          keyId: "ed25519:1",
          registration: "open",
          clientBaseUrl: `https://${settings.name}`,
          delegatesTo: `${settings.name}:443`,
          tellResolutions: true,
          // Nobody waits minutes for a link that was mended long ago; and packets fall at a cut at once.
          federation: { longestWait: 8000, connectTime: 10_000 },
          ...(roomVersion !== undefined && { defaultRoomVersion: roomVersion }),
          ...(notaries && { notaries }),
        },
        life.#ports(chance, journal, records),
      ),
    );
    return life;
  }

  async answer(request: HttpRequest, ended: AbortSignal): Promise<HttpResponse> {
    try {
      const response = await this.#server!.fetch(liveRequest(request, ended));
      return await this.#around.activity.track(() => plainResponse(response));
    } catch (error) {
      console.error(`${this.#name} could not answer ${request.method} ${request.url}`, error);
      const body = JSON.stringify({ errcode: "M_UNKNOWN", error: "Internal server error" });
      return { status: 500, headers: [["content-type", "application/json"]], body };
    }
  }

  /** Sends what an honest server never would: real requests, with real signatures where the order wants them. */
  async forge(order: ForgeOrder): Promise<void> {
    const { clock, activity } = this.#around;
    const forger: Forger = {
      name: this.#name,
      now: clock.now(),
      transaction: `f${++this.#forged}at${Math.round(clock.now())}`,
      sign: (bytes) => this.#server!.sign(bytes),
    };
    const requests = await activity.track(() =>
      Promise.all(order.to.map((to) => forgedTransaction(order, to, forger))),
    );
    if (this.#alive) await Promise.allSettled(requests.map((request) => this.#send(request)));
  }

  /** Ends what it is doing; what it has begun to write is written. */
  async stop(): Promise<void> {
    if (!this.#alive) return;
    this.#endWaiting();
    for (const write of [...this.#writes]) write();
    await this.#around.clock.settled();
    this.#alive = false;
  }

  /** Ends at once: from here on nothing that it does reaches anything. */
  kill(): void {
    this.#alive = false;
    this.#endWaiting();
  }

  changeSigningKey(): Promise<string> {
    return this.#around.activity.track(() => this.#server!.changeSigningKey());
  }

  /** Resolves after the time that storing takes; at once when the host is told to stop; never when it dies. */
  #diskTime(): Promise<void> | undefined {
    const { diskLatency = 0 } = this.#settings;
    if (diskLatency === 0 || !this.#alive) return undefined;
    return new Promise((resolve) => {
      const done = () => {
        this.#writes.delete(done);
        resolve();
      };
      this.#writes.add(done);
      this.#around.clock.schedule(diskLatency, () => {
        if (this.#alive) done();
      });
    });
  }

  #endWaiting(): void {
    for (const cancel of [...this.#timers, ...this.#requests]) cancel();
    // What it waits for may be what dies with it.
    void this.#server?.stop();
  }

  #ports(chance: SeededChance, journal: Journal, records: readonly JournalRecord[]): HomeserverPorts {
    const { clock, activity, storage, signer, passwords, thumbnails, report } = this.#around;
    const media = storage.media(this.#name);
    const whileAlive = <Result>(work: () => Promise<Result>): Promise<Result> =>
      this.#alive ? activity.track(work) : never;
    return {
      clock: {
        now: () => clock.now() + (this.#settings.clockSkew ?? 0),
        schedule: (delay, run, pace) => this.#schedule(delay, run, pace),
      },
      chance,
      transport: { fetch: (request) => this.#fetch(request) },
      signer,
      passwords: {
        hash: (password) => whileAlive(() => passwords.hash(password)),
        verify: (password, hashed) => whileAlive(() => passwords.verify(password, hashed)),
      },
      journal: {
        // How much chance was drawn is kept with what it was drawn for, or a restart would draw it again.
        append: async (appended) => {
          const drawn = { table: ownTable, key: "drawn", value: chance.drawn };
          await this.#diskTime();
          await whileAlive(() => journal.append([...appended, drawn]));
        },
        async *read() {
          yield* records;
        },
      },
      ...(thumbnails && {
        thumbnails: { make: (...asked) => whileAlive(() => thumbnails.make(...asked)) },
      }),
      media: {
        put: (name, bytes) => whileAlive(() => media.put(name, bytes)),
        get: (name) => whileAlive(() => media.get(name)),
        delete: (name) => whileAlive(() => media.delete(name)),
      },
      report: (fact) => {
        if (this.#alive) report({ type: "host-fact", host: this.#name, fact });
      },
    };
  }

  #schedule(delay: number, run: () => void, pace?: "world" | "asker"): () => void {
    if (!this.#alive) return () => undefined;
    const cancelDue = this.#around.clock.schedule(
      delay,
      () => {
        this.#timers.delete(cancel);
        run();
      },
      pace,
    );
    const cancel = () => {
      this.#timers.delete(cancel);
      cancelDue();
    };
    this.#timers.add(cancel);
    return cancel;
  }

  async #fetch(request: Request): Promise<Response> {
    const plain = await this.#around.activity.track(() => plainRequest(request));
    if (isTransaction(plain)) await this.#around.settled;
    if (!this.#alive) return never;
    return liveResponse(await this.#send(plain, request.signal));
  }

  #send(plain: HttpRequest, signal?: AbortSignal): Promise<HttpResponse> {
    return new Promise((resolve, reject) => {
      const breakOff = this.#around.network.send(this.#name, plain, (outcome) => {
        this.#requests.delete(breakOff);
        if (!this.#alive) return;
        if ("response" in outcome) resolve(outcome.response);
        else reject(new TypeError(`No response: ${outcome.failed}`));
      });
      this.#requests.add(breakOff);
      signal?.addEventListener("abort", breakOff, { once: true });
    });
  }
}

/** What one server tells another of its own accord. */
function isTransaction({ url }: HttpRequest): boolean {
  return new URL(url).pathname.startsWith("/_matrix/federation/v1/send/");
}
