import type { ClientFact } from "../../client/client-fact.ts";
import type {
  KnownPerson,
  OwnCrypto,
  ShownVerification,
  UnreachedDevice,
} from "../../client/crypto/crypto-fact.ts";

/** What a device shows of keys. */
export type ChatKeys = {
  /** Absent: this device encrypts nothing. */
  own?: OwnCrypto;
  /** User → how the device sees them. */
  people: ReadonlyMap<string, KnownPerson>;
  verifications: ReadonlyMap<string, ShownVerification>;
  /** The devices that this one cannot encrypt for. */
  unreached: readonly UnreachedDevice[];
};

export const noKeys: ChatKeys = { people: new Map(), verifications: new Map(), unreached: [] };

/** The keys after a fact; the same where it is about something else. */
export function keysAfter(keys: ChatKeys, fact: ClientFact): ChatKeys {
  switch (fact.type) {
    case "crypto":
      return { ...keys, own: fact.crypto };
    case "person-keys":
      return { ...keys, people: new Map(keys.people).set(fact.person.user, fact.person) };
    case "verification": {
      const { verification } = fact;
      const others = [...keys.verifications].filter(([id]) => id !== verification.id);
      // The newest to change comes last.
      return { ...keys, verifications: new Map([...others, [verification.id, verification]]) };
    }
    case "unreached":
      return { ...keys, unreached: fact.devices };
    default:
      return keys;
  }
}

/** The verification that is on the screen: the newest that is under way, else the one that ended last. */
export function verificationShown({ verifications }: ChatKeys): ShownVerification | undefined {
  const all = [...verifications.values()];
  return all.findLast(isUnderWay) ?? all.at(-1);
}

export function isUnderWay({ phase }: ShownVerification): boolean {
  return phase !== "done" && phase !== "cancelled";
}
