import { existsSync, readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import {
  type CompiledTutorial,
  compileTutorial,
  type TutorialSource,
} from "../tutorial/format/compile-tutorial.ts";
import type { TutorialFault } from "../tutorial/format/fault.ts";
import { type Course, parseCourses } from "../tutorial/format/parse-courses.ts";
import { root } from "./install.mjs";

/** Where the tutorials lie. */
export const tutorialsFolder = join(root, "tutorials");

/** Everything that ships, read from the folder `tutorials/`. */
export type TutorialFolder = {
  courses: Course[];
  tutorials: Map<string, CompiledTutorial>;
  faults: TutorialFault[];
  missing: TutorialFault[];
};

export function readTutorialSource(folder: string, id: string): TutorialSource {
  const prose: Record<string, string> = {};
  for (const file of readdirSync(join(folder, id)).sort()) {
    const language = /^([a-z]{2,3}(?:-[A-Za-z0-9]+)*)\.md$/.exec(file)?.[1];
    if (language !== undefined) prose[language] = readFileSync(join(folder, id, file), "utf8");
  }
  return { name: id, logic: readFileSync(join(folder, id, "tutorial.yaml"), "utf8"), prose };
}

/** Reads and compiles all tutorials, and holds the courses against them. */
export function readTutorials(folder = tutorialsFolder): TutorialFolder {
  const ids = readdirSync(folder, { withFileTypes: true })
    .filter((entry) => entry.isDirectory())
    .map(({ name }) => name)
    .sort();
  const tutorials = new Map<string, CompiledTutorial>();
  const faults: TutorialFault[] = [];
  const missing: TutorialFault[] = [];
  for (const id of ids) {
    if (!existsSync(join(folder, id, "tutorial.yaml"))) {
      faults.push({
        file: `${id}/tutorial.yaml`,
        line: 1,
        column: 1,
        found: "no such file",
        expected: "the tutorial's logic",
      });
      continue;
    }
    const compiled = compileTutorial(readTutorialSource(folder, id));
    tutorials.set(id, compiled);
    faults.push(...compiled.faults);
    missing.push(...compiled.missing);
    if (compiled.tutorial && compiled.tutorial.id !== id) {
      faults.push({
        file: `${id}/tutorial.yaml`,
        line: 1,
        column: 1,
        found: `the id “${compiled.tutorial.id}”`,
        expected: `“${id}”, as the folder`,
      });
    }
  }
  const read = parseCourses(readFileSync(join(folder, "courses.yaml"), "utf8"), "courses.yaml", ids);
  faults.push(...read.faults);
  for (const [id, { tutorial }] of tutorials) {
    const listing = read.courses.find((course) => course.tutorials.includes(id))?.id;
    if (!tutorial || read.faults.length > 0 || listing === tutorial.course) continue;
    faults.push({
      file: "courses.yaml",
      line: 1,
      column: 1,
      found: `“${id}” in ${listing ?? "no course"}`,
      expected: `it in the course ${tutorial.course}`,
    });
  }
  return { courses: read.courses, tutorials, faults, missing };
}
