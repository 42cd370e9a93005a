import type { ClientFact } from "../../client/client-fact.ts";
import type { HostFact } from "../../homeserver/ports.ts";
import type { LogEntry } from "../../simulation/log.ts";
import type { Seen } from "../observation.ts";

/** The algorithm of one-time keys that may be claimed. https://spec.matrix.org/v1.19/client-server-api/#one-time-and-fallback-keys */
const oneTimeAlgorithm = "signed_curve25519";
/** So many of the newest are remembered. */
const remembered = 500;

export type KeysSeen = {
  /** Message keys in the stores of devices; `sender` is the curve25519 key of the device that made it. */
  messageKeys: readonly Seen<{
    host: string;
    room: string;
    session: string;
    sender: string;
    index: number;
  }>[];
  /** Host → its device's curve25519 key. */
  senderKeys: Readonly<Record<string, string>>;
  /** Sealed messages, with the number that each has under its message key. */
  sealedAt: readonly Seen<{ room: string; event: string; sender: string; index: number }>[];
  /** User id and device id → how many one-time keys of it lie at its server. */
  oneTimeKeys: Readonly<Record<string, Seen<{ left: number }>>>;
  keysClaimed: readonly Seen<{ user: string; device: string; isFallback: boolean }>[];
};

export const noKeysSeen: KeysSeen = {
  messageKeys: [],
  senderKeys: {},
  sealedAt: [],
  oneTimeKeys: {},
  keysClaimed: [],
};

/** How a device of a user is named among one-time keys. */
export function deviceOf(user: string, device: string): string {
  return `${user} ${device}`;
}

export function observeKeys(seen: KeysSeen, entry: LogEntry): Partial<KeysSeen> {
  if (entry.type === "host-fact") return byServer(seen, entry.sequence, entry.fact);
  if (entry.type !== "client-fact") return {};
  return byClient(seen, entry.sequence, entry.host, entry.fact as unknown as ClientFact);
}

function byServer(seen: KeysSeen, sequence: number, fact: HostFact): Partial<KeysSeen> {
  switch (fact.type) {
    case "one-time-keys": {
      const device = deviceOf(fact.user, fact.device);
      const left = fact.counts[oneTimeAlgorithm] ?? 0;
      if (seen.oneTimeKeys[device]?.left === left) return {};
      return { oneTimeKeys: { ...seen.oneTimeKeys, [device]: { sequence, left } } };
    }
    case "one-time-key-claimed": {
      const { user, device, isFallback } = fact;
      return {
        keysClaimed: [...seen.keysClaimed, { sequence, user, device, isFallback }].slice(-remembered),
      };
    }
    default:
      return {};
  }
}

function byClient(seen: KeysSeen, sequence: number, host: string, fact: ClientFact): Partial<KeysSeen> {
  switch (fact.type) {
    case "session":
      if (fact.session.state !== "signed-out") return {};
      return { messageKeys: seen.messageKeys.filter((key) => key.host !== host) };
    case "crypto":
      if (seen.senderKeys[host] === fact.crypto.keys.curve25519) return {};
      return { senderKeys: { ...seen.senderKeys, [host]: fact.crypto.keys.curve25519 } };
    case "message-keys": {
      const { room } = fact;
      const isHere = (key: { host: string; room: string }) => key.host === host && key.room === room;
      const before = seen.messageKeys.filter(isHere);
      const now = fact.sessions.map(({ session, sender, index }) => {
        const known = before.find((key) => key.session === session && key.index === index);
        return known ?? { sequence, host, room, session, sender, index };
      });
      return { messageKeys: [...seen.messageKeys.filter((key) => !isHere(key)), ...now] };
    }
    case "event": {
      const { id, sender, sealed } = fact.event;
      if (sealed?.index === undefined || !id.startsWith("$")) return {};
      if (seen.sealedAt.some(({ event }) => event === id)) return {};
      const one = { sequence, room: fact.room, event: id, sender, index: sealed.index };
      return { sealedAt: [...seen.sealedAt, one].slice(-remembered) };
    }
    default:
      return {};
  }
}
