import type { Prose, Tutorial } from "../tutorial/tutorial.ts";
import type { CourseIndex } from "./course-index.ts";

/** Stands in until the compiled tutorials are there. */
const you = {
  id: "you",
  name: "You",
  at: "garden.example",
  devices: [{ name: "laptop", kind: "laptop", client: "bubbles" }],
  script: [],
} as const;

export const tutorial: Tutorial = {
  id: "hello",
  version: 1,
  course: "everyone",
  level: "first-steps",
  minutes: 5,
  roles: { you: { real: "account", optional: false } },
  scenario: {
    servers: [{ name: "garden.example", symbol: "leaf" }],
    people: [{ ...you, devices: [...you.devices], script: [] }],
    prepare: [],
    seed: "hello",
    latency: { device: 40, server: 80 },
  },
  steps: [
    {
      id: "name",
      views: { chat: ["you"] },
      speed: 1,
      goals: [
        {
          id: "account",
          condition: { type: "account", person: "you" },
          hold: false,
          solution: [{ type: "signUp", person: "you", name: "zoe", password: "made-up" }],
        },
      ],
      misses: [],
      quizzes: [],
    },
    {
      id: "write",
      views: { chat: ["you"], network: true, time: true, inspector: true },
      speed: 1,
      goals: [{ id: "account", condition: { type: "account", person: "you" }, hold: false, solution: [] }],
      misses: [],
      quizzes: [],
    },
  ],
};

export const prose: Prose = {
  language: "en",
  title: "Say hello",
  summary: "An account, a friend, a first message. No phone number, no e-mail address.",
  say: {},
  steps: {
    name: {
      headline: "Pick a name. That is all.",
      html: "<p>This laptop is yours. The house with the leaf is a <strong>homeserver</strong>: a computer that keeps messages for the people who live there. You can live there too.</p><p>Choose a name. Nobody asks for a phone number. Nobody asks for an e-mail address.</p>",
      goals: { account: "You have an account at garden.example" },
      misses: {},
      hints: ["The form is on the laptop, on the right."],
      quizzes: {},
      speaker: [],
    },
    write: {
      headline: "Bo is waiting for you",
      html: "<p>Bo lives in the same house, and has invited you to a chat. Go in, and write something.</p>",
      goals: { account: "You are in the room" },
      misses: {},
      hints: [],
      quizzes: {},
      speaker: [],
    },
  },
};

export const courseIndex: CourseIndex = [
  {
    id: "everyone",
    title: "Matrix for everyone",
    summary: "",
    tutorials: [
      {
        id: "hello",
        minutes: 5,
        title: prose.title,
        summary: prose.summary,
        steps: tutorial.steps.map(({ id }) => ({ id, headline: prose.steps[id]!.headline })),
      },
      {
        id: "client-and-server",
        minutes: 7,
        title: "Client and server",
        summary: "One account on two devices. Throw one away and see what is left.",
        steps: [{ id: "a", headline: "A" }],
      },
      {
        id: "addresses",
        minutes: 8,
        title: "Addresses",
        summary: "Take addresses apart, build them, mend broken ones.",
        steps: [{ id: "a", headline: "A" }],
      },
    ],
  },
];
