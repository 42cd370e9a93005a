import type { Action } from "../world/action.ts";
import type { Condition } from "../world/condition.ts";
import type { Scenario } from "../world/scenario.ts";

/** Which views a step shows. `chat` lists people or hosts (`you`, `you/phone`) whose devices are side by side. */
export type StepViews = {
  chat?: string[];
  network?: boolean;
  /** The room graph: of the room that has most, or of the room with this role. */
  graph?: boolean | string;
  /** The desk where this server edits events and sends them as its own. */
  forge?: string;
  inspector?: boolean;
  log?: boolean;
  time?: boolean;
  addresses?: string[];
  /** Chairs side by side: people or devices, servers, and `line` for whoever listens on the cable. */
  chairs?: string[];
  /** Everybody's keys; a part of them first, where it is named. */
  keys?: boolean | KeysPart;
};

/** Parts of the keys view: identities and devices, what is kept where, message keys, one-time keys. */
export type KeysPart = "people" | "kept" | "message-keys" | "one-time";

/** A part of a solution: something to do, or something to wait for. */
export type SolutionPart = Action | { type: "wait"; for: Condition };

export type Goal = {
  id: string;
  condition: Condition;
  /** Must hold at the end too; other goals stay met once met. */
  hold: boolean;
  solution: SolutionPart[];
};

export type Miss = {
  id: string;
  /** What it is near to: once that goal is met it has no words any more. Without it, once all are. */
  goal?: string;
  condition: Condition;
  /** How one comes to it, from the step's beginning: for the proof that its words appear. */
  example: SolutionPart[];
};

export type Quiz = { id: string; answers: string[]; right: string };

export type Step = {
  id: string;
  views: StepViews;
  /** World time per real time at the step's start. */
  speed: number;
  /** What happens by itself before the step begins: a field is filled, a device comes in, a server stops. */
  start: Action[];
  goals: Goal[];
  misses: Miss[];
  quizzes: Quiz[];
};

/** A tutorial's logic, checked and compiled from its YAML. No prose. */
export type Tutorial = {
  id: string;
  version: number;
  course: string;
  level: "first-steps" | "everyday" | "under-the-hood";
  minutes: number;
  /** Who plays each role in a real world. */
  roles: Record<string, { real: "account" | "second-account" | "friend" | "nobody"; optional: boolean }>;
  scenario: Scenario;
  steps: Step[];
};

/** A step's words: sanitised HTML where it says so, plain text otherwise. Roles stand as `{you}`. */
export type StepProse = {
  headline: string;
  /** Sanitised HTML. Addresses in it are `<homeroom-address>` elements or role placeholders to be filled. */
  html: string;
  goals: Record<string, string>;
  misses: Record<string, string>;
  hints: string[];
  /** What the fields of the address view are called. */
  fields: Record<string, string>;
  quizzes: Record<string, { question: string; answers: Record<string, { text: string; feedback: string }> }>;
  speaker: string[];
  /** The language of these words, where they are not translated yet. */
  fallback?: string;
};

/** A tutorial's words in one language. */
export type Prose = {
  language: string;
  title: string;
  summary: string;
  /** What people in the scene, and solutions, say. */
  say: Record<string, string>;
  steps: Record<string, StepProse>;
};
