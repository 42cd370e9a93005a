/** A small tutorial as its author writes it. Lines of it are replaced by tests. */
export const writtenLogic = `id: small
version: 1
course: everyone
level: first-steps
minutes: 3
roles:
  you: { real: account }
  bo: { real: friend, optional: true }
scenario:
  servers:
    - { name: garden.example, symbol: leaf }
  latency: { device: 20ms }
  people:
    - { id: you, at: garden.example, device: laptop }
    - id: bo
      at: garden.example
      account: bo
      device: { name: phone, client: lines }
      script:
        - when: { account: { person: you } }
          once: true
          after: 1.5s
          typing: 2m
          do: { createRoom: { as: chat, invite: [you] } }
steps:
  - id: begin
    views: { chat: [you, bo/phone], addresses: [who] }
    clock: { speed: 0.5 }
    start: [{ writeAddress: { field: who, text: "@bo" } }]
    goals:
      - id: account
        account: { person: you }
        solution: [{ signUp: { person: you, name: zoe, password: paper } }]
      - id: wrote
        message: { in: chat, from: you, after: account }
        hold: true
        solution:
          - wait: { member: { of: chat, person: you, membership: [invite, join] } }
          - send: { person: you, in: chat, say: hello }
      - id: which
        quiz: { answers: [a, b], right: b }
        solution: [{ answer: { quiz: which, with: b } }]
    misses:
      - id: taken
        goal: account
        exchange: { path: /register, errcode: M_USER_IN_USE }
        example: [{ signUp: { person: you, name: bo, password: paper } }]
      - id: elsewhere
        example: [{ createRoom: { person: you, as: own } }, { send: { person: you, in: own, text: hello } }]
        all:
          - message: { from: you, notIn: chat }
          - not: { message: { in: chat, from: you } }
`;

/** Its words. */
export const writtenProse = `---
title: Small
summary: A small one.
say:
  hello: Hello, Bo.
---

## begin: A start

You live at {you.server}. Write to @bo:garden.example, **please**.

- account: You have an account at {you.server}
- wrote: You wrote
- field who: Bo's
  address
- miss taken: Taken.
- miss elsewhere: Bo is not there.
- hint: First hint.
- hint: Second hint,
  over two lines.

? which: A or b?
- a: This one | No.
- b: That one | Yes | indeed.

> speaker: Say this.
> And this.
`;
