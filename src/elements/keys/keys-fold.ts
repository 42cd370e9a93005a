import type { ClientFact } from "../../client/client-fact.ts";
import type { HeldSession, KnownPerson, OwnCrypto } from "../../client/crypto/crypto-fact.ts";
import type { Fold } from "../../simulation/log.ts";
import { noOneTimeKeys, type OneTimeState, oneTimeAfter } from "./one-time-fold.ts";

/** What one device has and knows of keys. */
export type KeysOfDevice = {
  user?: string;
  /** The device's id at its homeserver. */
  id?: string;
  own?: OwnCrypto;
  people: ReadonlyMap<string, KnownPerson>;
  /** Room → message keys. */
  held: ReadonlyMap<string, readonly HeldSession[]>;
};

export type KeysState = {
  devices: ReadonlyMap<string, KeysOfDevice>;
  oneTime: OneTimeState;
};

const nothingKnown: KeysOfDevice = { people: new Map(), held: new Map() };

/** What all devices of the scene have and know of keys. */
export const keysFold: Fold<KeysState> = {
  initial: { devices: new Map(), oneTime: noOneTimeKeys },
  step(state, entry) {
    if (entry.type !== "client-fact") {
      const oneTime = oneTimeAfter(state.oneTime, entry);
      return oneTime === state.oneTime ? state : { ...state, oneTime };
    }
    const before = state.devices.get(entry.host) ?? nothingKnown;
    const after = deviceAfter(before, entry.fact as unknown as ClientFact);
    if (after === before) return state;
    const devices = new Map(state.devices);
    if (after) devices.set(entry.host, after);
    else devices.delete(entry.host);
    return { ...state, devices };
  },
};

/** Undefined where the device has signed out, and has nothing any more. */
function deviceAfter(device: KeysOfDevice, fact: ClientFact): KeysOfDevice | undefined {
  switch (fact.type) {
    case "session": {
      const { session } = fact;
      if (session.state === "signed-out") return undefined;
      if (session.state === "starting") return { ...device, user: session.user };
      return { ...device, user: session.user, id: session.device };
    }
    case "crypto":
      return { ...device, own: fact.crypto };
    case "person-keys":
      return { ...device, people: new Map(device.people).set(fact.person.user, fact.person) };
    case "message-keys":
      return { ...device, held: new Map(device.held).set(fact.room, fact.sessions) };
    default:
      return device;
  }
}
