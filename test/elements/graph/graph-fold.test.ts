import { expect } from "chai";
import { graphFold } from "../../../src/elements/graph/graph-fold.ts";
import { graphLayout } from "../../../src/elements/graph/graph-layout.ts";
import { stateBefore } from "../../../src/elements/graph/graph-room-state.ts";
import { graphNodes } from "../../../src/elements/graph/graph-runs.ts";
import type { GraphRoom } from "../../../src/elements/graph/graph-state.ts";
import { garden, harbor } from "../made-log.ts";
import { banRace, bo, braidedRoom, MadeRoom, you } from "./made-room.ts";

function roomOf({ log, id }: MadeRoom, until = log.entries.length): GraphRoom {
  return log.entries.slice(0, until).reduce(graphFold.step, graphFold.initial).rooms.get(id)!;
}

/** A long chat with a fork in its middle. */
function longRoom(messages: number): MadeRoom {
  const room = new MadeRoom();
  for (let at = 0; at < messages / 2; at++) room.says(you, `before ${at}`);
  const fork = room.newest;
  const left = room.says(you, "left", { after: [fork] });
  const right = room.says(bo, "right", { after: [fork] });
  room.says(you, "together", { after: [left, right] });
  for (let at = 0; at < messages / 2; at++) room.says(bo, `after ${at}`);
  return room;
}

describe("the room graph's fold", () => {
  it("knows what each server has, and where it ends", () => {
    const race = banRace();
    const room = roomOf(race);
    const [here, there] = [room.copies.get(garden)!, room.copies.get(harbor)!];
    expect(room.events.size).to.equal(9);
    expect([here.events.size, there.events.size]).to.deep.equal([8, 7]);
    expect([here.ends, there.ends]).to.deep.equal([[race.ban], [race.coffee]]);
    expect(here.events.get(race.coffee)).to.equal(undefined);
  });

  it("keeps verdicts with their reasons, resolutions, and what was thrown away", () => {
    const race = banRace();
    const refusal = { code: "auth/sender-not-joined", facts: { sender: bo, membership: "ban" } };
    race.take(garden, race.coffee);
    race.refuse(garden, race.coffee, "event-soft-failed", refusal);
    race.resolve(garden, race.ban, race.coffee);
    const thrown = { code: "pdu/no-object", facts: { found: "array" } };
    race.log.fact(harbor, { type: "event-dropped", room: race.id, pdu: [], origin: garden, refusal: thrown });
    const room = roomOf(race);
    const copy = room.copies.get(garden)!;
    expect(copy.events.get(race.coffee)).to.include({ verdict: "soft-failed" });
    expect(copy.events.get(race.coffee)!.refusal).to.deep.equal(refusal);
    expect(copy.resolutions[0]!.trace.conflicts.map(({ type }) => type)).to.have.members([
      "m.room.topic",
      "m.room.member",
    ]);
    expect(room.dropped).to.have.length(1);
    expect(room.dropped[0]).to.include({ host: harbor, origin: garden });
  });

  it("goes back in time, and never changes a state that it gave before", () => {
    const race = banRace();
    const half = Math.floor(race.log.entries.length / 2);
    const before = roomOf(race, half);
    const size = before.events.size;
    roomOf(race);
    expect(before.events.size).to.equal(size);
    expect(size).to.be.lessThan(roomOf(race).events.size);
  });
});

describe("the state before an event", () => {
  it("is that of its branch", () => {
    const race = banRace();
    const room = roomOf(race);
    const topic = (id: string) => stateBefore(room, id)?.find(({ type }) => type === "m.room.topic")?.event;
    expect(topic(race.tea)).to.equal(undefined);
    expect(topic(race.ban)).to.equal(race.tea);
    expect(topic(race.coffee)).to.equal(undefined);
  });

  it("is resolved where branches meet", () => {
    const race = banRace();
    const meet = race.says(you, "Better.", { after: [race.ban, race.coffee] });
    const state = stateBefore(roomOf(race), meet)!;
    expect(state.map(({ event }) => event)).to.include.members([race.ban, race.tea]);
    expect(state.map(({ event }) => event)).not.to.include(race.coffee);
  });

  it("is empty before the first event, and unknown where the past is not here", () => {
    const race = banRace();
    const room = roomOf(race);
    const [first, second] = [...room.order.items()];
    expect(stateBefore(room, first!)).to.deep.equal([]);
    const later = { ...room, events: room.events.without(second!) };
    expect(stateBefore(later, race.ban)).to.equal(undefined);
  });

  it("stays known where most of the past is shown no more", () => {
    const room = new MadeRoom();
    const topic = room.topic(you, "Tea");
    const last = room.says(you, "The line is bad");
    for (let at = 0; at < 2500; at++) room.says(you, `alone ${at}`, { at: [garden] });
    const lone = room.topic(bo, "Coffee", { after: [last], at: [harbor] });
    const said = roomOf(room);
    expect(said.order.size).to.equal(2000);
    expect(said.events.size).to.equal(2000);
    expect(said.past.size).to.be.within(6, 8);
    const topics = (event: string) =>
      stateBefore(said, event)!.flatMap((each) => (each.type === "m.room.topic" ? [each.event] : []));
    expect(topics([...said.order.items()].at(-2)!)).to.deep.equal([topic]);
    expect(topics(lone)).to.deep.equal([topic]);
    const copies = [...said.copies.values()].map(({ events }) => events.size);
    expect(copies).to.deep.equal([1999, 1]);
  });

  it("leaves out what was rejected", () => {
    const race = banRace();
    race.refuse(garden, race.tea, "event-rejected", { code: "auth/sender-not-joined", facts: {} });
    const state = stateBefore(roomOf(race), race.ban)!;
    expect(state.map(({ event }) => event)).not.to.include(race.tea);
  });
});

describe("the room graph's nodes", () => {
  it("fold long straight runs, and unfold the one that is asked for", () => {
    const room = roomOf(longRoom(200));
    const folded = graphNodes(room, new Set());
    const runs = folded.nodes.filter(({ events }) => events.length > 1);
    expect(runs).to.have.length(2);
    expect(folded.nodes.length).to.be.lessThan(20);
    const open = graphNodes(room, new Set([runs[0]!.id]));
    expect(open.nodes.length).to.be.greaterThan(100);
    const all = (nodes: typeof folded) =>
      nodes.nodes.flatMap(({ events }) => events.map(({ id }) => id)).sort();
    expect(all(folded)).to.deep.equal([...room.order.items()].sort());
    expect(all(open)).to.deep.equal(all(folded));
  });

  it("keep apart what servers do not share", () => {
    const made = longRoom(60);
    for (let at = 0; at < 12; at++) made.says(you, `mine ${at}`, { at: [garden] });
    for (let at = 0; at < 12; at++) made.says(you, `ours ${at}`);
    const { nodes } = graphNodes(roomOf(made), new Set());
    const holders = (id: string) =>
      [...roomOf(made).copies].filter(([, { events }]) => events.get(id)).length;
    for (const { events } of nodes) expect(new Set(events.map(({ id }) => holders(id))).size).to.equal(1);
  });

  for (const [made, size] of [
    [longRoom(30), "few"],
    [braidedRoom(100), "many"],
  ] as const) {
    it(`stand apart from each other, parents left of their children, where there are ${size}`, () => {
      const { nodes } = graphNodes(roomOf(made), new Set());
      const { places, width, height } = graphLayout(nodes);
      for (const { id, parents } of nodes) {
        const { x, y } = places.get(id)!;
        expect([x > 0 && x < width, y > 0 && y < height]).to.deep.equal([true, true]);
        for (const parent of parents) expect(places.get(parent)!.x).to.be.lessThan(x);
        for (const [other, place] of places)
          if (other !== id) expect(Math.hypot(place.x - x, place.y - y)).to.be.greaterThan(60);
      }
    });
  }

  it("stay where they are when more come to many", () => {
    const made = braidedRoom(100);
    const { nodes } = graphNodes(roomOf(made), new Set());
    const { places } = graphLayout(nodes);
    made.says(you, "more");
    const later = graphLayout(graphNodes(roomOf(made), new Set()).nodes).places;
    const moved = nodes.filter(({ id }) => {
      const [before, after] = [places.get(id)!, later.get(id)!];
      return before.x !== after.x || before.y !== after.y;
    });
    expect(nodes).to.have.length.greaterThan(100);
    expect(moved).to.deep.equal([]);
  });
});
