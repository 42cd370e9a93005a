import type { DeviceKeysSeen } from "../observing/encryption-observation.ts";
import type { EncryptionCondition } from "./encryption-condition.ts";
import { type Holds, isHost, isRoom, isUser, type Known, of } from "./known.ts";

export const encryptionHolds: Holds<EncryptionCondition> = {
  encrypted({ observation, bindings }, { in: room }) {
    return of(observation.encrypted[bindings.rooms[room] ?? room]);
  },

  sealed({ observation, bindings }, { person, device, in: room, from, reason }) {
    return of(
      ...observation.sealed.filter(
        (sealed) =>
          isHost(sealed.host, hostOf(person, device)) &&
          isRoom(bindings, sealed.room, room) &&
          isUser(bindings, sealed.sender, from) &&
          (reason === undefined || sealed.reason === reason),
      ),
    );
  },

  identity: (known, { person }) => first(of(...keysOf(known, person).map(({ identity }) => identity))),

  deviceKnown: (known, { person, device, by }) => first(of(...deviceSeenBy(known, by, person, device))),

  deviceVerified(known, { person, device, by }) {
    const [own] = keysOf(known, person, device);
    if (by === undefined) return own?.verified?.verified ? of(own.verified) : [];
    return first(of(...deviceSeenBy(known, by, person, device).filter((each) => each?.verified)));
  },

  personVerified: (known, { person, by }) =>
    first(of(...seenBy(known, by, person).filter((each) => each?.verified))),

  identityChanged: (known, { person, by }) =>
    first(of(...seenBy(known, by, person).filter((each) => each?.changed))),

  recovery: (known, { person }) =>
    first(
      of(
        ...keysOf(known, person)
          .map(({ recovery }) => recovery)
          .filter((recovery) => recovery?.set),
      ),
    ),

  backedUp: (known, { person, device }) =>
    of(
      ...keysOf(known, person, device)
        .map(({ backedUp }) => backedUp)
        .filter((backedUp) => backedUp?.all),
    ),

  verification(known, { person, device, phase, code }) {
    const phases = [phase].flat();
    return of(
      ...keysOf(known, person, device)
        .flatMap(({ verifications }) => Object.values(verifications))
        .filter((each) => phases.includes(each.phase) && (code === undefined || each.code === code)),
    );
  },
};

function hostOf(person: string, device: string | undefined): string {
  return device === undefined ? person : `${person}/${device}`;
}

function keysOf({ observation }: Known, person: string, device?: string): DeviceKeysSeen[] {
  return Object.entries(observation.keys).flatMap(([host, keys]) =>
    isHost(host, hostOf(person, device)) ? [keys] : [],
  );
}

/** How a person's devices, or one of them (`bo/phone`), see a device. */
function deviceSeenBy(known: Known, by: string, person: string, device: string) {
  const id = known.observation.deviceIds[hostOf(person, device)];
  const [witnessPerson = "", witness] = by.split("/");
  return keysOf(known, witnessPerson, witness).map(({ devices }) => devices[id ?? ""]);
}

function seenBy(known: Known, by: string, person: string): DeviceKeysSeen["people"][string][] {
  const user = known.bindings.people[person]?.user ?? person;
  return keysOf(known, by).flatMap(({ people }) => people[user] ?? []);
}

/** What several devices have seen became so when the first of them saw it. */
function first(sequences: number[]): number[] {
  return sequences.length > 0 ? [Math.min(...sequences)] : [];
}
