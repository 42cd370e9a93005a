import { serverOf } from "../../protocol/identifiers.ts";
import type { JsonObject } from "../../protocol/json.ts";
import { isRefusal, type Refusal } from "../../protocol/refusal.ts";
import { sameJson } from "../../protocol/same-json.ts";
import type { Server } from "../server.ts";
import { publicPart } from "./cross-signing-keys.ts";
import { remoteKeysOf } from "./fetch-remote-keys.ts";
import { tellCrossSigning, tellDevice } from "./key-facts.ts";
import {
  publicKeyOf,
  signatureOf,
  signatureState,
  signaturesOf,
  unsignedForm,
  withSignaturesOf,
} from "./signed-json.ts";

/** What was signed, as it is here, and how its new signatures are found good and kept. */
type Signable = {
  held: JsonObject;
  /** The public key of somebody who may sign this, by its id. */
  signer(keyId: string): string | undefined;
  keep(made: readonly (readonly [string, string])[]): void;
};

/**
 * Adds a user's signatures to a key: to one of their devices, or to a master key, their own or another's.
 * https://spec.matrix.org/v1.19/client-server-api/#post_matrixclientv3keyssignaturesupload
 */
export async function addSignatures(
  server: Server,
  userId: string,
  target: { user: string; keyId: string; object: JsonObject },
): Promise<Refusal | undefined> {
  const signable = await signableOf(server, userId, target.user, target.keyId);
  if (isRefusal(signable)) return signable;
  const { held } = signable;
  if (!sameJson(unsignedForm(held), unsignedForm(target.object))) {
    return { code: "keys/other-key", facts: { key: target.keyId } };
  }
  const all = signaturesOf(target.object, userId);
  if (all.length === 0) return { code: "keys/false-signature", facts: { key: target.keyId } };
  const made = all.filter(([keyId, signature]) => signatureOf(held, userId, keyId) !== signature);
  for (const [keyId] of made) {
    const publicKey = signable.signer(keyId);
    const by = publicKey !== undefined && { user: userId, keyId, publicKey };
    if (!by || (await signatureState(server.ports.signer, target.object, by)) !== "good") {
      return { code: "keys/false-signature", facts: { key: keyId } };
    }
  }
  if (made.length > 0) signable.keep(made);
  return undefined;
}

async function signableOf(
  server: Server,
  userId: string,
  target: string,
  keyId: string,
): Promise<Signable | Refusal> {
  const { crossSigning } = server.keys;
  if (target !== userId) return foreignMaster(server, userId, target, keyId);
  return keyId === publicPart(crossSigning.get(userId, "master"))
    ? ownMaster(server, userId)
    : ownDevice(server, userId, keyId);
}

/** A device is signed by its user's self-signing key. */
function ownDevice(server: Server, userId: string, deviceId: string): Signable | Refusal {
  const { crossSigning, devices, lists } = server.keys;
  const held = devices.get(userId, deviceId);
  if (!held) return { code: "request/not-found", facts: { what: "key" } };
  return {
    held,
    signer: (keyId) => publicKeyOf(crossSigning.get(userId, "self_signing") ?? {}, keyId),
    keep(made) {
      devices.set(userId, deviceId, withSignaturesOf(held, userId, made));
      tellDevice(server, userId, deviceId);
      lists.changed(userId, [deviceId]);
    },
  };
}

/** A master key is signed by its user's devices. */
function ownMaster(server: Server, userId: string): Signable {
  const { crossSigning, devices, lists } = server.keys;
  const held = crossSigning.get(userId, "master")!;
  return {
    held,
    signer: (keyId) => publicKeyOf(devices.get(userId, keyId.slice(keyId.indexOf(":") + 1)) ?? {}, keyId),
    keep(made) {
      crossSigning.set(userId, "master", withSignaturesOf(held, userId, made));
      tellCrossSigning(server, userId);
      lists.changed(userId, []);
    },
  };
}

/** Another's master key is signed by one's user-signing key, and only oneself sees that. */
async function foreignMaster(
  server: Server,
  userId: string,
  target: string,
  keyId: string,
): Promise<Signable | Refusal> {
  const { crossSigning, lists } = server.keys;
  const held = crossSigning.masterFor(userId, target, await masterOf(server, target));
  if (!held || publicPart(held) !== keyId) return { code: "request/not-found", facts: { what: "key" } };
  return {
    held,
    signer: (id) => publicKeyOf(crossSigning.get(userId, "user_signing") ?? {}, id),
    keep(made) {
      crossSigning.verify(userId, target, keyId, made);
      server.ports.report({ type: "user-verified", user: userId, target, key: keyId });
      lists.verified(userId, target);
    },
  };
}

async function masterOf(server: Server, userId: string): Promise<JsonObject | undefined> {
  if (server.accounts.isLocal(userId)) return server.keys.crossSigning.get(userId, "master");
  const destination = serverOf(userId);
  if (destination === undefined) return undefined;
  const { keys } = await remoteKeysOf(server, destination, [userId], answerTime);
  return keys.get(userId)?.master;
}

/** How long another server may take to tell whose key it is, milliseconds. */
const answerTime = 10_000;
