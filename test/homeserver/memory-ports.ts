import type {
  Clock,
  HomeserverPorts,
  HostFact,
  Journal,
  JournalRecord,
  MediaBytes,
  Signer,
} from "../../src/homeserver/ports.ts";
import { sha256 } from "../../src/protocol/hashes.ts";

/** A clock that stands still until it is told to go on. */
export class TestClock implements Clock {
  time = Date.UTC(2026, 0, 1);
  #timers: { at: number; run: () => void }[] = [];

  now(): number {
    return this.time;
  }

  schedule(delay: number, run: () => void): () => void {
    const timer = { at: this.time + delay, run };
    this.#timers.push(timer);
    return () => {
      this.#timers = this.#timers.filter((other) => other !== timer);
    };
  }

  /** Lets `milliseconds` pass, and what is due happen. */
  advance(milliseconds: number): void {
    this.time += milliseconds;
    const due = this.#timers.filter(({ at }) => at <= this.time).sort((a, b) => a.at - b.at);
    this.#timers = this.#timers.filter(({ at }) => at > this.time);
    for (const { run } of due) run();
  }

  /** How many are waiting. */
  get waiting(): number {
    return this.#timers.length;
  }
}

/** Bytes that only depend on the seed. */
export function seededBytes(seed: string): (length: number) => Uint8Array<ArrayBuffer> {
  let count = 0;
  let spare = new Uint8Array();
  const encoder = new TextEncoder();
  return (length) => {
    while (spare.length < length) {
      const block = sha256(encoder.encode(`${seed} ${count++}`));
      const longer = new Uint8Array(spare.length + block.length);
      longer.set(spare);
      longer.set(block, spare.length);
      spare = longer;
    }
    const bytes = spare.slice(0, length);
    spare = spare.slice(length);
    return bytes;
  };
}

/** Keeps records in a list: {@link MemoryJournal.records} can be given to another one, as a restart does. */
export class MemoryJournal implements Journal {
  readonly records: JournalRecord[];

  constructor(records: readonly JournalRecord[] = []) {
    this.records = structuredClone([...records]);
  }

  async append(records: readonly JournalRecord[]): Promise<void> {
    for (const record of records) this.records.push(record);
  }

  async *read(): AsyncIterable<JournalRecord> {
    yield* this.records;
  }
}

/** WebCrypto, with results in the order asked. */
export function webCryptoSigner(): Signer {
  let last: Promise<unknown> = Promise.resolve();
  const keys = new Map<string, Promise<CryptoKey>>();
  const inOrder = <Result>(work: Promise<Result>): Promise<Result> => {
    const result = Promise.all([work, last.catch(() => undefined)]).then(([value]) => value);
    last = result;
    return result;
  };
  // https://www.rfc-editor.org/rfc/rfc8410#section-7
  const pkcs8 = (seed: Uint8Array) =>
    Uint8Array.of(0x30, 46, 2, 1, 0, 0x30, 5, 6, 3, 0x2b, 0x65, 0x70, 4, 34, 4, 32, ...seed);
  const privateKey = (seed: Uint8Array) => {
    const name = String(seed);
    let key = keys.get(name);
    if (!key) {
      key = crypto.subtle.importKey("pkcs8", pkcs8(seed), "Ed25519", true, ["sign"]);
      keys.set(name, key);
    }
    return key;
  };
  const copy = (bytes: Uint8Array) => new Uint8Array(bytes);
  return {
    async publicKey(seed) {
      const { x } = await crypto.subtle.exportKey("jwk", await privateKey(seed));
      return Uint8Array.from(atob(x!.replaceAll("-", "+").replaceAll("_", "/")), (c) => c.charCodeAt(0));
    },
    sign(seed, message) {
      const signed = privateKey(seed).then((key) => crypto.subtle.sign("Ed25519", key, copy(message)));
      return inOrder(signed.then((signature) => new Uint8Array(signature)));
    },
    verify(publicKey, message, signature) {
      const key = crypto.subtle.importKey("raw", copy(publicKey), "Ed25519", false, ["verify"]);
      return inOrder(key.then((k) => crypto.subtle.verify("Ed25519", k, copy(signature), copy(message))));
    },
  };
}

export class MemoryMedia implements MediaBytes {
  readonly #bytes = new Map<string, Uint8Array>();

  async put(name: string, bytes: Uint8Array): Promise<void> {
    this.#bytes.set(name, bytes);
  }

  async get(name: string): Promise<Uint8Array | undefined> {
    return this.#bytes.get(name);
  }

  async delete(name: string): Promise<void> {
    this.#bytes.delete(name);
  }
}

export type MemoryPorts = HomeserverPorts & { clock: TestClock; journal: MemoryJournal; facts: HostFact[] };

/** Everything in memory; the run depends on nothing but the seed. No network. */
export function memoryPorts({ seed = "one", journal = new MemoryJournal() } = {}): MemoryPorts {
  const facts: HostFact[] = [];
  return {
    clock: new TestClock(),
    chance: { bytes: seededBytes(seed) },
    transport: { fetch: () => Promise.reject(new TypeError("There is no network")) },
    signer: webCryptoSigner(),
    passwords: {
      hash: async (password) => `reversed ${[...password].reverse().join("")}`,
      verify: async (password, hashed) => hashed === `reversed ${[...password].reverse().join("")}`,
    },
    journal,
    media: new MemoryMedia(),
    facts,
    report: (fact) => void facts.push(fact),
  };
}
