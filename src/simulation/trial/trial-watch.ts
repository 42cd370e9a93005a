import type { Pdu } from "../../protocol/pdu.ts";
import type { Happening, HostName } from "../log.ts";

/** What one server has told of its copy of a room. */
export type Copy = {
  stored: Map<string, Pdu>;
  rejected: Map<string, Pdu>;
  softFailed: Map<string, Pdu>;
  extremities: string[];
  /** The event by which the server came to the room, the last time that it did. */
  entry?: string;
};

/** Hears all that happens in a trial, and keeps what has to be checked in the end. */
export class TrialWatch {
  /** Bugs that servers have answered with 500 for. */
  readonly failures: string[] = [];
  readonly #servers: ReadonlySet<HostName>;
  readonly #copies = new Map<HostName, Map<string, Copy>>();
  readonly #underWay = new Set<number>();
  readonly #queues = new Map<string, number>();

  constructor(servers: Iterable<HostName>) {
    this.#servers = new Set(servers);
  }

  hear(happening: Happening): void {
    switch (happening.type) {
      case "exchange-out":
        if (this.#servers.has(happening.from)) this.#underWay.add(happening.exchange);
        break;
      case "exchange-done":
      case "exchange-failed":
        this.#underWay.delete(happening.exchange);
        break;
      // One that stops may still tell of a queue that is gone with it.
      case "host-started":
        for (const key of this.#queues.keys())
          if (key.startsWith(`${happening.host} `)) this.#queues.delete(key);
        break;
      case "host-fact":
        this.#hearFact(happening);
    }
  }

  #hearFact({ host, fact }: Extract<Happening, { type: "host-fact" }>): void {
    switch (fact.type) {
      case "event-stored": {
        const copy = this.copy(host, fact.room);
        const { stored, softFailed } = copy;
        const isOwn = fact.pdu.sender !== undefined && String(fact.pdu.sender).endsWith(`:${host}`);
        if (isOwn && (fact.via === "join" || fact.pdu.type === "m.room.create")) copy.entry = fact.event;
        stored.set(fact.event, fact.pdu as Pdu);
        softFailed.delete(fact.event);
        break;
      }
      case "event-rejected":
        this.copy(host, fact.room).rejected.set(fact.event, fact.pdu as Pdu);
        break;
      case "event-soft-failed":
        this.copy(host, fact.room).softFailed.set(fact.event, fact.pdu as Pdu);
        break;
      case "forward-extremities":
        this.copy(host, fact.room).extremities = fact.events;
        break;
      case "queue":
        this.#queues.set(`${host} ${fact.destination}`, fact.waiting);
        break;
      case "request-failed":
        this.failures.push(`${host} failed at ${fact.method} ${fact.path}: ${fact.message}`);
    }
  }

  copy(host: HostName, room: string): Copy {
    const rooms = this.#copies.get(host) ?? new Map<string, Copy>();
    this.#copies.set(host, rooms);
    const copy = rooms.get(room) ?? {
      stored: new Map(),
      rejected: new Map(),
      softFailed: new Map(),
      extremities: [],
    };
    rooms.set(room, copy);
    return copy;
  }

  /** Rooms of which a server has told. */
  rooms(host: HostName): string[] {
    return [...(this.#copies.get(host)?.keys() ?? [])];
  }

  /** Does no server have anything to say to another? */
  get isQuiet(): boolean {
    return this.#underWay.size === 0 && [...this.#queues.values()].every((waiting) => waiting === 0);
  }

  /** What still waits, in words. */
  get waiting(): string {
    const queues = [...this.#queues].filter(([, waiting]) => waiting > 0);
    return `${this.#underWay.size} requests, queues ${JSON.stringify(Object.fromEntries(queues))}`;
  }
}
