import { LineCounter, type Node, parseDocument } from "yaml";
import type { TutorialFault } from "./fault.ts";
import { list } from "./list-shapes.ts";
import { object, record, required } from "./object-shapes.ts";
import { Reading } from "./reading.ts";
import { name, text } from "./scalar-shapes.ts";
import { idPattern } from "./tutorial-shape.ts";

/** An ordered list of tutorials. */
export type Course = {
  id: string;
  tutorials: string[];
  /** Language → what the course is called and what it leads to. */
  words: Record<string, { title: string; summary: string }>;
};

const course = object({
  id: required(text("a course's id", idPattern)),
  words: required(
    record(
      text("a language such as en", /^[a-z]{2,3}(-[A-Za-z0-9]+)*$/),
      object({ title: required(text("the course's title")), summary: required(text("one sentence")) }),
    ),
  ),
  tutorials: required(list(name("text", "a tutorial's id", false, idPattern), "a list of tutorial ids", 1)),
});
const coursesShape = object({ courses: required(list(course, "a list of courses", 1)) });

/** Reads courses.yaml. `known` are the ids of the tutorials that there are. */
export function parseCourses(
  source: string,
  file: string,
  known: readonly string[],
): { courses: Course[]; faults: TutorialFault[] } {
  const lines = new LineCounter();
  const document = parseDocument(source, { lineCounter: lines, prettyErrors: false });
  const reading = new Reading(file, lines);
  for (const error of document.errors) {
    const { line, col } = lines.linePos(error.pos[0]);
    reading.faults.push({
      file,
      line,
      column: col,
      found: "something that is not YAML",
      expected: error.message,
    });
  }
  const given =
    document.errors.length === 0 ? coursesShape.read(document.contents as Node | null, reading) : undefined;
  for (const { name: id, node } of reading.references) {
    if (!known.includes(id)) reading.fault(node, `“${id}”`, "the folder of a tutorial");
  }
  return { courses: reading.faults.length === 0 ? (given?.courses ?? []) : [], faults: reading.faults };
}
