import assert from "node:assert/strict";
import { spawnSync } from "node:child_process";
import { cpSync, mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import process from "node:process";
import { describe, it } from "node:test";
import { root } from "../../src/build/install.mjs";
import { newProse, newTutorial } from "../../src/build/new-tutorial.ts";
import { readTutorials, tutorialsFolder } from "../../src/build/tutorial-files.ts";
import { indexWordsOf, shippedIndex } from "../../src/build/tutorial-plugin.ts";
import { checkWriting, readingEase } from "../../src/build/tutorial-writing.ts";
import { compileTutorial } from "../../src/tutorial/format/compile-tutorial.ts";
import { faultText } from "../../src/tutorial/format/fault.ts";
import { parseProse } from "../../src/tutorial/format/parse-prose.ts";

function run(...words: string[]): { status: number | null; out: string } {
  const done = spawnSync(process.execPath, [join(root, "src/build/tutorial-command.ts"), ...words], {
    cwd: root,
    encoding: "utf8",
  });
  return { status: done.status, out: done.stdout + done.stderr };
}

/** A copy of what ships, to be broken. */
function withCopy(work: (folder: string) => void): void {
  const folder = mkdtempSync(join(tmpdir(), "tutorials-"));
  try {
    cpSync(tutorialsFolder, folder, { recursive: true });
    work(folder);
  } finally {
    rmSync(folder, { recursive: true });
  }
}

describe("npm run tutorial", () => {
  it("finds nothing wrong with what ships, and nothing that is not translated", () => {
    assert.deepEqual(run("check"), { status: 0, out: "10 checked, 0 faults, 0 not translated\n" });
  });

  it("says how it is used when it is used in another way", () => {
    for (const words of [
      [],
      ["chek"],
      ["new"],
      ["new", "Not An Id"],
      ["new", "hello"],
      ["check", "a", "b"],
    ]) {
      assert.equal(run(...words).status, 2, words.join(" "));
    }
    const { status, out } = run("play", "helo");
    assert.equal(status, 2);
    assert.match(out, /There is no tutorial “helo”\. Did you mean hello\?/);
    assert.equal(run("--help").status, 0);
  });

  it("makes a tutorial that passes its own check", () => {
    const { tutorial, faults, missing, read } = compileTutorial({
      name: "my-lesson",
      logic: newTutorial("my-lesson"),
      prose: { en: newProse("my-lesson") },
    });
    assert.deepEqual([...faults, ...missing].map(faultText), []);
    assert.equal(tutorial?.id, "my-lesson");
    assert.deepEqual(checkWriting(read[0]!.prose, "en.md").map(faultText), []);
  });
});

describe("the folder of tutorials", () => {
  it("is in three languages, whole in each", () => {
    const folder = readTutorials();
    assert.deepEqual([...folder.faults, ...folder.missing].map(faultText), []);
    const { courses, tutorials } = shippedIndex(folder);
    assert.deepEqual(courses, [
      {
        id: "everyone",
        tutorials: ["hello", "client-and-server", "addresses", "rooms", "federation", "encryption"],
      },
      { id: "under-the-hood", tutorials: ["room-graph", "split-and-heal", "signatures", "keys"] },
    ]);
    for (const { languages } of tutorials) assert.deepEqual(languages, ["de", "en", "fr"]);
    assert.equal(indexWordsOf(folder, "de").tutorials.addresses?.title, "Adressen");
    assert.equal(indexWordsOf(folder, "xx").courses.everyone?.title, "Matrix for everyone");
  });

  it("says what is missing or does not belong together", () => {
    withCopy((folder) => {
      mkdirSync(join(folder, "empty"));
      rmSync(join(folder, "hello/en.md"));
      const path = join(folder, "addresses/tutorial.yaml");
      writeFileSync(path, readFileSync(path, "utf8").replace("id: addresses", "id: adresses"));
      const courses = join(folder, "courses.yaml");
      writeFileSync(
        courses,
        readFileSync(courses, "utf8").replace("client-and-server, ", "client-or-server, "),
      );
      assert.deepEqual(readTutorials(folder).faults.map(faultText), [
        "addresses/tutorial.yaml:1:1: found the id “adresses”, expected “addresses”, as the folder",
        "empty/tutorial.yaml:1:1: found no such file, expected the tutorial's logic",
        "hello/en.md:1:1: found no such file, expected the prose in English",
        "courses.yaml:14:24: found “client-or-server”, expected the folder of a tutorial",
      ]);
    });
  });
});

describe("the rules of writing", () => {
  const step = (text: string, language = "en") =>
    checkWriting(
      parseProse(`---\ntitle: A\nsummary: B\n---\n\n## one: C\n\n${text}\n`, "p.md", language),
      "p.md",
    ).map(faultText);

  it("count words", () => {
    assert.deepEqual(step("Go on. ".repeat(41)), ["p.md:6:1: found a text of 82 words, expected at most 80"]);
    assert.deepEqual(step("Go on. ".repeat(40)), []);
  });

  it("know how hard a text is to read, in English", () => {
    const hard = "Interoperability necessitates standardised decentralised communication infrastructure.";
    assert.match(step(hard)[0] ?? "", /^p\.md:6:1: found a reading ease of -\d+, expected 60 or more/);
    assert.deepEqual(step(hard, "de"), []);
    assert.ok(readingEase("The cat sat on the mat.") > 100);
  });

  it("find words that call it easy, in each language, also in hints and answers", () => {
    assert.deepEqual(step("Just go on."), [
      "p.md:6:1: found “Just”, expected words that do not call it easy",
    ]);
    assert.equal(step("Go on.\n\n- hint: Simply go on.").length, 1);
    assert.equal(step("Il suffit de cliquer.", "fr").length, 1);
    assert.equal(step("Klick einfach nur.", "de").length, 1);
    assert.deepEqual(step("Adjust it, that is justice."), []);
  });
});
