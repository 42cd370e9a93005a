import type { Goal, Step, Tutorial } from "../../src/tutorial/tutorial.ts";

/** A goal that is met by an answer, the plainest thing that a learner can do. */
export function madeGoal(id: string, more: Partial<Goal> = {}): Goal {
  return {
    id,
    condition: { type: "account", person: "you" },
    hold: false,
    solution: [{ type: "signUp", person: "you", name: "zoe", password: "paper" }],
    ...more,
  };
}

export function madeStep(id: string, more: Partial<Step> = {}): Step {
  return {
    id,
    views: { chat: ["you"] },
    speed: 1,
    start: [],
    goals: [madeGoal("done")],
    misses: [],
    quizzes: [],
    ...more,
  };
}

export function madeTutorial(steps: Step[]): Tutorial {
  return {
    id: "made",
    version: 2,
    course: "everyone",
    level: "first-steps",
    minutes: 1,
    roles: { you: { real: "account", optional: false } },
    scenario: {
      servers: [{ name: "garden.example", symbol: "leaf" }],
      people: [
        {
          id: "you",
          name: "You",
          at: "garden.example",
          devices: [{ name: "laptop", kind: "laptop", client: "bubbles" }],
          script: [],
        },
      ],
      prepare: [],
      seed: "made",
      latency: { device: 0, server: 0 },
    },
    steps,
  };
}
