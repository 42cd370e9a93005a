import fc from "fast-check";
import { authEventKeys } from "../../../src/protocol/auth-events.ts";
import type { JsonObject } from "../../../src/protocol/json.ts";
import type { RoomVersionId } from "../../../src/protocol/room-versions.ts";
import { resolveState, stateKeyOf } from "../../../src/protocol/state-resolution.ts";
import { ada, type Branch, bo, type Change, cy, dee, ForkedRoom } from "./forked-room.ts";

const people = [ada, bo, cy, dee];

type Act = {
  branch: number;
  /** Another branch that it joins with before; none if that is the same. */
  joins: number;
  who: number;
  whom: number;
  what: string;
  level: number;
  jitter: number;
};

const acts = ["join", "leave", "invite", "ban", "kick", "levels", "levels", "rule", "topic", "name"];

/** What a few people do in a room whose graph has several ends at all times. */
export const manyActs = fc.array(
  fc.record<Act>({
    branch: fc.nat(2),
    joins: fc.nat(11),
    who: fc.nat(3),
    whom: fc.nat(3),
    what: fc.constantFrom(...acts),
    level: fc.constantFrom(0, 50, 50, 99, 100),
    jitter: fc.integer({ min: -6, max: 6 }),
  }),
  { minLength: 10, maxLength: 40 },
);

/** A room in which everything happened that was allowed where it happened, and its three branches. */
export function play(
  id: RoomVersionId,
  history: readonly Act[],
  onMerge?: (room: ForkedRoom, branches: Branch[]) => void,
): { room: ForkedRoom; branches: Branch[] } {
  const room = new ForkedRoom(id);
  room.start.member(bo, "join");
  room.start.levels(ada, { [bo]: 99 });
  room.start.member(cy, "join");
  const branches = [room.start, room.start.fork(), room.start.fork()];
  for (const act of history) {
    const branch = branches[act.branch]!;
    const other = branches[act.joins];
    if (other && other !== branch) {
      onMerge?.(room, [branch, other]);
      const { state } = resolveState(room.version, [branch.state, other.state], room.events);
      branch.state.clear();
      for (const [key, event] of state) branch.state.set(key, event);
    }
    const change = changeOf(act, branch);
    const kept = room.add({ ...change, at: 2000 + room.events.size * 2 + act.jitter }, branch.state);
    if (room.judge(kept, branch.state)) room.events.delete(kept);
    else branch.state.set(stateKeyOf(change.type, change.stateKey ?? ""), kept);
  }
  return { room, branches };
}

function changeOf({ who, whom, what, level }: Act, branch: Branch): Change {
  const sender = people[who]!;
  const target = people[whom]!;
  const member = (membership: string, stateKey: string): Change => ({
    type: "m.room.member",
    sender,
    stateKey,
    content: { membership },
  });
  switch (what) {
    case "join":
    case "leave":
      return member(what, sender);
    case "invite":
    case "ban":
      return member(what, target);
    case "kick":
      return member("leave", target);
    case "levels": {
      const users = (branch.event("m.room.power_levels")?.content.users ?? {}) as JsonObject;
      return { type: "m.room.power_levels", sender, content: { users: { ...users, [target]: level } } };
    }
    case "rule": {
      const rule = level < 99 ? "public" : "invite";
      return { type: "m.room.join_rules", sender, content: { join_rule: rule } };
    }
    default:
      return { type: `m.room.${what}`, sender, content: { [what]: `${sender} ${level}` } };
  }
}

type WildEvent = {
  what: string;
  who: number;
  whom: number;
  level: number;
  at: number;
  cites: number[];
  rejected: boolean;
};

/** Events that cite whatever they like, and states put together from any of them. */
export const wildGraph = fc.record({
  events: fc.array(
    fc.record<WildEvent>({
      what: fc.constantFrom(...acts),
      who: fc.nat(3),
      whom: fc.nat(3),
      level: fc.constantFrom(0, 50, 100),
      at: fc.integer({ min: 2000, max: 2010 }),
      cites: fc.array(fc.nat(8), { minLength: 6, maxLength: 6 }),
      rejected: fc.boolean(),
    }),
    { minLength: 4, maxLength: 30 },
  ),
  states: fc.array(fc.array(fc.nat(6), { minLength: 12, maxLength: 12 }), { minLength: 2, maxLength: 4 }),
});

/** A room of such events: a few are rejected where `rejected` is true. */
export function wild(
  id: RoomVersionId,
  { events, states }: typeof wildGraph extends fc.Arbitrary<infer Graph> ? Graph : never,
  withRejected = true,
): { room: ForkedRoom; branches: Branch[] } {
  const room = new ForkedRoom(id);
  const byKey = new Map<string, string[]>([...room.start.state].map(([key, event]) => [key, [event]]));
  for (const event of events) {
    const change = changeOf({ branch: 0, joins: 0, jitter: 0, ...event }, room.start);
    const { type, sender, content, stateKey = "" } = change;
    const keys = authEventKeys({ type, sender, content, state_key: stateKey }, room.version);
    const authEvents = keys.flatMap(([citedType, key], index) => {
      const known = byKey.get(stateKeyOf(citedType, key)) ?? [];
      // Mostly one of the latest, at times none; always the create event.
      const back = citedType === "m.room.create" ? 0 : event.cites[index]!;
      return known.at(-1 - back) ?? (back > 6 ? [] : (known[0] ?? []));
    });
    const isRejected = withRejected && event.rejected && event.level === 0;
    const added = room.add({ ...change, at: event.at, authEvents, rejected: isRejected }, new Map());
    const key = stateKeyOf(type, stateKey);
    byKey.set(key, [...(byKey.get(key) ?? []), added]);
  }
  const branches = states.map((choices) => {
    const branch = room.start.fork();
    [...byKey].forEach(([key, known], index) => {
      const back = choices[index % choices.length]!;
      if (key.startsWith('"m.room.create"')) return;
      const chosen = known.at(-1 - back);
      if (chosen) branch.state.set(key, chosen);
      else if (back > 4) branch.state.delete(key);
    });
    return branch;
  });
  return { room, branches };
}
