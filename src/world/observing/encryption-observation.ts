import type { ClientFact } from "../../client/client-fact.ts";
import type {
  CryptoFact,
  KnownPerson,
  OwnCrypto,
  ShownVerification,
} from "../../client/crypto/crypto-fact.ts";
import type { LogEntry } from "../../simulation/log.ts";
import type { Seen } from "../observation.ts";

/** What one device's crypto has and shows, each thing with the place in the log where it became so. */
export type DeviceKeysSeen = {
  /** The account's public master key. */
  identity?: Seen<{ master: string }>;
  verified?: Seen<{ verified: boolean }>;
  recovery?: Seen<{ set: boolean }>;
  backedUp?: Seen<{ all: boolean }>;
  /** User → how their identity stands. */
  people: Readonly<Record<string, Seen<{ verified: boolean; changed: boolean }>>>;
  /** Device id → whether an identity that this device trusts has signed it. */
  devices: Readonly<Record<string, Seen<{ user: string; verified: boolean }>>>;
  verifications: Readonly<Record<string, Seen<{ phase: ShownVerification["phase"]; code?: string }>>>;
};

export type EncryptionSeen = {
  /** Rooms where messages are encrypted. */
  encrypted: Readonly<Record<string, Seen<{ on: true }>>>;
  /** Messages that a device shows and cannot read; those that were opened are gone from here. */
  sealed: readonly Seen<{ host: string; room: string; event: string; sender: string; reason: string }>[];
  /** Host → its keys. */
  keys: Readonly<Record<string, DeviceKeysSeen>>;
};

export const noEncryptionSeen: EncryptionSeen = { encrypted: {}, sealed: [], keys: {} };

/** So many of the newest sealed messages are remembered. */
const remembered = 2000;

const noKeysSeen: DeviceKeysSeen = { people: {}, devices: {}, verifications: {} };

/** What an entry of the log changes. */
export function observeEncryption(seen: EncryptionSeen, entry: LogEntry): Partial<EncryptionSeen> {
  if (entry.type === "host-fact") {
    const { fact } = entry;
    if (fact.type !== "event-stored" || fact.pdu.type !== "m.room.encryption") return {};
    return turnedOn(seen, entry.sequence, fact.room);
  }
  if (entry.type !== "client-fact") return {};
  const fact = entry.fact as unknown as ClientFact;
  const { host, sequence } = entry;
  if (fact.type === "event") return sealedAfter(seen, sequence, host, fact);
  if (fact.type === "room" && fact.room.encrypted) return turnedOn(seen, sequence, fact.room.id);
  if (fact.type === "session" && fact.session.state === "signed-out") {
    const { [host]: _gone, ...keys } = seen.keys;
    return { keys, sealed: seen.sealed.filter((each) => each.host !== host) };
  }
  const before = seen.keys[host] ?? noKeysSeen;
  const after = keysAfter(before, sequence, fact);
  return after === before ? {} : { keys: { ...seen.keys, [host]: after } };
}

function turnedOn(seen: EncryptionSeen, sequence: number, room: string): Partial<EncryptionSeen> {
  if (seen.encrypted[room]) return {};
  return { encrypted: { ...seen.encrypted, [room]: { sequence, on: true } } };
}

function sealedAfter(
  seen: EncryptionSeen,
  sequence: number,
  host: string,
  { room, event }: Extract<ClientFact, { type: "event" }>,
): Partial<EncryptionSeen> {
  const known = seen.sealed.find((each) => each.host === host && each.event === event.id);
  // Without a reason it was not tried yet.
  const isSealed = event.sealed?.reason !== undefined && !event.redacted && event.id.startsWith("$");
  if (!isSealed) return known ? { sealed: seen.sealed.filter((each) => each !== known) } : {};
  const reason = event.sealed?.reason ?? "";
  if (known?.reason === reason) return {};
  const now = { sequence, host, room, event: event.id, sender: event.sender, reason };
  return { sealed: [...seen.sealed.filter((each) => each !== known), now].slice(-remembered) };
}

function keysAfter(before: DeviceKeysSeen, sequence: number, fact: ClientFact): DeviceKeysSeen {
  switch ((fact as CryptoFact).type) {
    case "crypto":
      return ownAfter(before, sequence, (fact as Extract<CryptoFact, { type: "crypto" }>).crypto);
    case "person-keys":
      return personAfter(before, sequence, (fact as Extract<CryptoFact, { type: "person-keys" }>).person);
    case "verification": {
      const { id, phase, cancelled } = (fact as Extract<CryptoFact, { type: "verification" }>).verification;
      const now = { phase, ...(cancelled && { code: cancelled.code }) };
      return { ...before, verifications: withSeen(before.verifications, id, sequence, now) };
    }
    default:
      return before;
  }
}

function ownAfter(before: DeviceKeysSeen, sequence: number, crypto: OwnCrypto): DeviceKeysSeen {
  const { identity, verified, secretStorage, backup, messageKeys } = crypto;
  const secrets = new Set(secretStorage.secrets);
  const set =
    ["m.cross_signing.master", "m.cross_signing.self_signing", "m.cross_signing.user_signing"].every((name) =>
      secrets.has(name),
    ) &&
    secrets.has("m.megolm_backup.v1") &&
    backup.version !== undefined;
  const all = backup.active && messageKeys.held > 0 && messageKeys.held === messageKeys.backedUp;
  const { identity: _identity, ...rest } = before;
  return {
    ...rest,
    ...(identity && { identity: newer(before.identity, sequence, { master: identity.master }) }),
    verified: newer(before.verified, sequence, { verified }),
    recovery: newer(before.recovery, sequence, { set }),
    backedUp: newer(before.backedUp, sequence, { all }),
  };
}

function personAfter(before: DeviceKeysSeen, sequence: number, person: KnownPerson): DeviceKeysSeen {
  const { user, identity, devices } = person;
  const ids = new Set(devices.map(({ id }) => id));
  let known: DeviceKeysSeen["devices"] = Object.fromEntries(
    Object.entries(before.devices).filter(([id, device]) => device.user !== user || ids.has(id)),
  );
  for (const { id, verified } of devices) known = withSeen(known, id, sequence, { user, verified });
  const now = {
    verified: identity?.verified ?? false,
    changed: identity?.changed === true || identity?.wasVerified === true,
  };
  return { ...before, devices: known, people: withSeen(before.people, user, sequence, now) };
}

function withSeen<Facts extends object>(
  all: Readonly<Record<string, Seen<Facts>>>,
  key: string,
  sequence: number,
  now: Facts,
): Readonly<Record<string, Seen<Facts>>> {
  return { ...all, [key]: newer(all[key], sequence, now) };
}

/** What was so before keeps its place in the log. */
function newer<Facts extends object>(
  before: Seen<Facts> | undefined,
  sequence: number,
  now: Facts,
): Seen<Facts> {
  const isSame =
    before !== undefined &&
    Object.entries(now).every(([name, value]) => (before as Record<string, unknown>)[name] === value);
  return isSame ? before : { ...now, sequence };
}
