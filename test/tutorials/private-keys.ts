import { ed25519 } from "@noble/curves/ed25519.js";
import { expect } from "chai";
import type { MatrixClient } from "matrix-js-sdk";
import { decodeRecoveryKey } from "matrix-js-sdk/lib/crypto-api/index.js";
import { copyDatabase } from "../../src/world/storage/copied-database.ts";

/** What is kept of a device's Olm account: bytes as lists of numbers. */
type KeptAccount = {
  pickle: {
    signing_key: { Normal: number[] };
    diffie_hellman_key: number[];
    one_time_keys: { private_keys: Record<string, number[]> };
  };
};

/** A private key in each form in which it would give itself away. */
function formsOf(bytes: Uint8Array): string[] {
  const base64 = btoa(String.fromCharCode(...bytes)).replaceAll("=", "");
  const hex = [...bytes].map((byte) => byte.toString(16).padStart(2, "0")).join("");
  return [base64, base64.replaceAll("+", "-").replaceAll("/", "_"), hex, [...bytes].join(",")];
}

/** The same, of a key that is told as base64. */
function formsOfText(base64: string): string[] {
  return [base64, ...formsOf(Uint8Array.from(atob(base64), (letter) => letter.charCodeAt(0)))];
}

/** The private keys that a device has for itself: to sign, to agree on secrets, and those that it gives out the public half of. */
export async function deviceKeysOf(client: MatrixClient, store: string): Promise<string[]> {
  const copy = await copyDatabase(`${store}::matrix-sdk-crypto`);
  const kept = copy?.stores.find(({ name }) => name === "core")?.records.find(({ key }) => key === "account");
  const { pickle } = JSON.parse(atob(kept?.value as string)) as KeptAccount;
  const seed = Uint8Array.from(pickle.signing_key.Normal);
  const { ed25519: known } = await client.getCrypto()!.getOwnDeviceKeys();
  // What is read really is the private half of what everybody knows.
  expect(formsOf(ed25519.getPublicKey(seed))[0]).to.equal(known);
  const oneTime = Object.values(pickle.one_time_keys.private_keys);
  return [[...seed], pickle.diffie_hellman_key, ...oneTime].flatMap((bytes) =>
    formsOf(Uint8Array.from(bytes)),
  );
}

/** Message keys that a device holds, and what it has of its account's secrets. */
export async function sharedKeysOf(client: MatrixClient): Promise<string[]> {
  const crypto = client.getCrypto()!;
  // After the version and the number it is the same in every form in which a message key travels.
  const messageKeys = (await crypto.exportRoomKeys()).map(({ session_key: key }) => key.slice(8, 60));
  const bundle = await crypto.exportSecretsBundle?.().catch(() => undefined);
  if (!bundle) return messageKeys;
  const { master_key, self_signing_key, user_signing_key } = bundle.cross_signing;
  const secrets = [master_key, self_signing_key, user_signing_key];
  if (bundle.backup) secrets.push(bundle.backup.key);
  return [...messageKeys, ...secrets.flatMap(formsOfText)];
}

/** The key of secret storage, as a person keeps it and as bytes. */
export function recoveryKeyForms(recoveryKey: string): string[] {
  const bytes = Uint8Array.from(decodeRecoveryKey(recoveryKey));
  return [recoveryKey, recoveryKey.replaceAll(" ", ""), ...formsOf(bytes)];
}
