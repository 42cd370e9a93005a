import { LineCounter } from "yaml";
import type { Prose, StepProse } from "../tutorial.ts";
import type { TutorialFault } from "./fault.ts";
import { markdownFaults, proseHtml } from "./markdown.ts";
import { object, optional, record, required } from "./object-shapes.ts";
import { Reading } from "./reading.ts";
import { text } from "./scalar-shapes.ts";
import { yamlRoot } from "./yaml-root.ts";

export type Place = { line: number; column: number };

/** A tutorial's words as read from their file, before they are held against the logic. */
export type ReadProse = {
  prose: Prose;
  faults: TutorialFault[];
  /** Where each thing stands: `step`, `step/goal/id`, `step/miss/id`, `step/field/id`, `step/quiz/id`, `step/quiz/id/answer`, `say/key`. */
  places: Map<string, Place>;
  /** Step → its text as Markdown. */
  texts: Map<string, string>;
};

const frontMatter = object({
  title: required(text("the tutorial's title")),
  summary: required(text("one sentence for its card")),
  say: optional(record(text("a key"), text("what is said"), "a map from keys to what is said")),
});

const heading = /^##\s+(?:([a-z][a-z0-9-]*):\s+)?(.*\S)\s*$/;
const keyedItem = /^-\s+(?:(miss|field)\s+)?([a-z][a-z0-9-]*):\s+(.*\S)\s*$/;
const question = /^\?\s+(?:([a-z][a-z0-9-]*):\s+)?(.*\S)\s*$/;
const speakerNote = /^>\s*speaker:\s*(.*)$/i;

/** Reads a prose file such as en.md. */
export function parseProse(source: string, file: string, language: string): ReadProse {
  const lines = source.replace(/^\uFEFF/, "").split(/\r?\n/);
  const reading = new Reading(file, new LineCounter());
  const read: ReadProse = {
    prose: { language, title: "", summary: "", say: {}, steps: {} },
    faults: reading.faults,
    places: new Map(),
    texts: new Map(),
  };
  const first = readFrontMatter(lines, reading, read);
  readSteps(lines, first, file, read);
  return read;
}

/** @returns the index of the first line after the front matter */
function readFrontMatter(lines: string[], reading: Reading, read: ReadProse): number {
  const end = lines.indexOf("---", 1);
  if (lines[0] !== "---" || end < 0) {
    reading.faults.push({
      ...at(reading.file, 0),
      found: `“${lines[0] ?? ""}”`,
      expected: "front matter between two lines of ---",
    });
    return 0;
  }
  // An empty line stands for the first ---, so that lines count as in the file.
  const yaml = ["", ...lines.slice(1, end)].join("\n");
  const root = yamlRoot(yaml, reading);
  if (root !== undefined) {
    const given = frontMatter.read(root, reading);
    if (given)
      Object.assign(read.prose, { title: given.title, summary: given.summary, say: given.say ?? {} });
  }
  for (const key of Object.keys(read.prose.say)) {
    const line = lines.findIndex((each, index) => index < end && each.trimStart().startsWith(`${key}:`));
    read.places.set(`say/${key}`, { line: line + 1, column: 1 });
  }
  return end + 1;
}

function readSteps(lines: string[], first: number, file: string, read: ReadProse): void {
  let step: { id: string; prose: StepProse; text: string[]; began: number } | undefined;
  let quiz: string | undefined;
  /** Takes the indented lines that go on with an item. */
  let goesOn: ((more: string) => void) | undefined;

  const fault = (index: number, found: string, expected: string) =>
    read.faults.push({ ...at(file, index), found, expected });
  const place = (key: string, index: number) => {
    if (read.places.has(key)) fault(index, `a second “${key.split("/").at(-1)}”`, "each once");
    read.places.set(key, { line: index + 1, column: 1 });
  };
  const close = () => {
    if (!step) return;
    const markdown = step.text.join("\n");
    for (const { raw, found } of markdownFaults(markdown)) {
      const offset = markdown.slice(0, Math.max(0, markdown.indexOf(raw))).split("\n").length - 1;
      fault(step.began + offset, found, "paragraphs, lists, emphasis, code in a line, and links to https");
    }
    step.prose.html = proseHtml(markdown.trim());
    read.texts.set(step.id, markdown.trim());
    read.prose.steps[step.id] = step.prose;
  };

  for (let index = first; index < lines.length; index++) {
    const line = lines[index] ?? "";
    const title = heading.exec(line);
    if (title) {
      close();
      const [, id, headline = ""] = title;
      if (id === undefined)
        fault(index, `the heading “${headline}”`, "a step's id before it: ## id: headline");
      step = { id: id ?? `line-${index}`, prose: emptyStep(headline), text: [], began: index + 1 };
      if (id !== undefined) place(id, index);
      quiz = undefined;
      goesOn = undefined;
      continue;
    }
    if (!step) {
      if (line.trim() !== "") fault(index, `“${line.slice(0, 40)}”`, "a step's heading: ## id: headline");
      continue;
    }
    const { id, prose } = step;

    if (goesOn && /^\s+\S/.test(line)) {
      goesOn(` ${line.trim()}`);
      step.text.push("");
      continue;
    }
    goesOn = undefined;

    const asked = question.exec(line);
    const item = keyedItem.exec(line);
    const note = speakerNote.exec(line);
    if (asked) {
      const [, name, words = ""] = asked;
      if (name === undefined) fault(index, `the question “${words}”`, "its id before it: ? id: question");
      quiz = name ?? "";
      const asks = { question: words, answers: {} };
      prose.quizzes[quiz] = asks;
      place(`${id}/quiz/${quiz}`, index);
      goesOn = (more) => {
        asks.question += more;
      };
    } else if (item) {
      const [, kind, name = "", words = ""] = item;
      if (quiz !== undefined && kind === undefined) {
        place(`${id}/quiz/${quiz}/${name}`, index);
        const answers = prose.quizzes[quiz]?.answers ?? {};
        let whole = words;
        const set = () => {
          const [answer = "", ...feedback] = whole.split("|");
          answers[name] = { text: answer.trim(), feedback: feedback.join("|").trim() };
        };
        set();
        goesOn = (more) => {
          whole += more;
          set();
        };
      } else if (name === "hint" && kind === undefined) {
        const number = prose.hints.push(words) - 1;
        goesOn = (more) => {
          prose.hints[number] += more;
        };
      } else {
        const list = kind === "miss" ? prose.misses : kind === "field" ? prose.fields : prose.goals;
        place(`${id}/${kind ?? "goal"}/${name}`, index);
        list[name] = words;
        goesOn = (more) => {
          list[name] += more;
        };
      }
    } else if (note) {
      const number = prose.speaker.push(note[1] ?? "") - 1;
      while (/^>/.test(lines[index + 1] ?? "") && !speakerNote.test(lines[index + 1] ?? "")) {
        index += 1;
        prose.speaker[number] += ` ${(lines[index] ?? "").replace(/^>\s*/, "").trim()}`;
        step.text.push("");
      }
    } else {
      if (line.trim() === "") quiz = undefined;
      step.text.push(line);
      continue;
    }
    // Lines that are no text leave an empty one, so that a fault in the text finds its line.
    step.text.push("");
  }
  close();
}

function emptyStep(headline: string): StepProse {
  return { headline, html: "", goals: {}, misses: {}, hints: [], fields: {}, quizzes: {}, speaker: [] };
}

function at(file: string, index: number): { file: string } & Place {
  return { file, line: index + 1, column: 1 };
}
