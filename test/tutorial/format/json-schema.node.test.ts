import assert from "node:assert/strict";
import { readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { describe, it } from "node:test";
import { Ajv2020 } from "ajv/dist/2020.js";
import { parse } from "yaml";
import { root } from "../../../src/build/install.mjs";
import { newTutorial } from "../../../src/build/new-tutorial.ts";
import { tutorialsFolder } from "../../../src/build/tutorial-files.ts";
import { tutorialSchema } from "../../../src/tutorial/format/json-schema.ts";
import { parseTutorial } from "../../../src/tutorial/format/parse-tutorial.ts";
import { writtenLogic } from "./written.ts";

const validate = new Ajv2020({ strict: true, strictRequired: false }).compile(tutorialSchema());

/** Replacements that break the shape: the parser and the schema must both refuse each. */
const broken: [from: string, to: string][] = [
  ["version: 1", "version: one"],
  ["version: 1\n", ""],
  ["minutes: 3", "minutes: 3\nmood: good"],
  ["symbol: leaf", "symbol: leef"],
  ["after: 1.5s", "after: 1.5"],
  ["name: zoe", "name: 12"],
  ["account: { person: you }\n        sol", "acount: { person: you }\n        sol"],
  ["hold: true", "member: { of: chat, person: you, membership: join }"],
  ["hold: true", "hold: maybe"],
  ["answers: [a, b]", "answers: [a]"],
  ["membership: [invite, join]", "membership: [invite, joined]"],
  ["clock: { speed: 0.5 }", "clock: { speed: 0 }"],
  ["errcode: M_USER_IN_USE", "errcode: taken"],
  ["views: { chat", "views: { chats"],
  ["goals:", "goal:"],
  ["{ signUp: {", "{ signUpp: {"],
];

describe("the JSON Schema of tutorial.yaml", () => {
  it("is the one that is published", () => {
    const published: unknown = JSON.parse(readFileSync(join(root, "public/tutorial.schema.json"), "utf8"));
    assert.deepEqual(published, tutorialSchema(), "run: npm run tutorial -- schema");
  });

  it("accepts what the parser accepts", () => {
    const shipped = readdirSync(tutorialsFolder, { withFileTypes: true })
      .filter((entry) => entry.isDirectory())
      .map(({ name }) => readFileSync(join(tutorialsFolder, name, "tutorial.yaml"), "utf8"));
    for (const text of [...shipped, writtenLogic, newTutorial("new-one")]) {
      assert.deepEqual(parseTutorial(text, "t.yaml").faults, []);
      validate(parse(text));
      assert.deepEqual(validate.errors, null);
    }
  });

  for (const [from, to] of broken) {
    it(`refuses with the parser ${to.trim() || `the lack of ${from.trim()}`}`, () => {
      assert.ok(writtenLogic.includes(from));
      const text = writtenLogic.replace(from, to);
      assert.notDeepEqual(parseTutorial(text, "t.yaml").faults, []);
      assert.equal(validate(parse(text)), false);
    });
  }
});
