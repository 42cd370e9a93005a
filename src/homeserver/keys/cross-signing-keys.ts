import type { JsonObject } from "../../protocol/json.ts";
import type { Store } from "../store/store.ts";
import { keyOf, type Table } from "../store/table.ts";
import { withSignaturesOf } from "./signed-json.ts";

export const usages = ["master", "self_signing", "user_signing"] as const;
export type Usage = (typeof usages)[number];

/** Key id → signature. */
type Made = Record<string, string>;

/**
 * The cross-signing keys of users, with the signatures that everybody may see; and those that only their makers
 * may see, which say whom somebody has verified. https://spec.matrix.org/v1.19/client-server-api/#cross-signing
 */
export class CrossSigningKeys {
  readonly #keys: Table<JsonObject>;
  readonly #verifications: Table<Made>;

  constructor(store: Store) {
    this.#keys = store.table<JsonObject>("cross-signing-keys");
    this.#verifications = store.table<Made>("user-signatures");
  }

  get(userId: string, usage: Usage): JsonObject | undefined {
    return this.#keys.get(keyOf(userId, usage));
  }

  set(userId: string, usage: Usage, key: JsonObject): void {
    this.#keys.set(keyOf(userId, usage), key);
  }

  deleteAll(userId: string): void {
    for (const usage of usages) this.#keys.delete(keyOf(userId, usage));
  }

  /** The usage of a user's key, by its public part. */
  usageOf(userId: string, publicKey: string): Usage | undefined {
    return usages.find((usage) => publicPart(this.get(userId, usage)) === publicKey);
  }

  /** Keeps what a user's user-signing key says of another's master key. */
  verify(
    signer: string,
    target: string,
    publicKey: string,
    made: readonly (readonly [string, string])[],
  ): void {
    const key = keyOf(signer, target, publicKey);
    this.#verifications.set(key, { ...this.#verifications.get(key), ...Object.fromEntries(made) });
  }

  /** A user's master key as somebody may see it. */
  masterFor(
    viewer: string | undefined,
    userId: string,
    key = this.get(userId, "master"),
  ): JsonObject | undefined {
    if (!key || viewer === undefined || viewer === userId) return key;
    const made = this.#verifications.get(keyOf(viewer, userId, publicPart(key) ?? ""));
    return made ? withSignaturesOf(key, viewer, Object.entries(made)) : key;
  }
}

/** A cross-signing key has exactly one, named by itself. */
export function publicPart(key: JsonObject | undefined): string | undefined {
  return key && (Object.values(key.keys as Record<string, string>)[0] as string | undefined);
}
