import { deleteDB } from "idb";
import type { ClientKept } from "../../client/client-kept.ts";
import type { CryptoStores } from "../../client/crypto/crypto-stores.ts";
import { type CopiedDatabase, copyDatabase, writeDatabase } from "./copied-database.ts";
import { worldPrefix } from "./world-registry.ts";

/** What the SDK's crypto adds to a store's name, for each database of it. */
const parts = ["::matrix-sdk-crypto", "::matrix-sdk-crypto-meta"] as const;

/** A copy of one device's store of keys: the part of its name → what is there. */
export type CryptoCopy = Record<string, CopiedDatabase>;

/**
 * The stores of a world's devices, each in databases of its own: named by the world's database, the device and a number
 * that is never used twice, because a store that is deleted can stay open for a while.
 */
export class WorldCryptoStores {
  #base: string;

  /** @param database the world's own, or undefined where nothing is kept beyond the page */
  constructor(database: string | undefined) {
    this.#base = database ?? `${worldPrefix}~unkept/${crypto.randomUUID()}`;
  }

  /** The stores of one device. */
  of(host: string): CryptoStores {
    return { newName: () => this.newName(host), drop: (name) => dropStore(name) };
  }

  newName(host: string): string {
    return `${this.#base}/${host}/${crypto.randomUUID()}`;
  }

  /** Copies what these clients have; those that have no keys are left out. */
  async copy(clients: Readonly<Record<string, ClientKept>>): Promise<Record<string, CryptoCopy>> {
    const copies = await Promise.all(
      Object.entries(clients).map(async ([host, { crypto: kept }]) => [
        host,
        kept ? await copyStore(kept.store) : undefined,
      ]),
    );
    return Object.fromEntries(copies.filter(([, copy]) => copy !== undefined));
  }

  /** Writes copies as new stores. Gives the clients with the names of theirs. */
  async write(
    clients: Readonly<Record<string, ClientKept>>,
    copies: Readonly<Record<string, CryptoCopy>>,
  ): Promise<Record<string, ClientKept>> {
    const written = await Promise.all(
      Object.entries(clients).map(async ([host, kept]): Promise<[string, ClientKept]> => {
        if (!kept.crypto) return [host, kept];
        const store = this.newName(host);
        for (const [part, copy] of Object.entries(copies[host] ?? {}))
          await writeDatabase(store + part, copy);
        return [host, { ...kept, crypto: { ...kept.crypto, store } }];
      }),
    );
    return Object.fromEntries(written);
  }

  dropAll(clients: Readonly<Record<string, ClientKept>>): void {
    for (const { crypto: kept } of Object.values(clients)) if (kept) dropStore(kept.store);
  }
}

async function copyStore(name: string): Promise<CryptoCopy> {
  const copy: CryptoCopy = {};
  for (const part of parts) {
    const database = await copyDatabase(name + part);
    if (database) copy[part] = database;
  }
  return copy;
}

/** Not waited for: what the SDK has not let go of yet keeps a store open until its memory is tidied up. */
export function dropStore(name: string): void {
  for (const part of parts) void deleteDB(name + part).catch(() => undefined);
}
