import type { MatrixClient } from "matrix-js-sdk";
import { failureReason } from "../client-fetch.ts";
import { laterTurn } from "../later-turn.ts";
import type { BeforeSetUp } from "./before-set-up.ts";
import type { CryptoFact } from "./crypto-fact.ts";
import { machineOf } from "./crypto-machine.ts";
import { readMessageKeys, readOwnCrypto, readPerson } from "./read-crypto.ts";

/** Events of the SDK after which what it has of its own account may have changed. */
const ownChanges = [
  "crossSigning.keysChanged",
  "crypto.keyBackupStatus",
  "crypto.keyBackupSessionsRemaining",
  "crypto.keyBackupDecryptionKeyCached",
];

const ownAccountData = /^m\.(cross_signing|secret_storage|megolm_backup)/;

/**
 * Tells, as facts, what a client's crypto has and knows: it looks at what is there after each change, and leaves to
 * `report` what of it is news.
 */
export class CryptoMirror {
  #client: MatrixClient;
  #report: (facts: CryptoFact[]) => void;
  #before: () => BeforeSetUp | undefined;
  #isOwnStale = true;
  #stalePeople = new Set<string>();
  #messageKeys = -1;
  #areKeysStale = true;
  #reading: Promise<void> | undefined;
  #scheduled = false;
  #stopped = false;

  /** @param before gives what there was before a set-up that has not come to its end */
  constructor(
    client: MatrixClient,
    report: (facts: CryptoFact[]) => void,
    before: () => BeforeSetUp | undefined = () => undefined,
  ) {
    this.#client = client;
    this.#report = report;
    this.#before = before;
    const listen = (event: string, heard: (...args: never[]) => void): void => {
      client.on(event as never, heard as never);
    };
    for (const event of ownChanges) listen(event, () => this.touch());
    listen("userTrustStatusChanged", (user: string) => this.touch(user));
    listen("crypto.devicesUpdated", (users: string[]) => this.touch(...users));
    listen("accountData", (event: { getType(): string }) => {
      if (ownAccountData.test(event.getType())) this.touch();
    });
    // Message keys come with these, and when the client itself writes.
    listen("Event.decrypted", () => this.touchKeys());
    listen("Room.localEchoUpdated", () => this.touchKeys());
    listen("sync", () => this.#readSoon());
  }

  stop(): void {
    this.#stopped = true;
  }

  /** Something about the own account may have changed, and about these people. */
  touch(...users: string[]): void {
    this.#isOwnStale = true;
    for (const user of users) this.#stalePeople.add(user);
    this.#readSoon();
  }

  /** Message keys may have come, or have come to reach further back. */
  touchKeys(): void {
    this.#areKeysStale = true;
    this.#readSoon();
  }

  /** Everything there is to tell by now is told. */
  async settled(): Promise<void> {
    this.#readSoon();
    while (this.#scheduled || this.#reading) {
      await this.#reading;
      await new Promise<void>((resolve) => laterTurn(resolve));
    }
  }

  #readSoon(): void {
    if (this.#scheduled || this.#stopped) return;
    this.#scheduled = true;
    // One reading at a time; what changes meanwhile is read after it.
    void (this.#reading ?? Promise.resolve()).then(() =>
      laterTurn(() => {
        this.#scheduled = false;
        this.#reading = this.#read()
          // A client that was stopped meanwhile has nothing to say.
          .catch((error: unknown) => {
            if (this.#stopped) return;
            // Everything is read again with the next sync.
            this.#isOwnStale = true;
            this.#areKeysStale = true;
            if (failureReason(error) === undefined) console.error(error);
          })
          .finally(() => {
            this.#reading = undefined;
          });
      }),
    );
  }

  async #read(): Promise<void> {
    const isFirst = this.#messageKeys < 0;
    const machine = machineOf(this.#client);
    const [people, own] = [this.#stalePeople, this.#isOwnStale];
    this.#isOwnStale = false;
    if (isFirst) for (const user of await machine.trackedUsers()) people.add(user.toString());
    const counted = (await machine.roomKeyCounts()).total;
    const isGrown = counted !== this.#messageKeys;
    const keysToRead = isGrown || this.#areKeysStale;
    this.#messageKeys = counted;
    this.#areKeysStale = false;
    if (own || isGrown)
      this.#tell({ type: "crypto", crypto: await readOwnCrypto(this.#client, this.#before()) });
    for (const user of people) {
      people.delete(user);
      this.#tell({ type: "person-keys", person: await readPerson(this.#client, user, this.#before()) });
    }
    if (!keysToRead) return;
    for (const [room, sessions] of await readMessageKeys(this.#client)) {
      this.#tell({ type: "message-keys", room, sessions });
    }
  }

  #tell(fact: CryptoFact): void {
    if (!this.#stopped) this.#report([fact]);
  }
}
