/** A tutorial of one step to begin with: it passes the check and plays. */
export function newTutorial(id: string): string {
  return `# yaml-language-server: $schema=../../public/tutorial.schema.json
id: ${id}
version: 1
course: everyone
level: first-steps
minutes: 5
roles: # who plays them in a real world
  you: { real: account }
  bo: { real: friend }

scenario:
  servers:
    - { name: garden.example, symbol: leaf }
  people:
    - { id: you, at: garden.example, device: laptop } # no account yet
    - id: bo
      at: garden.example
      account: bo
      device: phone
      script:
        - when: { account: { person: you } }
          once: true
          after: 1s
          do: { createRoom: { as: chat, preset: trusted_private_chat, direct: true, invite: [you] } }

steps:
  - id: begin
    views: { chat: [you] }
    goals:
      - id: account
        account: { person: you }
        solution: [{ signUp: { person: you, name: zoe, password: paper-lantern-42 } }]
      - id: joined
        member: { of: chat, person: you, membership: join }
        solution:
          - wait: { member: { of: chat, person: you, membership: [invite, join] } }
          - join: { person: you, room: chat }
    misses:
      - id: taken
        exchange: { path: /register, errcode: M_USER_IN_USE }
        example: [{ signUp: { person: you, name: bo, password: paper-lantern-42 } }]
`;
}

/** Its words. */
export function newProse(id: string): string {
  return `---
title: ${id.charAt(0).toUpperCase()}${id.slice(1).replaceAll("-", " ")}
summary: What the learner has done in the end, in one sentence.
---

## begin: A question, or a claim

At most 80 words. Say what there is to see, and what there is to do. Plain words first, the **word of the
specification** second, in bold, once.

- account: You have an account at {you.server}
- joined: You are in Bo's room
- miss taken: Somebody at this house has that name already. Try another.
- hint: The form is on the laptop.

> speaker: What to ask the room before this step.
`;
}

/** The test that plays it. */
export function newProof(id: string): string {
  return `import { proveTutorial } from "./prove-tutorial.ts";

proveTutorial(${JSON.stringify(id)});
`;
}
