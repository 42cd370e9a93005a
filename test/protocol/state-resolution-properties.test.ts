import { expect } from "chai";
import fc from "fast-check";
import { reachableFrom } from "../../src/protocol/event-graph.ts";
import type { RoomVersionId } from "../../src/protocol/room-versions.ts";
import {
  type KnownEvents,
  type ResolutionTrace,
  resolveState,
  type StateMap,
  stateKeyOf,
} from "../../src/protocol/state-resolution.ts";
import { ada, type Branch, bo, ForkedRoom } from "./state-resolution/forked-room.ts";
import { manyActs, play, wild, wildGraph } from "./state-resolution/random-room.ts";

const versions: RoomVersionId[] = ["6", "10", "11", "12"];
const numRuns = 60;

/** Rooms in which everything was allowed where it happened, and rooms with no order at all. */
const rooms = (id: RoomVersionId) =>
  fc.oneof(
    manyActs.map((acts) => play(id, acts)),
    wildGraph.map((graph) => wild(id, graph)),
  );

type Forked = { room: ForkedRoom; branches: Branch[] };

function resolve({ room, branches }: Forked): { state: StateMap; trace?: ResolutionTrace } {
  const states = branches.map(({ state }) => state);
  return resolveState(room.version, states, room.events, { trace: true });
}

const entries = (state: StateMap) => [...state].sort(([a], [b]) => (a < b ? -1 : 1));

for (const id of versions) {
  const always = (name: string, holds: (forked: Forked) => void) =>
    it(name, () => fc.assert(fc.property(rooms(id), holds), { numRuns }));

  describe(`resolving random states of version ${id}`, () => {
    always("does not depend on their order, nor on how often each comes", (forked) => {
      const expected = entries(resolve(forked).state);
      const [first, ...others] = forked.branches as [Branch, ...Branch[]];
      for (const branches of [
        [...others, first],
        [first, ...others, first],
        [...others.reverse(), first],
      ]) {
        expect(entries(resolve({ ...forked, branches }).state)).to.deep.equal(expected);
      }
    });

    always("does not depend on the order in which a state is told", (forked) => {
      const branches = forked.branches.map((branch) => {
        const copy = branch.fork();
        copy.state.clear();
        for (const [key, event] of [...branch.state].reverse()) copy.state.set(key, event);
        return copy;
      });
      expect(entries(resolve({ ...forked, branches }).state)).to.deep.equal(entries(resolve(forked).state));
    });

    always("gives back a state that all agree on", (forked) => {
      for (const { state } of forked.branches) {
        const copies = [state, new Map(state), new Map(state)];
        expect(resolveState(forked.room.version, copies, forked.room.events).state).to.equal(state);
      }
    });

    always("leaves alone what all agree on", (forked) => {
      const { state } = resolve(forked);
      const [first, ...others] = forked.branches as [Branch, ...Branch[]];
      for (const [key, event] of first.state) {
        if (others.every((other) => other.state.get(key) === event)) expect(state.get(key)).to.equal(event);
      }
    });

    always("gives only what the rules allow, as a check by the trace alone shows", (forked) => {
      const { state, trace } = resolve(forked);
      if (trace) expect(entries(replayed(forked, trace))).to.deep.equal(entries(state));
    });

    always("looks at the events that the definitions name", (forked) => {
      const { trace } = resolve(forked);
      if (!trace) return;
      const { difference, between, conflicted } = setsByDefinition(forked);
      expect(new Set(trace.authDifference)).to.deep.equal(difference);
      expect(new Set(trace.subgraph)).to.deep.equal(id === "12" ? between : new Set());
      const all = new Set([...conflicted, ...difference, ...trace.subgraph]);
      const checked = [...trace.powerEvents, ...trace.otherEvents].map(({ event }) => event);
      expect(checked).to.have.members([...all]);
      expect(trace.checks.map(({ event }) => event)).to.deep.equal(checked);
    });

    always("takes power events in the smallest order that has auth events first", ({ room, branches }) => {
      const { trace } = resolve({ room, branches });
      const left = [...(trace?.powerEvents ?? [])];
      for (const next of trace?.powerEvents ?? []) {
        const free = left.filter(({ event }) =>
          left.every((other) => !room.pdu(event).auth_events.includes(other.event)),
        );
        const smallest = free.reduce((a, b) => (comesFirst(room, a, b) ? a : b));
        expect(smallest).to.equal(next);
        left.splice(left.indexOf(next), 1);
      }
    });

    always("takes the others in mainline order", ({ room, branches }) => {
      const { trace } = resolve({ room, branches });
      const others = trace?.otherEvents ?? [];
      for (const { event, position } of others) {
        let level = powerLevelsOf(room, event);
        while (level !== undefined && !trace!.mainline.includes(level)) level = powerLevelsOf(room, level);
        expect(position).to.equal(level === undefined ? null : trace!.mainline.indexOf(level));
      }
      others.slice(1).forEach((later, index) => {
        const [a, b] = [others[index]!, later].map(({ event, position }) => ({
          event,
          level: position ?? Number.POSITIVE_INFINITY,
        })) as [Ranked, Ranked];
        expect(comesFirst(room, a, b)).to.equal(true);
      });
    });
  });
}

/** The state that follows from nothing but the checks in a trace, each made again. */
function replayed({ room, branches }: Forked, { algorithm, checks }: ResolutionTrace): StateMap {
  const [first, ...others] = branches as [Branch, ...Branch[]];
  const agreed = [...first.state].filter(([key, event]) =>
    others.every(({ state }) => state.get(key) === event),
  );
  const state = new Map(algorithm === "2" ? agreed : []);
  for (const { event, refusal, fromAuthEvents } of checks) {
    const known = new Map(state);
    for (const cited of fromAuthEvents) {
      expect(room.pdu(event).auth_events).to.include(cited);
      expect(room.events.get(cited)!.rejected).to.equal(false);
      const key = keyOf(room, cited);
      expect(state.has(key)).to.equal(false);
      known.set(key, cited);
    }
    expect(room.judge(event, known)?.code).to.equal(refusal?.code);
    if (!refusal) state.set(keyOf(room, event), event);
  }
  return new Map([...state, ...agreed]);
}

/** Word for word as the specification has them, and slow. */
function setsByDefinition({ room, branches }: Forked) {
  const states = branches.map(({ state }) => state);
  const conflicted = new Set<string>();
  for (const state of states) {
    for (const [key, event] of state) {
      if (!states.every((other) => other.get(key) === event)) conflicted.add(event);
    }
  }
  const pdus = { get: (event: string) => room.events.get(event)?.pdu };
  const withChain = (events: Iterable<string>) => {
    const own = [...events];
    return new Set([...own, ...reachableFrom(own, "auth_events", pdus)]);
  };
  const chains = states.map((state) => withChain(state.values()));
  const difference = new Set<string>();
  for (const chain of chains) {
    for (const event of chain) if (!chains.every((other) => other.has(event))) difference.add(event);
  }
  const between = new Set<string>();
  for (const event of withChain(conflicted)) {
    const leadsThere = [...reachableFrom([event], "auth_events", pdus)].some((other) =>
      conflicted.has(other),
    );
    if (leadsThere && !conflicted.has(event)) between.add(event);
  }
  return { conflicted, difference, between };
}

type Ranked = { event: string; level: number | string };

/** By power or mainline position, greater first; by time; by id. */
function comesFirst(room: ForkedRoom, a: Ranked, b: Ranked): boolean {
  const [aLevel, bLevel] = [a, b].map(({ level }) =>
    level === "unbounded" ? Number.POSITIVE_INFINITY : level,
  );
  if (aLevel !== bLevel) return aLevel! > bLevel!;
  const [aTime, bTime] = [a, b].map(({ event }) => room.pdu(event).origin_server_ts) as [number, number];
  return aTime === bTime ? a.event < b.event : aTime < bTime;
}

function powerLevelsOf(room: ForkedRoom, event: string): string | undefined {
  return room
    .pdu(event)
    .auth_events.find((cited) => room.events.get(cited)?.pdu.type === "m.room.power_levels");
}

function keyOf(room: ForkedRoom, event: string): string {
  const { type, state_key } = room.pdu(event);
  return stateKeyOf(type, state_key!);
}

describe("resolving states of a long history", () => {
  const room = new ForkedRoom("11");
  room.start.member(bo, "join");
  // More than a stack would bear if chains were walked by recursion.
  for (let level = 0; level < 12_000; level++) {
    room.start.put({
      type: "m.room.power_levels",
      sender: ada,
      content: { users: { [ada]: 100, [bo]: level % 50 } },
    });
  }
  /** Whoever looks events up, counted. */
  function counted(): KnownEvents & { count: number } {
    return {
      count: 0,
      get(event) {
        this.count++;
        return room.events.get(event);
      },
    };
  }
  const fork = (topic: string): [StateMap, StateMap] => {
    const [left, right] = [room.start.fork(), room.start.fork()];
    left.topic(ada, topic);
    right.levels(ada, { [bo]: 50 });
    return [left.state, right.state];
  };

  it("walks it once at most", () => {
    const events = counted();
    resolveState(room.version, fork("Tea"), events);
    expect(events.count).to.be.lessThan(20 * room.events.size);
  });

  it("does not walk it again for what is new", () => {
    resolveState(room.version, fork("Tea"), room.events);
    const events = counted();
    const { state } = resolveState(room.version, fork("Coffee"), events);
    expect(events.count).to.be.lessThan(100);
    const topic = state.get(stateKeyOf("m.room.topic", ""))!;
    expect(room.pdu(topic).content.topic).to.equal("Coffee");
  });

  it("finds what is missing among its auth events once that has come", () => {
    const [left, right] = fork("Tea");
    const lost = room.start.id("m.room.member", ada)!;
    const gap = { get: (event: string) => (event === lost ? undefined : room.events.get(event)) };
    const torn = new ForkedRoom("11");
    for (const [event, known] of room.events) torn.events.set(event, { ...known, pdu: { ...known.pdu } });
    const withGap = { get: (event: string) => (gap.get(event) ? torn.events.get(event) : undefined) };
    const without = (state: StateMap) => new Map([...state].filter(([, event]) => event !== lost));
    resolveState(room.version, [without(left), without(right)], withGap);
    const whole = resolveState(room.version, [left, right], torn.events, { trace: true });
    expect(whole).to.deep.equal(resolveState(room.version, [left, right], room.events, { trace: true }));
  });
});
