import * as acts from "../../client/acts-account.ts";
import { ignore } from "../../client/acts-people.ts";
import type { AccountAction } from "./account-action.ts";
import { done, type Plays, userId } from "./action-stage.ts";

export const accountPlays: Plays<AccountAction> = {
  async signUp({ client, device }, { name, password }) {
    const session = await acts.makeAccount(client, { name, password, deviceName: device.name });
    return { ok: true, user: session.user };
  },

  async signIn({ client, device }, { name, password }) {
    const session = await acts.signIn(client, { name, password, deviceName: device.name });
    return { ok: true, user: session.user };
  },

  async signOut({ client }, { everywhere = false }) {
    await acts.signOut(client, everywhere);
    return done;
  },

  async endSession({ stage, client }, { person, target, password = "" }) {
    await acts.endSession(client, stage.sessionOf(person, target) ?? target, password);
    return done;
  },

  async listDevices({ client }) {
    await client.tellDevices();
    return done;
  },

  async setDisplayName({ client }, { name }) {
    await acts.setDisplayName(client, name);
    return done;
  },

  async ignore(actor, { user, ignored }) {
    await ignore(actor.client, userId(actor, user), ignored);
    return done;
  },
};
