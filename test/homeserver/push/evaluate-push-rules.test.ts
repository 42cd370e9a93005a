import { expect } from "chai";
import { defaultPushRules } from "../../../src/homeserver/push/default-push-rules.ts";
import {
  evaluatePushRules,
  type PushContext,
  type PushEvent,
} from "../../../src/homeserver/push/evaluate-push-rules.ts";
import { globMatches, globMatchesWords } from "../../../src/homeserver/push/glob.ts";
import type { PushCondition } from "../../../src/homeserver/push/push-rule.ts";
import type { JsonObject } from "../../../src/protocol/json.ts";

const me = "@me:garden.example";
const room = "!tea:garden.example";
const crowd: PushContext = { memberCount: 5, senderMayNotify: () => false };

function event(content: JsonObject, fields: JsonObject = {}): PushEvent {
  return { type: "m.room.message", sender: "@bo:garden.example", room_id: room, content, ...fields };
}

/** Does a single override rule with this condition match the event? */
function matches(condition: PushCondition, about: PushEvent, context = crowd): boolean {
  const rule = {
    rule_id: "mine",
    default: false,
    enabled: true,
    conditions: [condition],
    actions: ["notify"],
  };
  const rules = { override: [rule], content: [], room: [], sender: [], underride: [] };
  return evaluatePushRules(rules, about, context) !== undefined;
}

describe("push rules", () => {
  const rules = defaultPushRules(me);
  const outcome = (about: PushEvent, context = crowd) => evaluatePushRules(rules, about, context);

  it("notify quietly in a crowd, and with a sound between two", () => {
    expect(outcome(event({ msgtype: "m.text", body: "tea?" }))).to.include({
      notify: true,
      rule: ".m.rule.message",
    });
    const two = outcome(event({ msgtype: "m.text", body: "tea?" }), { ...crowd, memberCount: 2 });
    expect(two?.actions).to.deep.equal(["notify", { set_tweak: "sound", value: "default" }]);
  });

  it("say nothing of notices, edits, reactions and members who come and go", () => {
    const quiet = [
      event({ msgtype: "m.notice", body: "beep" }),
      event({ msgtype: "m.text", body: "* tea", "m.relates_to": { rel_type: "m.replace", event_id: "$a" } }),
      event(
        { "m.relates_to": { rel_type: "m.annotation", event_id: "$a", key: "+" } },
        { type: "m.reaction" },
      ),
      event({ membership: "join" }, { type: "m.room.member", state_key: "@cy:garden.example" }),
    ];
    for (const about of quiet) expect(outcome(about)?.notify, about.type).to.equal(false);
  });

  it("highlight a mention, and one of the room only from a sender with the power for it", () => {
    expect(outcome(event({ body: "hm", "m.mentions": { user_ids: [me] } }))?.highlight).to.equal(true);
    const whole = event({ msgtype: "m.text", body: "all!", "m.mentions": { room: true } });
    expect(outcome(whole)?.highlight).to.equal(false);
    expect(outcome(whole, { ...crowd, senderMayNotify: (key) => key === "room" })?.highlight).to.equal(true);
  });

  it("notify of an invitation of one's own, not of another's", () => {
    const invite = (user: string) =>
      event({ membership: "invite" }, { type: "m.room.member", state_key: user });
    expect(outcome(invite(me))?.notify).to.equal(true);
    expect(outcome(invite("@cy:garden.example"))?.notify).to.equal(false);
  });

  it("are all off under the master rule", () => {
    const off = defaultPushRules(me);
    off.override[0]!.enabled = true;
    expect(
      evaluatePushRules(off, event({ body: "x", "m.mentions": { user_ids: [me] } }), crowd),
    ).to.deep.include({
      notify: false,
      rule: ".m.rule.master",
    });
  });

  it("match a body by words, and other properties whole", () => {
    for (const body of ["An example event.", "exple", "An exciting triple-whammy"])
      expect(globMatchesWords("ex*ple", body), body).to.equal(true);
    expect(globMatchesWords("cake", "pancakes")).to.equal(false);
    expect(globMatches("lunc?*", "LUNCH")).to.equal(true);
    for (const text of [" lunch", "lunc"]) expect(globMatches("lunc?*", text), text).to.equal(false);
  });

  it("compare property values exactly, without casts", () => {
    const federate = { kind: "event_property_is", key: "content.m\\.federate", value: true };
    expect(matches(federate, event({ "m.federate": true }))).to.equal(true);
    for (const value of ["true", 1, null])
      expect(matches(federate, event({ "m.federate": value }))).to.equal(false);
  });

  it("never match by a condition that nobody knows", () => {
    expect(matches({ kind: "phase_of_the_moon" }, event({}))).to.equal(false);
  });

  it("come to an end whatever the pattern", () => {
    expect(globMatches(`${"a*".repeat(40)}b`, "a".repeat(4000))).to.equal(false);
  });
});
