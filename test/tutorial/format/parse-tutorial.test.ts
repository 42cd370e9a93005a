import { expect } from "chai";
import { conditionWords } from "../../../src/tutorial/format/condition-shapes.ts";
import { faultText } from "../../../src/tutorial/format/fault.ts";
import { parseTutorial } from "../../../src/tutorial/format/parse-tutorial.ts";
import { writtenLogic } from "./written.ts";

function faultsOf(text: string): string[] {
  return parseTutorial(text, "t.yaml").faults.map(faultText);
}

describe("tutorial.yaml", () => {
  it("becomes a checked tutorial, with what is left out filled in", () => {
    const { tutorial, faults, says } = parseTutorial(writtenLogic, "t.yaml");
    expect(faults).to.deep.equal([]);
    const { scenario, steps, roles } = tutorial!;
    expect(roles).to.deep.equal({
      you: { real: "account", optional: false },
      bo: { real: "friend", optional: true },
    });
    expect(scenario.seed).to.equal("small");
    expect(scenario.latency).to.deep.equal({ device: 20, server: 150 });
    expect(scenario.prepare).to.deep.equal([]);
    const [you, bo] = scenario.people;
    expect(you).to.deep.include({ id: "you", name: "You", at: "garden.example", script: [] });
    expect(you?.devices).to.deep.equal([{ name: "laptop", kind: "laptop", client: "bubbles" }]);
    expect(bo?.devices).to.deep.equal([{ name: "phone", kind: "phone", client: "lines" }]);
    expect(bo?.script).to.deep.equal([
      {
        when: { type: "account", person: "you" },
        once: true,
        after: 1500,
        typing: 120_000,
        do: { type: "createRoom", person: "bo", as: "chat", invite: ["you"] },
      },
    ]);
    const [begin] = steps;
    expect(begin).to.deep.include({
      id: "begin",
      speed: 0.5,
      views: { chat: ["you", "bo/phone"], addresses: ["who"] },
      start: [{ type: "writeAddress", field: "who", text: "@bo" }],
      quizzes: [{ id: "which", answers: ["a", "b"], right: "b" }],
    });
    expect(begin?.goals[1]).to.deep.equal({
      id: "wrote",
      hold: true,
      condition: { type: "message", in: "chat", from: "you", after: "account" },
      solution: [
        { type: "wait", for: { type: "member", of: "chat", person: "you", membership: ["invite", "join"] } },
        { type: "send", person: "you", in: "chat", say: "hello" },
      ],
    });
    expect(begin?.goals[2]?.condition).to.deep.equal({ type: "quiz", quiz: "which", answer: "b" });
    expect(says.map(({ key }) => key)).to.deep.equal(["hello"]);
  });

  it("lets a near miss count only what is new, by its first condition", () => {
    const { tutorial } = parseTutorial(writtenLogic, "t.yaml");
    const [taken, elsewhere] = tutorial!.steps[0]!.misses;
    expect(taken).to.deep.include({ id: "taken", goal: "account" });
    expect(taken?.condition).to.deep.include({ type: "exchange", since: "look" });
    expect(elsewhere?.condition).to.deep.equal({
      type: "all",
      of: [
        { type: "message", from: "you", notIn: "chat", since: "look" },
        { type: "not", of: { type: "message", in: "chat", from: "you" } },
      ],
    });
  });

  /** What is replaced by what, where in the new text the fault is, and what it says. */
  type Broken = { from: string; to: string; at?: string; says: string };
  const words = `${Object.keys(conditionWords).join(", ")} or quiz`;
  const broken: Record<string, Broken> = {
    "a near miss of a goal that is not there": {
      from: "goal: account",
      to: "goal: acount",
      at: "acount",
      says: "found “acount”, expected a goal of this step that comes before (account, wrote or which); did you mean account?",
    },
    "a word with a slip": {
      from: "account: { person: you }\n        sol",
      to: "acount: { person: you }\n        sol",
      at: "acount",
      says: `found “acount”, expected id, hold, solution, ${words}; did you mean account?`,
    },
    "a field too many": {
      from: "minutes: 3",
      to: "minutes: 3\nmood: good",
      at: "mood",
      says: "found “mood”, expected id, version, course, level, minutes, roles, scenario or steps",
    },
    "a field too few": {
      from: "version: 1\n",
      to: "",
      at: "id: small",
      says: "found no “version”, expected version: a whole number from 1",
    },
    "text for a number": {
      from: "minutes: 3",
      to: "minutes: three",
      at: "three",
      says: "found “three”, expected minutes",
    },
    "a number for text": {
      from: "name: zoe",
      to: "name: 12",
      at: "12,",
      says: "found the number 12, expected text (in quotes)",
    },
    "a duration without a unit": {
      from: "after: 1.5s",
      to: "after: 1.5",
      at: "1.5",
      says: "found the number 1.5, expected a duration such as 1.5s, 200ms or 2m",
    },
    "an unknown choice": {
      from: "symbol: leaf",
      to: "symbol: leef",
      at: "leef",
      says: "found “leef”, expected leaf, anchor, tower, sun, wave, mountain, star, bell, key or moon; did you mean leaf?",
    },
    "somebody who is not there": {
      from: "from: you, after",
      to: "from: your, after",
      at: "your,",
      says: "found “your”, expected a person of the scenario (you or bo); did you mean you?",
    },
    "a room that nobody makes": {
      from: "in: chat, from: you, after",
      to: "in: chut, from: you, after",
      at: "chut",
      says: "found “chut”, expected a room that some createRoom makes `as` (chat or own); did you mean chat?",
    },
    "a server that is not there": {
      from: "at: garden.example, device",
      to: "at: gardens.example, device",
      at: "gardens",
      says: "found “gardens.example”, expected a server of the scenario (garden.example); did you mean garden.example?",
    },
    "a goal that comes later": {
      from: "after: account }",
      to: "after: which }",
      at: "which }",
      says: "found “which”, expected a goal of this step that comes before (account)",
    },
    "a field that is not shown": {
      from: "field: who, text",
      to: "field: whom, text",
      at: "whom",
      says: "found “whom”, expected a field that this step's views list under addresses (who); did you mean who?",
    },
    "a device that is not there": {
      from: "bo/phone]",
      to: "bo/tablet]",
      at: "bo/tablet",
      says: "found “bo/tablet”, expected a server of the scenario, or a device such as you/phone (garden.example, you, bo, you/laptop, you/phone, bo/laptop or bo/phone)",
    },
    "an answer that is none": {
      from: "with: b }",
      to: "with: c }",
      at: "c }",
      says: "found “c”, expected an answer of this step's quiz (a or b)",
    },
    "a right answer that is none": {
      from: "right: b }",
      to: "right: c }",
      at: "id: which",
      says: "found the right answer “c”, expected one of the answers a, b",
    },
    "a second goal of the same id": {
      from: "id: wrote\n",
      to: "id: account\n",
      at: "id: account\n        message",
      says: "found a second “account”, expected another id",
    },
    "two words in one goal": {
      from: "hold: true",
      to: "member: { of: chat, person: you, membership: join }",
      at: "member: { of: chat, person: you, membership: join }",
      says: "found “member” beside “message”, expected a goal: one word only",
    },
    "an action of nobody": {
      from: "{ signUp: { person: you, ",
      to: "{ signUp: { ",
      at: "{ signUp",
      says: "found signUp by nobody, expected person: who does it",
    },
    "a placeholder for nobody": {
      from: 'text: "@bo"',
      to: 'text: "{zed}"',
      at: '"{zed}"',
      says: "found {zed}, expected a placeholder such as {you}, {bo.server} or {room.chat}",
    },
  };
  for (const [what, { from, to, at, says }] of Object.entries(broken)) {
    it(`says where ${what} stands, and what belongs there`, () => {
      expect(writtenLogic).to.include(from);
      const text = writtenLogic.replace(from, to);
      const before = text.slice(0, text.indexOf(at ?? to)).split("\n");
      expect(faultsOf(text)).to.deep.equal([`t.yaml:${before.length}:${before.at(-1)!.length + 1}: ${says}`]);
    });
  }

  it("lists all faults at once, in the order of the file", () => {
    const text = writtenLogic
      .replace("version: 1", "version: one")
      .replace("symbol: leaf", "symbol: lief")
      .replace("zoe", "[zoe]");
    expect(faultsOf(text).map((fault) => fault.split(":")[1])).to.deep.equal(["2", "11", "33"]);
  });

  it("says where a file is no YAML", () => {
    const [fault] = faultsOf("id: small\nsteps: [a, b\nversion: 1\n");
    expect(fault).to.match(/^t\.yaml:\d+:\d+: found something that is not YAML, expected /);
    expect(faultsOf("")[0]).to.match(/^t\.yaml:1:1: found nothing, expected /);
    expect(faultsOf("id: a\nid: b\n")[0]).to.match(
      /^t\.yaml:2:1: found something that is not YAML, expected Map keys must be unique/,
    );
    expect(faultsOf("[]")[0]).to.equal("t.yaml:1:1: found a list, expected a map");
  });
});
