import { LineCounter } from "yaml";
import type { TutorialFault } from "./fault.ts";
import { list } from "./list-shapes.ts";
import { object, record, required } from "./object-shapes.ts";
import { Reading } from "./reading.ts";
import { name, text } from "./scalar-shapes.ts";
import { idPattern } from "./tutorial-shape.ts";
import { yamlRoot } from "./yaml-root.ts";

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
  const reading = new Reading(file, new LineCounter());
  const root = yamlRoot(source, reading);
  const given = root === undefined ? undefined : coursesShape.read(root, reading);
  for (const { name: id, node } of reading.references) {
    if (!known.includes(id)) reading.fault(node, `“${id}”`, "the folder of a tutorial");
  }
  return { courses: reading.faults.length === 0 ? (given?.courses ?? []) : [], faults: reading.faults };
}
