import { expect } from "chai";
import fc from "fast-check";
import { mergeStates, type Resolving } from "../../../src/homeserver/room/merge-states.ts";
import type { RoomEvent, RoomState } from "../../../src/homeserver/room/room-event.ts";
import { StateTrie } from "../../../src/homeserver/room/state-trie.ts";
import { type ResolutionTrace, resolveState } from "../../../src/protocol/state-resolution.ts";
import { ada, type Branch, ForkedRoom } from "../../protocol/state-resolution/forked-room.ts";
import { manyActs, play } from "../../protocol/state-resolution/random-room.ts";

/** A room of the protocol's stories as a server keeps it. */
function kept(room: ForkedRoom) {
  const events = new Map<string, RoomEvent>();
  const none: RoomState = StateTrie.empty();
  for (const [id, { pdu, rejected }] of room.events) {
    const states = { before: none, after: none, current: none };
    const rejection = rejected ? { rejected: { code: "test", facts: {} } } : {};
    events.set(id, {
      id,
      roomId: "!room",
      pdu,
      stream: events.size,
      placed: true,
      shown: true,
      ...states,
      ...rejection,
    });
  }
  const stateOf = (branch: Branch) =>
    [...branch.state].reduce((state, [key, id]) => state.with(key, events.get(id)!), none);
  return { resolving: { version: room.version, events } satisfies Resolving, stateOf };
}

const idsIn = (state: RoomState) => [...state.entries()].map(([key, { id }]) => [key, id]).sort();

describe("states of a room that come together", () => {
  for (const version of ["10", "12"] as const) {
    it(`become what state resolution makes of them in version ${version}`, () => {
      fc.assert(
        fc.property(manyActs, (acts) => {
          const { room, branches } = play(version, acts);
          const { resolving, stateOf } = kept(room);
          const states = branches.map(({ state }) => state);
          const { state: resolved } = resolveState(room.version, states, room.events);
          const merged = mergeStates(branches.map(stateOf), resolving);
          expect(idsIn(merged)).to.deep.equal([...resolved].sort());
          expect(merged.size).to.equal(resolved.size);
        }),
        { numRuns: 40 },
      );
    });
  }

  it("are one and the same where they agree", () => {
    const room = new ForkedRoom("12");
    const { stateOf } = kept(room);
    const state = stateOf(room.start);
    expect(mergeStates([state, stateOf(room.start)])).to.equal(state);
    expect(() => mergeStates([])).to.throw();
  });

  it("are resolved once, and told of once", () => {
    const room = new ForkedRoom("12");
    const [left, right] = [room.start.fork(), room.start.fork()];
    left.topic(ada, "Tea");
    right.topic(ada, "Coffee");
    const { resolving, stateOf } = kept(room);
    const states = [stateOf(left), stateOf(right)];
    const traces: ResolutionTrace[] = [];
    const onResolved = (trace: ResolutionTrace) => void traces.push(trace);
    const merged = mergeStates(states, { ...resolving, onResolved });
    expect(mergeStates([...states], { ...resolving, onResolved })).to.equal(merged);
    expect(traces.map(({ conflicts }) => conflicts.map(({ type }) => type))).to.deep.equal([
      ["m.room.topic"],
    ]);
    expect(() => mergeStates(states)).to.throw("differ");
  });
});
