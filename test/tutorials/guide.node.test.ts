import assert from "node:assert/strict";
import { readFileSync } from "node:fs";
import { join } from "node:path";
import { describe, it } from "node:test";
import { tutorialsFolder } from "../../src/build/tutorial-files.ts";
import { tutorialSchema } from "../../src/tutorial/format/json-schema.ts";

const guide = readFileSync(join(tutorialsFolder, "README.md"), "utf8");

/** The row of a table that begins with the word. */
function rowOf(section: string, word: string): string | undefined {
  const from = guide.indexOf(`### ${section}`);
  const table = guide.slice(from, guide.indexOf("###", from + 3));
  return table.split("\n").find((line) => (line.split("|")[1] ?? "").includes(`\`${word}\``));
}

/** Word → the fields that its row names, for words with a schema of their own. */
function fieldsOf(kind: "condition" | "action"): Record<string, string[]> {
  const definitions = tutorialSchema().$defs as Record<string, { properties?: object }>;
  const found: Record<string, string[]> = {};
  for (const [name, { properties = {} }] of Object.entries(definitions)) {
    const word = new RegExp(`^${kind}-(\\w+)$`).exec(name)?.[1];
    if (word !== undefined) found[word] = Object.keys(properties);
  }
  return found;
}

describe("the guide for authors", () => {
  const sections = { condition: "Goals, near misses, conditions", action: "Actions" } as const;
  /** What is told beside the tables, for all words at once. */
  const told = { condition: ["after", "since", "last"], action: ["person", "device"] };
  for (const kind of ["condition", "action"] as const) {
    it(`explains every ${kind}, with its fields`, () => {
      for (const [word, fields] of Object.entries(fieldsOf(kind))) {
        const row = rowOf(sections[kind], word);
        assert.ok(row, `no row for ${word}`);
        for (const field of fields) {
          assert.ok(told[kind].includes(field) || row.includes(field), `${word}: nothing about ${field}`);
        }
      }
    });
  }
});
