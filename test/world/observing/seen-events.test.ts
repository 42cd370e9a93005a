import { expect } from "chai";
import type { Condition } from "../../../src/world/condition.ts";
import { holds } from "../../../src/world/condition.ts";
import { type Observation, observationFold } from "../../../src/world/observation.ts";
import { entriesOf } from "../../../src/world/observing/growing-record.ts";
import { bo, MadeRoom, you } from "../../elements/graph/made-room.ts";
import { garden, harbor } from "../../elements/made-log.ts";

function observed({ log }: MadeRoom): Observation {
  return log.entries.reduce(observationFold.step, observationFold.initial);
}

function isTrue(room: MadeRoom, observation: Observation, condition: Condition): boolean {
  const bindings = { people: {}, rooms: { tea: room.id } };
  return holds(condition, observation, bindings, { step: 0, goals: {} });
}

function topic(at: string, is: string): Condition {
  return { type: "state", at, of: "tea", event: "m.room.topic", content: { topic: is } };
}

describe("What is observed of events", () => {
  it("grows no more with messages, and what holds in a room stays known", () => {
    const room = new MadeRoom();
    room.topic(you, "Mint");
    for (let at = 0; at < 3000; at += 1) room.says(at % 2 ? you : bo, `word ${at}.`);
    const observation = observed(room);
    expect(entriesOf(observation.events).length).to.be.within(2000, 2600);
    for (const at of [garden, harbor]) {
      expect(entriesOf(observation.copies[at]![room.id]!.events).length).to.be.within(2000, 2900);
      expect(isTrue(room, observation, topic(at, "Mint"))).to.equal(true);
    }
    const has = (text: string): Condition => ({ type: "copyHas", at: harbor, of: "tea", text });
    expect(isTrue(room, observation, has("word 2999."))).to.equal(true);
    expect(isTrue(room, observation, has("word 1100."))).to.equal(true);
    expect(isTrue(room, observation, has("word 9."))).to.equal(false);
  });

  it("follows a server that was away for long, and the room when it is back", () => {
    const room = new MadeRoom();
    room.topic(you, "Mint");
    const last = room.says(you, "The line is bad", {});
    const sage = room.topic(you, "Sage", { at: [garden] });
    const said = Array.from({ length: 2600 }, (_, at) => room.says(you, `alone ${at}`, { at: [garden] }));
    const lone = room.says(bo, "Hello?", { after: [last], at: [harbor] });
    const apart = observed(room);
    expect(isTrue(room, apart, topic(garden, "Sage"))).to.equal(true);
    expect(isTrue(room, apart, topic(harbor, "Sage"))).to.equal(false);
    expect(isTrue(room, apart, topic(harbor, "Mint"))).to.equal(true);
    for (const id of [sage, ...said]) room.take(harbor, id);
    room.take(garden, lone);
    room.says(bo, "There you are", { after: [said.at(-1)!, lone] });
    const together = observed(room);
    for (const at of [garden, harbor]) expect(isTrue(room, together, topic(at, "Sage"))).to.equal(true);
    expect(isTrue(room, together, { type: "agree", of: "tea" })).to.equal(true);
  });
});
