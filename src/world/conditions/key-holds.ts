import { deviceOf } from "../observing/observe-keys.ts";
import type { KeyCondition } from "./key-condition.ts";
import { type Holds, isHost, isRoom, isUser, type Known, of } from "./known.ts";

export const keyHolds: Holds<KeyCondition> = {
  messageKey({ observation, bindings }, { person, device, in: room, by, index = 0 }) {
    const host = device === undefined ? person : `${person}/${device}`;
    const { messageKeys, senderKeys } = observation;
    return of(
      ...messageKeys.filter(
        (key) =>
          isHost(key.host, host) &&
          isRoom(bindings, key.room, room) &&
          key.index >= index &&
          (by === undefined ||
            Object.entries(senderKeys).some(([maker, own]) => isHost(maker, by) && own === key.sender)),
      ),
    );
  },

  sealedAt: ({ observation, bindings }, { in: room, from, index }) =>
    of(
      ...observation.sealedAt.filter(
        (sealed) =>
          sealed.index >= index &&
          isRoom(bindings, sealed.room, room) &&
          isUser(bindings, sealed.sender, from),
      ),
    ),

  oneTimeKeys(known, { person, device, atLeast = 0, atMost = Number.POSITIVE_INFINITY }) {
    const keys = known.observation.oneTimeKeys[deviceOf(...idsOf(known, person, device))];
    return keys && keys.left >= atLeast && keys.left <= atMost ? of(keys) : [];
  },

  keyClaimed(known, { person, device, fallback }) {
    const [user, id] = idsOf(known, person, device);
    return of(
      ...known.observation.keysClaimed.filter(
        (claimed) =>
          claimed.user === user &&
          claimed.device === id &&
          (fallback === undefined || claimed.isFallback === fallback),
      ),
    );
  },
};

function idsOf({ observation, bindings }: Known, person: string, device: string): [string, string] {
  const user = bindings.people[person]?.user ?? person;
  return [user, observation.deviceIds[`${person}/${device}`] ?? device];
}
