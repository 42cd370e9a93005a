import type { ClientFact } from "../../client/client-fact.ts";
import type { HeldSession, KnownPerson, OwnCrypto } from "../../client/crypto/crypto-fact.ts";
import type { Fold, LogEntry } from "../../simulation/log.ts";
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
  /** All message keys that any device held, in the order in which they came up. */
  sessions: readonly string[];
  /** Hosts whose next message gets a new key, since somebody wanted it so. */
  renewed: ReadonlySet<string>;
  oneTime: OneTimeState;
};

const nothingKnown: KeysOfDevice = { people: new Map(), held: new Map() };

/** What all devices of the scene have and know of keys. */
export const keysFold: Fold<KeysState> = {
  initial: { devices: new Map(), sessions: [], renewed: new Set(), oneTime: noOneTimeKeys },
  step(state, entry) {
    if (entry.type === "action") return afterAction(state, entry);
    if (entry.type !== "client-fact") {
      const oneTime = oneTimeAfter(state.oneTime, entry);
      return oneTime === state.oneTime ? state : { ...state, oneTime };
    }
    const fact = entry.fact as unknown as ClientFact;
    const before = state.devices.get(entry.host) ?? nothingKnown;
    const after = deviceAfter(before, fact);
    if (after === before) return state;
    const devices = new Map(state.devices);
    if (after) devices.set(entry.host, after);
    else devices.delete(entry.host);
    const moved = { ...state, devices };
    return fact.type === "message-keys" ? withSessions(moved, entry.host, fact.sessions) : moved;
  },
};

function afterAction(state: KeysState, { action }: LogEntry & { type: "action" }): KeysState {
  if (action.type !== "newMessageKey") return state;
  const { person, device } = action;
  const host = [...state.devices.keys()].find((each) =>
    device === undefined
      ? each.startsWith(`${String(person)}/`)
      : each === `${String(person)}/${String(device)}`,
  );
  return host === undefined ? state : { ...state, renewed: new Set(state.renewed).add(host) };
}

function withSessions(state: KeysState, host: string, held: readonly HeldSession[]): KeysState {
  const fresh = held.filter(({ session }) => !state.sessions.includes(session));
  if (fresh.length === 0) return state;
  const renewed = new Set(state.renewed);
  const own = state.devices.get(host)?.own?.keys.curve25519;
  if (fresh.some(({ sender }) => sender === own)) renewed.delete(host);
  return { ...state, renewed, sessions: [...state.sessions, ...fresh.map(({ session }) => session)] };
}

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
