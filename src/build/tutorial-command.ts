import { existsSync, mkdirSync, readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import process from "node:process";
import { parseArgs } from "node:util";
import { faultText, nearest } from "../tutorial/format/fault.ts";
import { tutorialSchema } from "../tutorial/format/json-schema.ts";
import { idPattern } from "../tutorial/format/tutorial-shape.ts";
import { runBrowserTests } from "./browser-tests.ts";
import { root } from "./install.mjs";
import { newProof, newProse, newTutorial } from "./new-tutorial.ts";
import { readTutorials, tutorialsFolder } from "./tutorial-files.ts";
import { checkWriting } from "./tutorial-writing.ts";

const usage = `npm run tutorial -- new ID      makes a folder tutorials/ID to begin with
npm run tutorial -- check [ID]  reads all tutorials (or one) and lists what is wrong
npm run tutorial -- play [ID]   plays them in a browser: each goal, each near miss, Show me from everywhere
npm run tutorial -- schema      writes public/tutorial.schema.json for editors`;

const { values, positionals } = parseArgs({
  options: { help: { type: "boolean", short: "h" } },
  allowPositionals: true,
});
const [command, id, ...more] = positionals;
process.exit(values.help ? help() : await run());

function help(): number {
  console.log(usage);
  return 0;
}

async function run(): Promise<number> {
  if (more.length > 0 || command === undefined) return refuse(usage);
  switch (command) {
    case "new":
      return create();
    case "check":
      return isKnown() ? check() : 2;
    case "play":
      return isKnown() ? play() : 2;
    case "schema":
      writeFileSync(join(root, "public/tutorial.schema.json"), schemaText());
      return 0;
    default:
      return refuse(`There is no command “${command}”.\n${usage}`);
  }
}

function refuse(why: string): number {
  console.error(why);
  return 2;
}

/** Is the tutorial there that was asked for, if one was? */
function isKnown(): boolean {
  if (id === undefined || existsSync(join(tutorialsFolder, id, "tutorial.yaml"))) return true;
  const known = [...readTutorials().tutorials.keys()];
  const meant = nearest(id, known);
  console.error(
    `There is no tutorial “${id}”.${meant ? ` Did you mean ${meant}?` : ` There are: ${known.join(", ")}.`}`,
  );
  return false;
}

function create(): number {
  if (id === undefined || !idPattern.test(id))
    return refuse("new needs an id of small letters, digits and -");
  const folder = join(tutorialsFolder, id);
  if (existsSync(folder)) return refuse(`tutorials/${id} is there already.`);
  mkdirSync(folder);
  writeFileSync(join(folder, "tutorial.yaml"), newTutorial(id));
  writeFileSync(join(folder, "en.md"), newProse(id));
  writeFileSync(join(root, proofOf(id)), newProof(id));
  addToCourse(id);
  console.log(`tutorials/${id} is ready, listed at the end of the first course in tutorials/courses.yaml, and has its
proof in ${proofOf(id)}.
Write in tutorial.yaml and en.md, then: npm run tutorial -- check ${id}`);
  return 0;
}

function addToCourse(tutorial: string): void {
  const path = join(tutorialsFolder, "courses.yaml");
  const text = readFileSync(path, "utf8");
  writeFileSync(path, text.replace(/(tutorials: \[[^\]]*)\]/, `$1, ${tutorial}]`));
}

function check(): number {
  const folder = readTutorials();
  const isWanted = ({ file }: { file: string }) => id === undefined || file.startsWith(`${id}/`);
  const writing = [...folder.tutorials.values()].flatMap(({ read }) =>
    read.flatMap(({ file, prose }) => checkWriting(prose, file)),
  );
  const faults = [...folder.faults, ...writing].filter(isWanted);
  const missing = folder.missing.filter(isWanted);
  for (const fault of faults) console.log(`tutorials/${faultText(fault)}`);
  if (missing.length > 0) console.log(`Not translated yet, and shown in English:`);
  for (const fault of missing) console.log(`tutorials/${faultText(fault)}`);
  const count = id === undefined ? folder.tutorials.size : 1;
  console.log(`${count} checked, ${faults.length} faults, ${missing.length} not translated`);
  return faults.length > 0 ? 1 : 0;
}

async function play(): Promise<number> {
  const checked = check();
  if (checked !== 0) return checked;
  const played = id === undefined ? [...readTutorials().tutorials.keys()] : [id];
  const { passed, failed } = await runBrowserTests(played.map(proofOf));
  console.log(`${passed} passed, ${failed} failed`);
  return failed > 0 || passed === 0 ? 1 : 0;
}

/** The test that plays a tutorial. */
function proofOf(tutorial: string): string {
  return `test/tutorials/${tutorial}.test.ts`;
}

/** The schema's file, as it is to be. */
function schemaText(): string {
  return `${JSON.stringify(tutorialSchema(), null, 2)}\n`;
}
