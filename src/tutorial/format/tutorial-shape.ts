import { isMap, isScalar, isSeq } from "yaml";
import type { ScenarioDevice, ScenarioPerson, ScriptLine } from "../../world/scenario.ts";
import type { Goal, KeysPart, Miss, Quiz, Step, StepViews, Tutorial } from "../tutorial.ts";
import { actionOf, solutionPart } from "./action-shapes.ts";
import { condition, conditionWords } from "./condition-shapes.ts";
import { oneOf } from "./federation-shapes.ts";
import { keyed } from "./keyed-shapes.ts";
import { list, oneOrMore } from "./list-shapes.ts";
import { object, optional, record, required } from "./object-shapes.ts";
import type { Reading } from "./reading.ts";
import { host, room } from "./reference-shapes.ts";
import { choice, duration, name, number, text, truth } from "./scalar-shapes.ts";
import { describe, map, type Shape } from "./shape.ts";

/** Milliseconds one way, where a scenario says nothing: long enough to be seen on the map, short enough to chat. */
const defaultLatency = { device: 60, server: 150 };
const minute = 60_000;

export const idPattern = /^[a-z][a-z0-9]*(-[a-z0-9]+)*$/;
const id = text("an id of small letters, digits and -", idPattern);
const serverName = name(
  "server",
  "a server's name such as garden.example",
  true,
  /^[a-z0-9]([a-z0-9.-]*[a-z0-9])?(:\d+)?$/,
);

const server = object({
  name: required(serverName),
  symbol: required(
    choice("leaf", "anchor", "tower", "sun", "wave", "mountain", "star", "bell", "key", "moon"),
  ),
  roomVersion: optional(
    text("a room version in quotes"),
    "The version of rooms made there; the newest where absent.",
  ),
});

const kind = choice("laptop", "phone", "tablet");
const manner = choice("bubbles", "lines");
const deviceName = name("device", "a device's name of small letters, digits and -", true, idPattern);
const deviceObject = object({
  name: required(deviceName),
  kind: optional(kind, "What it looks like; its name where absent."),
  client: optional(manner, "How its client shows chats; bubbles where absent."),
});

const device: Shape<ScenarioDevice> = {
  expected: "a device's name, or { name, kind, client }",
  schema: (definitions) => ({ anyOf: [deviceName.schema(definitions), deviceObject.schema(definitions)] }),
  read(node, reading) {
    const given = isMap(node) ? deviceObject.read(node, reading) : named(deviceName.read(node, reading));
    if (!given) return undefined;
    const known = (["laptop", "phone", "tablet"] as const).find((each) => each === given.name);
    return { name: given.name, kind: given.kind ?? known ?? "laptop", client: given.client ?? "bubbles" };
  },
};

function named(
  of: string | undefined,
): { name: string; kind?: ScenarioDevice["kind"]; client?: ScenarioDevice["client"] } | undefined {
  return of === undefined ? undefined : { name: of };
}

function scriptLine(owner: string): Shape<ScriptLine> {
  return map(
    object({
      when: required(condition),
      once: optional(truth, "Happens once; otherwise each time that it becomes true anew."),
      after: optional(duration, "How long it waits."),
      typing: optional(duration, "How long it is shown typing."),
      do: required(actionOf(owner)),
    }),
    (line) => ({
      when: line.when,
      once: line.once ?? false,
      after: line.after ?? 0,
      typing: line.typing ?? 0,
      do: line.do,
    }),
  );
}

/** The script's lines are the person's own, so the person's id is read first. */
const person: Shape<ScenarioPerson> = {
  expected: "a person",
  schema: (definitions) => personFields("someone").schema(definitions),
  read(node, reading) {
    const own = isMap(node) ? node.get("id") : undefined;
    const given = personFields(typeof own === "string" ? own : "").read(node, reading);
    if (!given) return undefined;
    const devices = given.device === undefined ? [] : [given.device].flat();
    return {
      id: given.id,
      name: given.name ?? given.id.charAt(0).toUpperCase() + given.id.slice(1),
      at: given.at,
      ...(given.account !== undefined && { account: given.account }),
      devices: devices.length > 0 ? devices : [{ name: "laptop", kind: "laptop", client: "bubbles" }],
      script: given.script ?? [],
    };
  },
};

function personFields(owner: string) {
  return object({
    id: required(name("person", "a role's id", true, idPattern)),
    name: optional(text("the name as shown"), "The name as shown; the id with a capital where absent."),
    at: required(
      name("server", "a server of the scenario"),
      "The homeserver where the person lives, or will.",
    ),
    account: optional(
      text("a user name"),
      "The name of an account that exists from the start; absent: none yet.",
    ),
    device: optional(oneOrMore(device)),
    script: optional(list(scriptLine(owner))),
  });
}

const scenario = map(
  object({
    servers: required(list(server, "a list of servers", 1)),
    people: required(list(person, "a list of people", 1)),
    prepare: optional(
      list(actionOf()),
      "Rooms and words that exist from the start, made by real requests before the first step.",
    ),
    encryption: optional(truth, "Devices encrypt: the crypto, 1.4 MB, is loaded before the first step."),
    seed: optional(text("text"), "Names the run of chance; the tutorial's id where absent."),
    latency: optional(
      object({ device: optional(duration), server: optional(duration) }),
      "How long a packet takes one way.",
    ),
  }),
  (given) => ({ ...given, prepare: given.prepare ?? [], latency: { ...defaultLatency, ...given.latency } }),
);

/** `true`, or a room's role in a list, as with other views. */
const roomOfGraph = oneOf(room, "true, or [a room's role]");
/** A place to look from: a host, or `line` for whoever listens on the cable. */
const chair: Shape<string> = {
  expected: "a person, a device such as bo/phone, a server, or line",
  schema: (definitions) => ({ anyOf: [host.schema(definitions), { const: "line" }] }),
  read: (node, reading) =>
    node && isScalar(node) && node.value === "line" ? "line" : host.read(node, reading),
};

const graph: Shape<boolean | string> = {
  expected: roomOfGraph.expected,
  schema: (definitions) => ({ anyOf: [truth.schema(definitions), roomOfGraph.schema(definitions)] }),
  read: (node, reading) => (isSeq(node) ? roomOfGraph : truth).read(node, reading),
};

const keysPart: Shape<KeysPart> = choice("people", "kept", "message-keys", "one-time");
const keys: Shape<boolean | KeysPart> = {
  expected: `true, or ${keysPart.expected}`,
  schema: (definitions) => ({ anyOf: [truth.schema(definitions), keysPart.schema(definitions)] }),
  read: (node, reading) =>
    (isScalar(node) && typeof node.value === "boolean" ? truth : keysPart).read(node, reading),
};

const views: Shape<StepViews> = object(
  {
    chat: optional(
      list(host, "a list of people or devices: [you, bo/phone]"),
      "Whose devices are side by side.",
    ),
    network: optional(truth),
    chairs: optional(
      list(chair, "a list of people, devices, servers, or line"),
      "The same messages from several chairs, side by side.",
    ),
    keys: optional(keys, "Each person's keys, and who holds which message key; a part of it first."),
    graph: optional(graph, "The room graph: of the room that has most, or of a room's role."),
    inspector: optional(truth),
    log: optional(truth),
    time: optional(truth),
    forge: optional(oneOf(host, "[a server of the scenario]"), "The desk where that server edits events."),
    addresses: optional(
      list(name("field", "a field's id", true, idPattern)),
      "The fields of the address view.",
    ),
  },
  "the views that the step shows",
);

const goalFields = {
  id: required(id),
  hold: optional(truth, "Must hold at the end too; other goals stay met once met."),
  solution: required(
    list(solutionPart, "a list of actions and waits"),
    "What makes it true, after the goals before it.",
  ),
};
const goalWords = {
  ...conditionWords,
  quiz: object({
    answers: required(list(name("answer", "an answer's id", true, idPattern), "two answers or more", 2)),
    right: required(id),
  }),
};
const goalForm = keyed("a goal", goalWords, goalFields);

/** A goal, and the quiz that it asks if it is one. */
const goal: Shape<Goal & { quiz?: Quiz }> = {
  ...goalForm,
  read(node, reading) {
    // Declared even where it has faults, so that what refers to it brings no more of them.
    const own = isMap(node) ? node.get("id") : undefined;
    if (node && typeof own === "string") {
      reading.declared.push({ kind: "goal", name: own, node, scope: reading.scope });
      if (isMap(node) && node.has("quiz"))
        reading.declared.push({ kind: "quiz", name: own, node, scope: reading.scope });
    }
    const given = goalForm.read(node, reading);
    if (!given) return undefined;
    const { word, beside } = given;
    const rest = { id: beside.id, hold: beside.hold ?? false, solution: beside.solution };
    if (word.type !== "quiz") return { ...rest, condition: word };
    if (!word.answers.includes(word.right)) {
      reading.fault(
        node,
        `the right answer “${word.right}”`,
        `one of the answers ${word.answers.join(", ")}`,
      );
    }
    return {
      ...rest,
      condition: { type: "quiz", quiz: beside.id, answer: word.right },
      quiz: { id: beside.id, answers: word.answers, right: word.right },
    };
  },
};

const missFields = {
  id: required(id),
  goal: optional(
    name("goal", "the goal that it is near to"),
    "Once this goal is met, the near miss shows no words any more.",
  ),
  example: required(
    list(solutionPart, "a list of actions and waits", 1),
    "How one comes to it from the step's beginning, for the proof that its words appear.",
  ),
};
const missForm = keyed("a near miss", conditionWords, missFields);
const miss: Shape<Miss> = {
  ...missForm,
  read(node, reading) {
    const given = missForm.read(node, reading);
    if (!given || !node) return undefined;
    reading.declared.push({ kind: "miss", name: given.beside.id, node, scope: reading.scope });
    return { ...given.beside, condition: given.word };
  },
};

const stepForm = object({
  id: required(id),
  views: required(views),
  clock: optional(object({ speed: required(number("world time per real time", 0.01, 10)) })),
  start: optional(list(actionOf()), "What happens by itself before the step begins."),
  goals: required(list(goal, "a list of goals", 1)),
  misses: optional(list(miss)),
});

const step: Shape<Step> = {
  ...stepForm,
  read(node, reading) {
    const own = isMap(node) ? node.get("id") : undefined;
    reading.scope = typeof own === "string" ? own : describe(node);
    const given = stepForm.read(node, reading);
    reading.scope = "";
    if (!given || !node) return undefined;
    reading.declared.push({ kind: "step", name: given.id, node, scope: "" });
    return {
      id: given.id,
      views: given.views,
      speed: given.clock?.speed ?? 1,
      start: given.start ?? [],
      goals: given.goals.map(({ quiz: _, ...goal }) => goal),
      misses: given.misses ?? [],
      quizzes: given.goals.flatMap(({ quiz }) => quiz ?? []),
    };
  },
};

const role = object({
  real: required(
    choice("account", "second-account", "friend", "nobody"),
    "Who plays the role in a real world.",
  ),
  optional: optional(truth),
});

const tutorialForm = object({
  id: required(id),
  version: required(
    number("a whole number from 1", 1, 1e6, true),
    "Raise it when steps or goals change: saved progress then restarts at the step.",
  ),
  course: required(id),
  level: required(choice("first-steps", "everyday", "under-the-hood")),
  minutes: required(number("minutes", 1, minute, true)),
  roles: required(
    record(
      name("person", "a person of the scenario"),
      role,
      "the roles, each with who plays it in a real world",
    ),
  ),
  scenario: required(scenario),
  steps: required(list(step, "a list of steps", 1)),
});

/** The whole file tutorial.yaml. */
export const tutorialShape: Shape<Tutorial> = map(tutorialForm, (given) => ({
  ...given,
  roles: Object.fromEntries(
    Object.entries(given.roles).map(([key, { real, optional: may }]) => [
      key,
      { real, optional: may ?? false },
    ]),
  ),
  scenario: { ...given.scenario, seed: given.scenario.seed ?? given.id },
}));

export type { Reading };
