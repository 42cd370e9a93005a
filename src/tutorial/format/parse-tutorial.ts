import { LineCounter, type Node } from "yaml";
import type { Condition } from "../../world/condition.ts";
import { parsePlaceholder, placeholderPattern } from "../placeholder.ts";
import type { Miss, Tutorial } from "../tutorial.ts";
import { nearest, oneOfWords, type TutorialFault } from "./fault.ts";
import { Reading, type Reference, type ReferenceKind } from "./reading.ts";
import { tutorialShape } from "./tutorial-shape.ts";
import { yamlRoot } from "./yaml-root.ts";

/** A tutorial's logic as read from its file. With faults there may be no tutorial. */
export type ReadTutorial = {
  tutorial: Tutorial | undefined;
  faults: TutorialFault[];
  /** Keys of the prose's `say` that the logic uses, each with its place. */
  says: { key: string; fault(found: string, expected: string): TutorialFault }[];
};

/** Reads tutorial.yaml and checks it in itself: its shape, and that every name refers to something. */
export function parseTutorial(text: string, file: string): ReadTutorial {
  const lines = new LineCounter();
  const reading = new Reading(file, lines);
  const root = yamlRoot(text, reading, true);
  if (root === undefined) return { tutorial: undefined, faults: reading.faults, says: [] };
  const read = tutorialShape.read(root, reading);
  checkNames(reading);
  const tutorial = read && {
    ...read,
    steps: read.steps.map((step) => ({ ...step, misses: step.misses.map(freshly) })),
  };
  if (tutorial && !tutorial.scenario.people.some(({ id }) => id === "you")) {
    reading.fault(root, "no person “you”", "the learner among the scenario's people");
  }
  const says = reading.references
    .filter(({ kind }) => kind === "say")
    .map(({ name, node }) => {
      const { line, col } = lines.linePos(node.range?.[0] ?? 0);
      return {
        key: name,
        fault: (found: string, expected: string) => ({ file, line, column: col, found, expected }),
      };
    });
  reading.faults.sort((one, other) => one.line - other.line || one.column - other.column);
  return { tutorial: reading.faults.length === 0 ? tutorial : undefined, faults: reading.faults, says };
}

/** A near miss is something that the learner did now: its first condition counts since the last look. */
function freshly(miss: Miss): Miss {
  return { ...miss, condition: fresh(miss.condition) };
}
function fresh(condition: Condition): Condition {
  switch (condition.type) {
    case "any":
      return { ...condition, of: condition.of.map(fresh) };
    case "all":
    case "inOrder":
      return { ...condition, of: condition.of.map((each, index) => (index === 0 ? fresh(each) : each)) };
    case "not":
      return condition;
    default:
      return condition.after ? condition : { ...condition, since: "look" };
  }
}

const what: Record<ReferenceKind, string> = {
  person: "a person of the scenario",
  user: "a person of the scenario, or a user id such as @bo:harbor.example",
  room: "a room that some createRoom makes `as`",
  host: "a server of the scenario, or a device such as you/phone",
  device: "a device of the scenario",
  goal: "a goal of this step that comes before",
  field: "a field that this step's views list under addresses",
  quiz: "a quiz of this step",
  answer: "an answer of this step's quiz",
  server: "a server of the scenario",
  step: "a step",
  miss: "a near miss",
  say: "",
  text: "",
};

function checkNames(reading: Reading): void {
  const declared = (kind: ReferenceKind, scope?: string): string[] =>
    reading.declared
      .filter((each) => each.kind === kind && (scope === undefined || each.scope === scope))
      .map((each) => each.name);
  const people = declared("person");
  const servers = declared("server");
  const devices = declared("device");
  const hosts = [
    ...servers,
    ...people,
    ...people.flatMap((person) => devices.map((device) => `${person}/${device}`)),
  ];

  for (const reference of reading.references) {
    const { kind, name, node, scope } = reference;
    let known: string[];
    switch (kind) {
      case "say":
        continue;
      case "text":
        checkPlaceholders(reference, people, declared("room"), reading);
        continue;
      case "user":
        if (name.startsWith("@") || name.includes("{")) continue;
        known = people;
        break;
      case "room":
        if (/^[!#]/.test(name)) continue;
        known = declared("room");
        break;
      case "host":
        known = hosts;
        break;
      case "goal":
        known = reading.declared
          .filter((each) => each.kind === "goal" && each.scope === scope && endsBefore(each.node, node))
          .map((each) => each.name);
        break;
      case "field":
      case "quiz":
      case "answer":
        known = declared(kind, scope);
        break;
      default:
        known = declared(kind);
    }
    if (known.includes(name)) continue;
    const meant = nearest(name, known);
    const choices = known.length > 0 && known.length <= 8 ? ` (${oneOfWords(known)})` : "";
    reading.fault(node, `“${name}”`, `${what[kind]}${choices}${meant ? `; did you mean ${meant}?` : ""}`);
  }
  checkTwice(reading);
}

function endsBefore(one: Node, other: Node): boolean {
  return (one.range?.[1] ?? 0) <= (other.range?.[0] ?? 0);
}

function checkPlaceholders(
  { name, node, scope }: Reference,
  people: string[],
  rooms: string[],
  reading: Reading,
): void {
  for (const [whole, inside = ""] of name.matchAll(placeholderPattern)) {
    const placeholder = parsePlaceholder(inside);
    const isKnown =
      placeholder &&
      (placeholder.kind === "room" ? rooms.includes(placeholder.room) : people.includes(placeholder.person));
    // Scripts are the world's, which knows no placeholders.
    if (scope === "") reading.fault(node, whole, "plain text: placeholders stand in steps only");
    else if (!isKnown) reading.fault(node, whole, "a placeholder such as {you}, {bo.server} or {room.chat}");
  }
}

function checkTwice(reading: Reading): void {
  const seen = new Set<string>();
  for (const { kind, name, node, scope } of reading.declared) {
    if (kind === "room" || kind === "device" || kind === "answer") continue;
    const key = `${kind} ${scope} ${name}`;
    if (seen.has(key)) reading.fault(node, `a second “${name}”`, "another id");
    seen.add(key);
  }
}
