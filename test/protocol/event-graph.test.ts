import { expect } from "chai";
import fc from "fast-check";
import {
  cameBefore,
  depthAfter,
  forwardExtremitiesAfter,
  type GraphEvent,
  missingEvents,
  newestFirst,
  reachableFrom,
  topologicalOrder,
} from "../../src/protocol/event-graph.ts";

/** Builds a graph from ids and their parents, in the order of their times. */
function graph(links: Record<string, string>): Map<string, GraphEvent> {
  const events = new Map<string, GraphEvent>();
  for (const [id, parents] of Object.entries(links)) {
    const prev_events = parents.split(" ").filter((parent) => parent !== "");
    const depth = depthAfter(prev_events.map((parent) => events.get(parent) ?? { depth: 0 }));
    events.set(id, { prev_events, auth_events: prev_events, depth, origin_server_ts: events.size });
  }
  return events;
}

// The example of https://spec.matrix.org/v1.19/server-server-api/#pdus
const forked = graph({ e1: "", e2: "e1", e3: "e2", e4: "e3", e5: "e2", e6: "e5" });

/** Histories in which every event has some of the earlier ones as parents. */
const history = fc
  .array(fc.array(fc.nat(), { minLength: 1, maxLength: 3 }), { maxLength: 25 })
  .map((choices) => {
    const links: Record<string, string> = { e0: "" };
    choices.forEach((choice, i) => {
      links[`e${i + 1}`] = [...new Set(choice.map((n) => `e${n % (i + 1)}`))].join(" ");
    });
    return graph(links);
  });

describe("the event graph", () => {
  it("has depths that grow, up to the greatest integer", () => {
    expect(depthAfter([])).to.equal(1);
    expect(depthAfter([{ depth: 3 }, { depth: 7 }])).to.equal(8);
    expect(depthAfter([{ depth: Number.MAX_SAFE_INTEGER }])).to.equal(Number.MAX_SAFE_INTEGER);
  });

  it("has as forward extremities the events without a child", () => {
    let extremities: string[] = [];
    for (const [id, event] of forked) extremities = forwardExtremitiesAfter(extremities, id, event);
    expect(extremities).to.have.members(["e4", "e6"]);
    expect(forwardExtremitiesAfter(extremities, "e7", { prev_events: ["e4", "e6"] })).to.deep.equal(["e7"]);
  });

  it("does not grow an end where the child came before its parent", () => {
    expect(forwardExtremitiesAfter(["b"], "a", { prev_events: [] }, true)).to.deep.equal(["b"]);
    expect(forwardExtremitiesAfter(["a"], "a", { prev_events: [] })).to.deep.equal(["a"]);
  });

  it("knows what it misses, each once", () => {
    const event = { prev_events: ["e4", "x", "x", "y"], auth_events: ["z"] };
    expect(missingEvents(event, "prev_events", forked)).to.deep.equal(["x", "y"]);
    expect(missingEvents(event, "auth_events", forked)).to.deep.equal(["z"]);
  });

  it("is followed back to the start, and to where it is unknown", () => {
    expect([...reachableFrom(["e4"], "auth_events", forked)]).to.have.members(["e1", "e2", "e3"]);
    expect([...reachableFrom(["e4", "e3"], "auth_events", forked)]).to.have.members(["e1", "e2", "e3"]);
    const torn = graph({ a: "lost", b: "a" });
    expect([...reachableFrom(["b"], "prev_events", torn)]).to.have.members(["a", "lost"]);
    expect(cameBefore("e2", "e6", forked)).to.equal(true);
    expect(cameBefore("e3", "e6", forked)).to.equal(false);
    expect(cameBefore("e6", "e6", forked)).to.equal(false);
  });

  it("is read from its newest events back", () => {
    expect([...newestFirst(["e4", "e6"], forked)]).to.deep.equal(["e6", "e4", "e5", "e3", "e2", "e1"]);
    expect([...newestFirst(["e4"], forked, (id) => id === "e2")]).to.deep.equal(["e4", "e3"]);
    expect([...newestFirst(["lost"], forked)]).to.deep.equal([]);
  });

  it("has the smallest order with parents first", () => {
    expect(topologicalOrder(forked, "prev_events")).to.deep.equal(["e1", "e2", "e3", "e5", "e4", "e6"]);
    const byNameBackwards = (a: string, b: string) => (a < b ? 1 : -1);
    expect(topologicalOrder(forked, "prev_events", byNameBackwards)).to.deep.equal([
      "e1",
      "e2",
      "e5",
      "e6",
      "e3",
      "e4",
    ]);
    const twice = graph({ a: "", b: "a a" });
    expect(topologicalOrder(twice, "prev_events")).to.deep.equal(["a", "b"]);
  });

  it("is ordered whole, with every parent before its child", () => {
    fc.assert(
      fc.property(history, (events) => {
        const order = topologicalOrder(events, "prev_events");
        expect(order).to.have.members([...events.keys()]);
        const place = new Map(order.map((id, i) => [id, i]));
        for (const [id, { prev_events }] of events) {
          for (const parent of prev_events) expect(place.get(parent)).to.be.lessThan(place.get(id)!);
        }
        expect([...newestFirst(events.keys(), events)]).to.deep.equal([...order].reverse());
      }),
    );
  });

  it("has the same ends in whatever order its events come", () => {
    fc.assert(
      fc.property(history, fc.infiniteStream(fc.nat()), (events, chances) => {
        const left = [...events.keys()];
        const arrived: string[] = [];
        let extremities: string[] = [];
        while (left.length > 0) {
          const [id] = left.splice((chances.next().value as number) % left.length, 1) as [string];
          const hasChild = arrived.some((other) => events.get(other)!.prev_events.includes(id));
          extremities = forwardExtremitiesAfter(extremities, id, events.get(id)!, hasChild);
          arrived.push(id);
        }
        const parents = new Set([...events.values()].flatMap(({ prev_events }) => prev_events));
        expect(extremities).to.have.members([...events.keys()].filter((id) => !parents.has(id)));
      }),
    );
  });
});
