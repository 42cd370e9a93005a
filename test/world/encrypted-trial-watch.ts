import type { ClientFact } from "../../src/client/client-fact.ts";
import type { HeldSession } from "../../src/client/crypto/crypto-fact.ts";
import { messageIndex } from "../../src/client/crypto/session-index.ts";
import type { LogEntry } from "../../src/simulation/log.ts";

/** An encrypted message on its way out of a device, and what that device's client knew when it was written. */
export type SealedMessage = {
  from: string;
  room: string;
  session: string;
  index: number;
  /** Hosts that it must open on: the client knew them as in the room, and got a key to each. */
  readers: Set<string>;
  /** Users that the client held to be in the room, or invited. */
  members: Set<string>;
};

/** What one device's client has told of itself. */
type Told = {
  user?: string;
  device?: string;
  /** Room → user → membership. */
  members: Map<string, Map<string, string>>;
  /** User → ids of the devices that its crypto knows. */
  devices: Map<string, string[]>;
  /** Room → message keys. */
  keys: Map<string, HeldSession[]>;
  /** Messages that it shows sealed or open: session and index → open. */
  shown: Map<string, boolean>;
  /** Devices that it could not get a one-time key of: user and device id. */
  unreached: Set<string>;
  /**
   * What it knew when its person began to write, and who was seen in the room since. They are encrypted in order, and some
   * never: the oldest says no less than is so.
   */
  writing: { room: string; knew: Set<string>; seen: Set<string> }[];
};

/** Follows a trial's log: who knew whom when a message was sealed, and who holds which message key. */
export class EncryptedTrialWatch {
  readonly sent: SealedMessage[] = [];
  readonly #told = new Map<string, Told>();
  readonly #transactions = new Set<string>();
  readonly #inviting: "joined" | "shared";

  /** @param history in rooms that share their past, who is invited is a member to encrypt for */
  constructor(history: "joined" | "shared") {
    this.#inviting = history;
  }

  hear(entry: LogEntry): void {
    if (entry.type === "client-fact") this.#hearFact(entry.host, entry.fact as unknown as ClientFact);
    if (entry.type === "exchange-out" && typeof entry.request.body === "string") {
      const { method, url, body } = entry.request;
      if (method !== "PUT") return;
      const path = new URL(url).pathname.split("/").map(decodeURIComponent);
      if (path.includes("sendToDevice")) this.#hearToDevice(entry.from, path, body);
      if (path.at(-2) === "m.room.encrypted" && path.includes("send")) this.#hearSend(entry.from, path, body);
    }
  }

  /** Its person begins to write, in this room. */
  begins(host: string, room: string): void {
    this.told(host).writing.push({
      room,
      knew: this.#known(host, room),
      seen: this.#membersOf(host, room),
    });
  }

  told(host: string): Told {
    const known = this.#told.get(host);
    if (known) return known;
    const told: Told = {
      members: new Map(),
      devices: new Map(),
      keys: new Map(),
      shown: new Map(),
      unreached: new Set(),
      writing: [],
    };
    this.#told.set(host, told);
    return told;
  }

  get hosts(): IterableIterator<string> {
    return this.#told.keys();
  }

  /** Can this device open the message? */
  opens(host: string, { room, session, index }: SealedMessage): boolean {
    const held = this.told(host).keys.get(room) ?? [];
    return held.some((each) => each.session === session && each.index <= index);
  }

  /** Devices, user and id each, that a client knows as in a room. */
  #known(host: string, room: string): Set<string> {
    const { members, devices } = this.told(host);
    const known = new Set<string>();
    for (const [user, membership] of members.get(room) ?? []) {
      if (membership !== "join" && !(membership === "invite" && this.#inviting === "shared")) continue;
      for (const device of devices.get(user) ?? []) known.add(`${user} ${device}`);
    }
    return known;
  }

  #membersOf(host: string, room: string): Set<string> {
    return new Set(
      [...(this.told(host).members.get(room) ?? [])].flatMap(([user, membership]) =>
        membership === "join" || membership === "invite" ? [user] : [],
      ),
    );
  }

  #hearFact(host: string, fact: ClientFact): void {
    const told = this.told(host);
    switch (fact.type) {
      case "session":
        if (fact.session.state === "syncing") {
          told.user = fact.session.user;
          told.device = fact.session.device;
        }
        break;
      case "members": {
        const members = told.members.get(fact.room) ?? new Map<string, string>();
        told.members.set(fact.room, members);
        for (const { user, membership } of fact.members) members.set(user, membership);
        for (const { room, seen } of told.writing)
          if (room === fact.room) for (const user of this.#membersOf(host, room)) seen.add(user);
        break;
      }
      case "person-keys":
        told.devices.set(
          fact.person.user,
          fact.person.devices.map(({ id }) => id),
        );
        break;
      case "message-keys":
        told.keys.set(fact.room, fact.sessions);
        break;
      case "event": {
        const { sealed } = fact.event;
        if (sealed?.session !== undefined) told.shown.set(`${sealed.session} ${sealed.index}`, sealed.open);
      }
    }
  }

  /** What is said in clear of keys that were kept back, and which devices got something after all. */
  #hearToDevice(host: string, path: string[], body: string): void {
    const type = path.at(-2);
    if (type !== "m.room_key.withheld" && type !== "m.room.encrypted") return;
    const { messages } = JSON.parse(body) as { messages: Record<string, Record<string, { code?: string }>> };
    const { unreached } = this.told(host);
    for (const [user, devices] of Object.entries(messages)) {
      for (const [device, { code }] of Object.entries(devices)) {
        if (type === "m.room.encrypted") unreached.delete(`${user} ${device}`);
        else if (code === "m.no_olm") unreached.add(`${user} ${device}`);
      }
    }
  }

  #hearSend(host: string, path: string[], body: string): void {
    const [room, transaction] = [path[path.indexOf("rooms") + 1]!, `${host} ${path.at(-1)}`];
    if (this.#transactions.has(transaction)) return;
    this.#transactions.add(transaction);
    const { session_id: session, ciphertext } = JSON.parse(body) as {
      session_id: string;
      ciphertext: string;
    };
    const told = this.told(host);
    const began = told.writing.findIndex((each) => each.room === room);
    const [before] = told.writing.splice(began, 1);
    const knows = this.#known(host, room);
    const readers = new Set<string>();
    for (const [other, { user, device }] of this.#told) {
      const name = `${user} ${device}`;
      if (other !== host && before?.knew.has(name) && knows.has(name) && !told.unreached.has(name))
        readers.add(other);
    }
    const members = new Set([...this.#membersOf(host, room), ...(before?.seen ?? [])]);
    this.sent.push({ from: host, room, session, index: messageIndex(ciphertext)!, readers, members });
  }
}
