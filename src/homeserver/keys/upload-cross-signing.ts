import type { JsonObject } from "../../protocol/json.ts";
import type { Refusal } from "../../protocol/refusal.ts";
import { sameJson } from "../../protocol/same-json.ts";
import type { Server } from "../server.ts";
import { publicPart, type Usage, usages } from "./cross-signing-keys.ts";
import { tellCrossSigning } from "./key-facts.ts";
import { signatureState, unsignedForm, withOnlySignaturesOf } from "./signed-json.ts";

/** The keys of one request, by what they are for. */
export type CrossSigningUpload = Partial<Record<Usage, JsonObject>>;

/**
 * Whether a user has to show once more who they are: unless there is no master key yet, or the request has no new
 * keys. https://spec.matrix.org/v1.19/client-server-api/#post_matrixclientv3keysdevice_signingupload
 */
export function needsAuthentication({ keys }: Server, userId: string, upload: CrossSigningUpload): boolean {
  if (!keys.crossSigning.get(userId, "master")) return false;
  return usages.some((usage) => {
    const key = upload[usage];
    return key && !isHeld(keys.crossSigning.get(userId, usage), key);
  });
}

function isHeld(held: JsonObject | undefined, key: JsonObject): boolean {
  return held !== undefined && sameJson(unsignedForm(held), unsignedForm(key));
}

/** Why the keys cannot be a user's; `undefined` if they can. */
export async function crossSigningFault(
  server: Server,
  userId: string,
  upload: CrossSigningUpload,
): Promise<Refusal | undefined> {
  for (const usage of usages) {
    const key = upload[usage];
    const fault = key && shapeFault(userId, usage, key);
    if (fault) return fault;
    // A device and a key of the same name could be taken for one another.
    if (key && server.sessions.device(userId, publicPart(key)!)) {
      return { code: "keys/key-id-in-use", facts: { key: publicPart(key)! } };
    }
  }
  const { master = server.keys.crossSigning.get(userId, "master"), ...others } = upload;
  if (!master) {
    return Object.keys(others).length === 0
      ? undefined
      : { code: "request/missing-param", facts: { name: "master_key", place: "body" } };
  }
  const publicKey = publicPart(master)!;
  for (const key of Object.values(others)) {
    const by = { user: userId, keyId: `ed25519:${publicKey}`, publicKey };
    if ((await signatureState(server.ports.signer, key, by)) !== "good") {
      return { code: "keys/false-signature", facts: { key: by.keyId } };
    }
  }
  return undefined;
}

function shapeFault(userId: string, usage: Usage, key: JsonObject): Refusal | undefined {
  const wrong = (name: string, expected: string, found: string): Refusal => ({
    code: "request/invalid-param",
    facts: { name: `${usage}_key.${name}`, expected, found },
  });
  if (key.user_id !== userId) return wrong("user_id", userId, String(key.user_id));
  if (!(key.usage as string[]).includes(usage)) return wrong("usage", usage, String(key.usage));
  const entries = Object.entries(key.keys as Record<string, string>);
  const [name, value] = entries[0] ?? [];
  if (entries.length !== 1) return wrong("keys", "a single key", String(entries.length));
  if (name !== `ed25519:${value}`) return wrong("keys", "an Ed25519 key named by itself", String(name));
  return undefined;
}

/** Keeps keys that have no {@link crossSigningFault}. */
export function keepCrossSigning(server: Server, userId: string, upload: CrossSigningUpload): void {
  const { crossSigning, lists } = server.keys;
  const fresh = usages.filter(
    (usage) => upload[usage] && !isHeld(crossSigning.get(userId, usage), upload[usage]),
  );
  if (fresh.length === 0) return;
  // What another master key signed is no key of the new one's.
  if (fresh.includes("master")) crossSigning.deleteAll(userId);
  for (const usage of usages) {
    const key = upload[usage];
    if (key) crossSigning.set(userId, usage, withOnlySignaturesOf(key, userId));
  }
  tellCrossSigning(server, userId);
  lists.changed(userId, []);
}
