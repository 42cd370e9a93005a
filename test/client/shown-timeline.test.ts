import { expect } from "chai";
import fc from "fast-check";
import type { ClientFact, ShownEvent } from "../../src/client/client-fact.ts";
import { ShownState } from "../../src/client/shown-state.ts";
import { ShownTimeline } from "../../src/client/shown-timeline.ts";

function event(id: string, change: Partial<ShownEvent> = {}): ShownEvent {
  return {
    id,
    type: "m.room.message",
    sender: "@bo:garden.example",
    senderName: "Bo",
    at: 0,
    content: { body: id },
    status: "sent",
    ...change,
  };
}

const room = "!room";

/** What a view has that hears these facts. */
function shownBy(facts: ClientFact[], state = new ShownState()): ShownEvent[] {
  for (const fact of facts) state.take(fact);
  return state.timelines.get(room) ?? [];
}

describe("A shown timeline", () => {
  it("tells facts that lead from any list to any other", () => {
    const list = fc
      .uniqueArray(fc.record({ id: fc.integer({ min: 0, max: 20 }), text: fc.constantFrom("a", "b") }), {
        selector: ({ id }) => id,
        maxLength: 12,
      })
      .map((items) => items.map(({ id, text }) => event(`$${id}`, { content: { body: text } })));
    fc.assert(
      fc.property(fc.array(list, { maxLength: 6 }), (lists) => {
        const timeline = new ShownTimeline(room);
        const state = new ShownState();
        for (const wanted of lists) {
          expect(shownBy(timeline.show(wanted), state)).to.deep.equal(wanted);
          expect(timeline.events).to.deep.equal(wanted);
          expect(timeline.show(wanted)).to.deep.equal([]);
        }
      }),
    );
  });

  it("changes only what comes after a beginning that stays", () => {
    const ids = fc.uniqueArray(fc.integer({ min: 10, max: 20 }), { maxLength: 6 });
    fc.assert(
      fc.property(fc.integer({ min: 1, max: 4 }), ids, ids, (from, before, after) => {
        const events = (numbers: number[]) => numbers.map((number) => event(`$${number}`));
        const head = events(Array.from({ length: from }, (_, index) => index));
        const timeline = new ShownTimeline(room);
        const state = new ShownState();
        shownBy(timeline.show([...head, ...events(before)]), state);
        const wanted = [...head, ...events(after)];
        expect(shownBy(timeline.show(events(after), from), state)).to.deep.equal(wanted);
        expect(timeline.events).to.deep.equal(wanted);
      }),
    );
  });

  it("lets a local echo keep its place when it gets its id", () => {
    const timeline = new ShownTimeline(room);
    timeline.show([event("$1"), event("~t", { transaction: "t", status: "sending" })]);
    const [fact, ...others] = timeline.show([event("$1"), event("$2", { transaction: "t" })]);
    expect(fact).to.deep.include({ type: "event", replaces: "~t" });
    expect(others).to.deep.equal([]);
  });

  it("tells a message once that moves below a newer one", () => {
    const timeline = new ShownTimeline(room);
    const echo = event("~t", { transaction: "t", status: "sending" });
    const state = new ShownState();
    shownBy(timeline.show([event("$1"), echo]), state);
    const now = [event("$1"), event("$2"), echo];
    expect(shownBy(timeline.show(now), state)).to.deep.equal(now);
  });
});
