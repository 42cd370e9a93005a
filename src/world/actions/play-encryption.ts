import * as acts from "../../client/acts-encryption.ts";
import { ownRequest } from "../../client/acts-request.ts";
import * as verification from "../../client/acts-verification.ts";
import { networkRefusal } from "../../client/request-refusal.ts";
import { deviceOf } from "../observing/observe-keys.ts";
import { type Actor, done, type Plays, refused, roomId, userId } from "./action-stage.ts";
import type { EncryptionAction, VerificationAction } from "./encryption-action.ts";
import { withinReach } from "./within-reach.ts";

function passwordOf({ stage, device }: Actor, given: string | undefined): string {
  return given ?? stage.observation().passwords[device.person] ?? "";
}

export const encryptionPlays: Plays<EncryptionAction> = {
  setUpIdentity: (actor, { password }) =>
    withinReach(actor, async () => {
      await acts.setUpIdentity(actor.client, passwordOf(actor, password));
      return done;
    }),

  setUpRecovery: (actor, { passphrase, password }) =>
    withinReach(actor, async () => {
      const recoveryKey = await acts.setUpRecovery(actor.client, {
        password: passwordOf(actor, password),
        ...(passphrase !== undefined && { passphrase }),
      });
      actor.stage.giveRecoveryKey(actor.device.person, recoveryKey);
      return { ok: true, recoveryKey };
    }),

  async recover(actor, { key, passphrase }) {
    const { stage, device, client } = actor;
    const own = key ?? stage.recoveryKeyOf(device.person);
    if (passphrase === undefined && own === undefined) return refused("recovery/no-key", {}, "key");
    const given = passphrase !== undefined ? { passphrase } : { key: own ?? "" };
    return withinReach(actor, async () => {
      await acts.recover(client, given);
      return done;
    });
  },

  resetIdentity: (actor, { password }) =>
    withinReach(actor, async () => {
      await acts.resetIdentity(actor.client, passwordOf(actor, password));
      return done;
    }),

  async acceptIdentity(actor, { user }) {
    await acts.acceptIdentity(actor.client, userId(actor, user));
    return done;
  },

  async loseKeys({ stage, device }) {
    await stage.loseKeys(device);
    return done;
  },

  async newMessageKey(actor, { in: room }) {
    await acts.discardSession(actor.client, roomId(actor, room));
    return done;
  },

  async claimKeys({ stage, device, client }, { user, target, count }) {
    const owner = stage.bindings().people[user]?.user ?? user;
    const id = stage.sessionOf(user, target) ?? target;
    const length = count ?? stage.observation().oneTimeKeys[deviceOf(owner, id)]?.left ?? 0;
    const request = claimOf(client, owner, id);
    const outcomes = await Promise.all(Array.from({ length }, () => stage.request(device.host, request)));
    const failed = outcomes.flatMap((outcome) => ("failed" in outcome ? outcome.failed : []));
    return failed[0] === undefined ? done : { ok: false, refusal: networkRefusal(failed[0]) };
  },
};

/** A request for one key to begin with a device. https://spec.matrix.org/v1.19/client-server-api/#post_matrixclientv3keysclaim */
function claimOf(client: Actor["client"], user: string, device: string) {
  return ownRequest(client, {
    method: "POST",
    path: "/_matrix/client/v3/keys/claim",
    body: JSON.stringify({ one_time_keys: { [user]: { [device]: "signed_curve25519" } } }),
  });
}

export const verificationPlays: Plays<VerificationAction> = {
  async askToVerify(actor, { person, user, in: room, target }) {
    if (user !== undefined && room === undefined) return refused("act/unknown-room");
    return withinReach(actor, async () => {
      if (user !== undefined && room !== undefined) {
        await verification.askPerson(actor.client, userId(actor, user), roomId(actor, room));
        return done;
      }
      const id = target === undefined ? undefined : (actor.stage.sessionOf(person, target) ?? target);
      await verification.askOwnDevice(actor.client, id);
      return done;
    });
  },

  acceptVerification: ({ client }, { id }) => goOn(client, "accept", id),
  compareEmoji: ({ client }, { id }) => goOn(client, "startEmoji", id),
  confirmVerification: ({ client }, { id }) => goOn(client, "confirm", id),
  denyVerification: ({ client }, { id }) => goOn(client, "deny", id),
  cancelVerification: ({ client }, { id }) => goOn(client, "cancel", id),

  async scanCode({ stage, client }, { from }) {
    const [person = "", device] = from?.split("/") ?? [];
    const shower =
      from === undefined
        ? stage.signedInAs(verification.partner(client) ?? "")
        : stage.device(person, device)?.client;
    if (!shower) return refused("act/no-device", { person, device: device ?? "" });
    await verification.scanCode(client, shower);
    return done;
  },
};

async function goOn(
  client: Actor["client"],
  step: Parameters<typeof verification.goOn>[1],
  id: string | undefined,
): Promise<typeof done> {
  await verification.goOn(client, step, id);
  return done;
}
