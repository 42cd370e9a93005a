import { expect } from "chai";
import type { ClientFact, ShownEvent } from "../../../src/client/client-fact.ts";
import { timelineRows } from "../../../src/elements/chat/chat-rows.ts";
import { bo, cy, morning, said, stated, zoe } from "./chat-story.ts";

const eventOf = (fact: ClientFact): ShownEvent => (fact.type === "event" ? fact.event : expect.fail());
const at = (minutes: number) => morning + minutes * 60_000;
const shape = (events: ClientFact[], options: Partial<Parameters<typeof timelineRows>[1]> = {}) =>
  timelineRows(events.map(eventOf), { me: zoe, ...options }).map((row) =>
    row.kind === "message"
      ? `${row.own ? "own" : "other"}${row.first ? " first" : ""}${row.last ? " last" : ""}`
      : row.kind,
  );

describe("timelineRows", () => {
  it("groups messages of one sender, until somebody else speaks or a silence comes", () => {
    const events = [
      said("!r", bo, "a", { at: at(0) }),
      said("!r", bo, "b", { at: at(1) }),
      said("!r", zoe, "c", { at: at(2) }),
      said("!r", zoe, "d", { at: at(9) }),
    ];
    expect(shape(events)).to.deep.equal([
      "day",
      "other first",
      "other last",
      "own first last",
      "own first last",
    ]);
  });

  it("begins each day", () => {
    const events = [said("!r", bo, "a", { at: at(0) }), said("!r", bo, "b", { at: at(24 * 60) })];
    expect(shape(events).filter((kind) => kind === "day")).to.have.length(2);
  });

  it("marks what is new after the event last seen, before the first word of somebody else", () => {
    const seen = said("!r", bo, "a", { id: "$seen" });
    const events = [seen, said("!r", zoe, "b"), said("!r", cy, "c"), said("!r", bo, "d")];
    expect(shape(events, { newAfter: "$seen" })).to.deep.equal([
      "day",
      "other first last",
      "own first last",
      "new",
      "other first last",
      "other first last",
    ]);
    expect(shape([seen], { newAfter: "$seen" })).to.not.include("new");
  });

  it("folds one person's settings, shows joins, and hides what has no line of its own", () => {
    const events = [
      stated("!r", bo, "m.room.power_levels", {}),
      stated("!r", bo, "m.room.join_rules", { join_rule: "invite" }),
      stated("!r", bo, "m.room.member", { membership: "join" }, bo),
      said("!r", bo, "+1", { type: "m.reaction", content: {} }),
      said("!r", bo, "* edited", {
        content: { body: "* edited", "m.relates_to": { rel_type: "m.replace" } },
      }),
    ];
    expect(shape(events)).to.deep.equal(["day", "settings", "notice"]);
    expect(shape(events, { plain: true })).to.deep.equal(["day", "notice", "notice", "notice"]);
  });

  it("tells the making of a room in one row", () => {
    const events = [
      stated("!r", bo, "m.room.create", {}),
      stated("!r", bo, "m.room.member", { membership: "join" }, bo),
      stated("!r", bo, "m.room.power_levels", {}),
      stated("!r", bo, "m.room.name", { name: "Tea" }),
      stated("!r", bo, "m.room.member", { membership: "invite" }, zoe),
      stated("!r", bo, "m.room.name", { name: "Coffee" }),
    ];
    expect(shape(events)).to.deep.equal(["day", "settings", "notice", "notice"]);
  });

  it("keeps a message's row when its server gives it an id", () => {
    const key = (fact: ClientFact) => timelineRows([eventOf(fact)], { me: zoe }).at(-1)?.key;
    const echo = said("!r", zoe, "a", { id: "~t", transaction: "t", status: "sending" });
    expect(key(echo)).to.equal(key(said("!r", zoe, "a", { id: "$a", transaction: "t" })));
  });
});
