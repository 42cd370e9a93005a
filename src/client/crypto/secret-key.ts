import type { CryptoCallbacks } from "matrix-js-sdk/lib/crypto-api/index.js";

type SecretKey = Uint8Array<ArrayBuffer>;

/**
 * The key of the account's secret storage, while the SDK may use it. A client forgets it when it is stopped: a
 * recovery key is the person's to keep.
 */
export class SecretStorageKeys {
  #keys = new Map<string, SecretKey>();

  /** What the SDK asks when it needs a secret, or has made a key. */
  readonly callbacks: CryptoCallbacks = {
    getSecretStorageKey: async ({ keys }) => {
      const id = Object.keys(keys).find((each) => this.#keys.has(each));
      return id === undefined ? null : [id, this.#keys.get(id)!];
    },
    cacheSecretStorageKey: (id, _info, key) => void this.#keys.set(id, key),
  };

  use(id: string, key: SecretKey): void {
    this.#keys.set(id, key);
  }

  forget(): void {
    this.#keys.clear();
  }
}
