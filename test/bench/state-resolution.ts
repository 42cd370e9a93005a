import { authEventKeys } from "../../src/protocol/auth-events.ts";
import type { JsonObject } from "../../src/protocol/json.ts";
import type { Pdu } from "../../src/protocol/pdu.ts";
import { type RoomVersion, type RoomVersionId, roomVersions } from "../../src/protocol/room-versions.ts";
import {
  type KnownEvent,
  resolveState,
  type StateMap,
  stateKeyOf,
} from "../../src/protocol/state-resolution.ts";
import type { Figure } from "./figures.ts";

const sizes = [100, 1000, 10_000] as const;

/** What a branch is made of: messages with a tenth of state events, or nothing but state events. */
type Mix = "a tenth of them state" | "all of them state";

/** Two branches that come together, and how the time grows with their length. */
export async function stateResolution(): Promise<Figure[]> {
  const figures: Figure[] = [];
  for (const mix of ["a tenth of them state", "all of them state"] as const) {
    for (const id of ["11", "12"] as const) figures.push(...grow(id, mix));
  }
  return figures;
}

function grow(id: RoomVersionId, mix: Mix): Figure[] {
  const version = roomVersions[id];
  for (const size of sizes) measure(version, size, mix, 3); // warms up
  const times = sizes.map((size) => measure(version, size, mix, Math.max(15, 6000 / size)));
  const name = `version ${version.stateResolution}, ${mix}`;
  const [shortest, , longest] = times as [Times, Times, Times];
  const least = nLogN(sizes[2]) / nLogN(sizes[0]);
  return [
    ...sizes.flatMap((size, index) => {
      const { first, again, conflicted } = times[index]!;
      const what = `${name}: 2 × ${size} events, ${conflicted} places in conflict`;
      return [
        { name: `${what}, at first sight`, value: first, unit: "ms" },
        { name: `${what}, again`, value: again, unit: "ms" },
      ];
    }),
    {
      name: `${name}: growth over that of n log n, at first sight`,
      value: longest.first / shortest.first / least,
      unit: "×",
      // Where all are state, all are checked: twenty thousand events no longer fit the processor's cache.
      ...(mix === "a tenth of them state" && { most: 1 }),
    },
  ];
}

function nLogN(n: number): number {
  return n * Math.log(n);
}

type Times = { first: number; again: number; conflicted: number };

function measure(version: RoomVersion, size: number, mix: Mix, rounds: number): Times {
  const first: number[] = [];
  const again: number[] = [];
  let conflicted = 0;
  for (let round = 0; round < rounds; round++) {
    const { states, events } = forkedRoom(version, size, mix);
    const [left, right] = states;
    conflicted = [...left].filter(([key, event]) => right.get(key) !== event).length;
    for (const times of [first, again]) {
      const before = performance.now();
      resolveState(version, states, events);
      times.push(performance.now() - before);
    }
  }
  // The fastest: whatever else the machine does only adds, and adds more to what takes longer.
  return { first: Math.min(...first), again: Math.min(...again), conflicted };
}

const ada = "@ada:ada.example";

/**
 * A room whose members, a tenth of the events of a branch, change their names on both branches, while Ada now and
 * then changes power levels.
 */
function forkedRoom(version: RoomVersion, size: number, mix: Mix) {
  const events = new Map<string, KnownEvent>();
  const add = (
    state: Map<string, string>,
    type: string,
    sender: string,
    content: JsonObject,
    key?: string,
  ) => {
    const isCreate = type === "m.room.create";
    const change = { type, sender, content, ...(key !== undefined && { state_key: key }) };
    const pdu: Pdu = {
      ...change,
      ...(!(isCreate && version.roomId === "create-event") && { room_id: "!0" }),
      origin_server_ts: events.size,
      depth: events.size + 1,
      prev_events: isCreate ? [] : [`$${events.size - 1}`],
      auth_events: authEventKeys(change, version).flatMap(
        ([citedType, citedKey]) => state.get(stateKeyOf(citedType, citedKey)) ?? [],
      ),
      hashes: { sha256: "" },
      signatures: {},
    };
    const eventId = `$${events.size}`;
    events.set(eventId, { pdu });
    if (key !== undefined) state.set(stateKeyOf(type, key), eventId);
  };
  const people = Array.from({ length: size / 10 - 1 }, (_, index) => `@user${index}:s${index % 20}.example`);
  const users: JsonObject = version.creatorsAreUnbounded ? {} : { [ada]: 100 };
  const start = new Map<string, string>();
  add(start, "m.room.create", ada, { creator: ada, room_version: version.id }, "");
  add(start, "m.room.member", ada, { membership: "join" }, ada);
  add(start, "m.room.power_levels", ada, { users }, "");
  add(start, "m.room.join_rules", ada, { join_rule: "public" }, "");
  for (const user of people) add(start, "m.room.member", user, { membership: "join" }, user);
  const branch = (side: string): StateMap => {
    const state = new Map(start);
    for (let index = 0; index < size; index++) {
      const stateIndex = mix === "all of them state" ? index : index / 10;
      const user = people[Math.floor(stateIndex) % people.length]!;
      if (!Number.isInteger(stateIndex)) add(state, "m.room.message", user, { body: `${side} ${index}` });
      else if (stateIndex % 20 === 0) {
        add(state, "m.room.power_levels", ada, { users, events_default: (stateIndex / 20) % 3 }, "");
      } else {
        add(state, "m.room.member", user, { membership: "join", displayname: `${side} ${index}` }, user);
      }
    }
    return state;
  };
  return { states: [branch("left"), branch("right")] as const, events };
}
