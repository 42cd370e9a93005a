import { expect } from "chai";
import type { Json } from "../../src/protocol/json.ts";
import type { RoomVersionId } from "../../src/protocol/room-versions.ts";
import { resolveConflicts, resolveState, stateKeyOf } from "../../src/protocol/state-resolution.ts";
import { ada, bo, cy, dee, ForkedRoom } from "./state-resolution/forked-room.ts";

const powerLevelsKey = stateKeyOf("m.room.power_levels", "");

/** Both sides know the newest power levels, but Cy did not yet when they spoke. */
function lateNews(id: RoomVersionId) {
  const room = new ForkedRoom(id);
  room.start.member(bo, "join");
  room.start.member(cy, "join");
  room.start.levels(ada, { [bo]: 50, [cy]: 50 });
  const [left, right] = [room.start.fork(), room.start.fork()];
  const news = left.levels(ada, { [dee]: 1 });
  const newer = left.topic(bo, "New", { at: 5000 });
  const older = right.topic(cy, "Old", { at: 9000 });
  right.state.set(powerLevelsKey, news);
  return { room, news, newer, older, resolved: room.resolve(left, right) };
}

/** One side fell back to the first power levels; between them and the newest are some that nobody disputes. */
function fallenBack(id: RoomVersionId) {
  const room = new ForkedRoom(id);
  room.start.member(bo, "join");
  const [left, right] = [room.start, room.start.fork()];
  const first = right.id("m.room.power_levels")!;
  const between = left.levels(ada, { [bo]: 99 });
  const join = left.member(cy, "join");
  right.state.set(stateKeyOf("m.room.member", cy), join);
  const newest = left.levels(bo, { [cy]: 50 });
  return { room, first, between, newest, resolved: room.resolve(left, right) };
}

describe("state resolution 2.1", () => {
  it("starts its checks from the empty state, 2 from the unconflicted one", () => {
    const [old, latest] = [lateNews("11"), lateNews("12")];
    for (const { event, fromAuthEvents } of old.resolved.trace.checks) {
      expect(fromAuthEvents, event).to.deep.equal([]);
    }
    const check = latest.resolved.trace.checks.find(({ event }) => event === latest.newer)!;
    expect(check.fromAuthEvents).to.have.members([latest.news, latest.room.start.id("m.room.member", bo)]);
  });

  it("has no mainline where no power levels are in conflict: time decides", () => {
    const [old, latest] = [lateNews("11"), lateNews("12")];
    expect(old.resolved.topicNow()).to.equal("New");
    expect(old.resolved.trace.mainline[0]).to.equal(old.news);
    expect(latest.resolved.topicNow()).to.equal("Old");
    expect(latest.resolved.trace.mainline).to.deep.equal([]);
    expect(latest.resolved.trace.otherEvents).to.deep.equal([
      { event: latest.newer, position: null },
      { event: latest.older, position: null },
    ]);
  });

  it("replays what is between two conflicted events, so that no state falls back", () => {
    const { room, resolved, first, between, newest } = fallenBack("12");
    expect(resolved.trace.subgraph).to.have.members([
      between,
      room.start.id("m.room.join_rules"),
      room.start.id("m.room.member", bo),
    ]);
    expect(resolved.trace.authDifference).not.to.include(between);
    expect(resolved.ranked(first, between, newest)).to.deep.equal([
      { event: first, level: "unbounded" },
      { event: between, level: "unbounded" },
      { event: newest, level: 99 },
    ]);
    expect(resolved.id("m.room.power_levels")).to.equal(newest);
  });

  it("does what 2 does not: there the state falls back", () => {
    const { resolved, first, newest } = fallenBack("11");
    expect(resolved.trace.subgraph).to.deep.equal([]);
    expect(resolved.refusalOf(newest)).to.equal("auth/event-needs-power");
    expect(resolved.id("m.room.power_levels")).to.equal(first);
  });

  it("leaves aside what leads to no other conflicted event", () => {
    const room = new ForkedRoom("12");
    const [left, right] = [room.start.fork(), room.start.fork()];
    left.levels(ada, { [bo]: 50 });
    left.topic(ada, "Tea");
    right.topic(ada, "Coffee");
    const { trace } = room.resolve(left, right);
    expect(trace.subgraph).to.deep.equal([]);
  });

  it("keeps the unconflicted state even where the checks would not have allowed it", () => {
    const { room, resolved } = lateNews("12");
    const unchecked = room.start.put({ type: "m.room.name", sender: dee, content: { name: "Dee's" } });
    const [left, right] = [resolved.fork(), resolved.fork()];
    for (const branch of [left, right]) branch.state.set(stateKeyOf("m.room.name", ""), unchecked);
    left.topic(ada, "Tea");
    expect(room.resolve(left, right).id("m.room.name")).to.equal(unchecked);
  });

  it("lets creators act above all power levels", () => {
    const room = new ForkedRoom("12");
    room.start.member(bo, "join");
    room.start.levels(ada, { [bo]: Number.MAX_SAFE_INTEGER });
    const [left, right] = [room.start.fork(), room.start.fork()];
    const ban = left.member(bo, "ban", ada, { at: 9000 });
    const levels = right.levels(bo, { [cy]: 100 }, { at: 5000 });
    const resolved = room.resolve(left, right);
    expect(resolved.ranked(ban, levels)).to.deep.equal([
      { event: ban, level: "unbounded" },
      { event: levels, level: Number.MAX_SAFE_INTEGER },
    ]);
    expect(resolved.refusalOf(levels)).to.equal("auth/sender-not-joined");
  });

  it("does not count on a create event that was rejected", () => {
    const { room, newer } = lateNews("12");
    const [left, right] = [room.start.fork(), room.start.fork()];
    left.state.set(stateKeyOf("m.room.topic", ""), newer);
    const create = room.start.id("m.room.create")!;
    room.events.set(create, { pdu: room.pdu(create), rejected: true });
    const { trace } = resolveState(room.version, [left.state, right.state], room.events, { trace: true });
    for (const { refusal } of trace!.checks) expect(refusal?.code).to.equal("auth/no-create");
  });
});

describe("the trace of a resolution", () => {
  for (const id of ["11", "12"] as const) {
    it(`tells step by step what happened in version ${id}`, () => {
      const room = new ForkedRoom(id);
      room.start.member(bo, "join");
      room.start.levels(ada, { [bo]: 50 });
      const [left, right] = [room.start.fork(), room.start.fork()];
      const join = room.start.id("m.room.member", bo)!;
      const ban = left.member(bo, "ban", ada);
      const topic = right.topic(bo, "Tea");
      const { trace } = room.resolve(left, right);
      const asJson: Json = trace;
      expect(JSON.parse(JSON.stringify(asJson))).to.deep.equal(trace);
      expect(trace.algorithm).to.equal(id === "11" ? "2" : "2.1");
      expect(trace.conflicts).to.have.deep.members([
        { type: "m.room.member", stateKey: bo, events: [ban, join] },
        { type: "m.room.topic", stateKey: "", events: [null, topic] },
      ]);
      expect(trace.authDifference).to.have.members([ban, topic]);
      expect(trace.powerEvents.map(({ event }) => event)).to.deep.equal([join, ban]);
      expect(
        trace.checks.map(({ step, event, refusal, replaces }) => [step, event, refusal, replaces]),
      ).to.deep.equal([
        [2, join, null, null],
        [2, ban, null, join],
        [4, topic, { code: "auth/sender-not-joined", facts: trace.checks[2]!.refusal!.facts }, null],
      ]);
      expect(trace.checks[2]!.refusal!.facts).to.include({ sender: bo, membership: "ban" });
      expect(trace.outcome).to.have.deep.members([
        { type: "m.room.member", stateKey: bo, event: ban },
        { type: "m.room.topic", stateKey: "", event: null },
      ]);
    });
  }

  it("is written only for who asks", () => {
    const { room, newer, older } = lateNews("12");
    const state = (topic: string) => new Map(room.start.state).set(stateKeyOf("m.room.topic", ""), topic);
    expect(resolveState(room.version, [state(newer), state(older)], room.events)).not.to.have.property(
      "trace",
    );
  });
});

describe("resolving where the differences are known", () => {
  it("gives what goes over the unconflicted state", () => {
    const { room, newer, older } = lateNews("11");
    const topic = stateKeyOf("m.room.topic", "");
    const conflicts = {
      conflicted: new Map([[topic, [newer, older]]]),
      unconflicted: room.start.state,
    };
    const { changes } = resolveConflicts(room.version, conflicts, room.events);
    expect([...changes]).to.deep.equal([[topic, newer]]);
  });

  it("throws for a state that names an event that is not there", () => {
    const room = new ForkedRoom("11");
    const lost = new Map(room.start.state).set(stateKeyOf("m.room.topic", ""), "$lost");
    expect(() => resolveState(room.version, [room.start.state, lost], room.events)).to.throw("$lost");
  });
});
