import type { AccountCondition } from "../condition.ts";
import { type Holds, type Known, of } from "./known.ts";

export const accountHolds: Holds<AccountCondition> = {
  account: ({ observation }, { person }) => of(observation.accounts[person]),

  signedIn(known, condition) {
    const { count = 1 } = condition;
    const signedIn = devicesOf(known, condition).filter((device) => device.signedIn && !device.lost);
    const times = signedIn.map((device) => device.sequence).sort((one, other) => one - other);
    // Of several at once, the last one to come makes it true.
    return times.length >= count ? times.slice(count - 1) : [];
  },

  signedOut: (known, condition) => of(...devicesOf(known, condition).filter((device) => !device.signedIn)),

  deviceLost: (known, condition) => of(...devicesOf(known, condition).filter((device) => device.lost)),

  ignored({ observation, bindings }, { person, user }) {
    const list = observation.ignored[person];
    return list?.users.includes(bindings.people[user]?.user ?? user) ? of(list) : [];
  },

  displayName({ observation }, { person, is }) {
    const shown = observation.displayNames[person];
    return shown && (is === undefined || shown.name === is) ? of(shown) : [];
  },
};

function devicesOf({ observation }: Known, wanted: { person: string; device?: string }) {
  return Object.values(observation.devices).filter(
    ({ person, device }) =>
      person === wanted.person && (wanted.device === undefined || device === wanted.device),
  );
}
