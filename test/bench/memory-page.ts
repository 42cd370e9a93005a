// The page of the memory's bench: a world that two people fill with messages, and every view that folds its log.
import { devicesFold } from "../../src/app/late-devices.ts";
import { chairsFold } from "../../src/elements/chairs/chairs-fold.ts";
import { chatFold } from "../../src/elements/chat/chat-fold.ts";
import { graphFold } from "../../src/elements/graph/graph-fold.ts";
import { inspectorFold } from "../../src/elements/inspector/inspector-fold.ts";
import { keysFold } from "../../src/elements/keys/keys-fold.ts";
import { logFold } from "../../src/elements/log/log-fold.ts";
import { networkFold } from "../../src/elements/network/network-fold.ts";
import { timeFold } from "../../src/elements/time/time-fold.ts";
import type { Fold } from "../../src/simulation/log.ts";
import { noGoalsMet } from "../../src/tutorial/goals-status.ts";
import { watchGoals } from "../../src/tutorial/goals-watch.ts";
import type { Step } from "../../src/tutorial/tutorial.ts";
import { observationFold } from "../../src/world/observation.ts";
import { openWorld } from "../../src/world/open-world.ts";
import type { SimulatedWorld } from "../../src/world/simulated-world.ts";
import { alone, person } from "../world/scenarios.ts";

let world: SimulatedWorld;
let said = 0;
/** How often a client has let the beginning of its timeline go. */
let timelineCuts = 0;

const folds: Fold<unknown>[] = [
  chatFold("you/laptop"),
  chatFold("bo/laptop"),
  ...[
    chairsFold,
    devicesFold,
    graphFold,
    inspectorFold,
    keysFold,
    logFold,
    networkFold,
    observationFold,
    timeFold,
  ],
] as Fold<unknown>[];

/** A goal that is never met, so that it is held against the world at each entry. */
const step = {
  goals: [{ id: "never", condition: { type: "message", text: "Never said" } }],
  misses: [],
  quizzes: [],
} as unknown as Step;

/** Two people in one room. */
async function begin(): Promise<void> {
  const people = [
    person("you", "garden.example", { account: "zoe" }),
    person("bo", "garden.example", { account: "bo" }),
  ];
  const scenario = alone({ people });
  const opened = await openWorld({ tutorialId: "bench", scenario, say: {}, storage: "memory" });
  world = opened.world;
  if (world.place !== "worker") throw new Error("The worker took too long to start");
  await world.act({ type: "createRoom", person: "you", as: "chat", name: "Crowd", invite: ["bo"] });
  await world.act({ type: "join", person: "bo", room: "chat" });
  watchGoals({ world, step, since: world.log.length, goals: noGoalsMet, changed: () => undefined });
  world.log.subscribe((entries) => {
    for (const entry of entries)
      if (entry.type === "client-fact" && entry.fact.type === "timeline-cut") timelineCuts += 1;
  });
  foldAll();
}

/**
 * So many more messages, from both; and some more, until both timelines and then the log have let go what is old, so
 * that they are as full each time. Answers with how many there are.
 */
async function say(count: number): Promise<number> {
  for (let at = 0; at < count; at += 1) await sayOne();
  const cuts = timelineCuts;
  while (timelineCuts < cuts + 2) await sayOne();
  const { oldest } = world.log;
  while (world.log.oldest === oldest) await sayOne();
  foldAll();
  return said;
}

async function sayOne(): Promise<void> {
  const text = `${said} Who brings the tea?`;
  await world.act({ type: "send", person: said % 2 ? "bo" : "you", in: "chat", text });
  said += 1;
  if (said % 50 === 0) foldAll();
}

function foldAll(): void {
  for (const fold of folds) world.log.fold(fold);
}

/** How much is in the log. */
function log(): { entries: number; bytes: number } {
  const entries = world.log.entries();
  return { entries: entries.length, bytes: JSON.stringify(entries).length };
}

/** What the bench does with this page. */
export type MemoryBench = typeof bench;

const bench = { begin, say, log };
Object.assign(window, { bench });
