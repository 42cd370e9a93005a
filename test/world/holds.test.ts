import { expect } from "chai";
import type { Condition, Since } from "../../src/world/condition.ts";
import { holds } from "../../src/world/condition.ts";
import { becameTrue } from "../../src/world/holds.ts";
import { type Observation, observationFold } from "../../src/world/observation.ts";
import type { Bindings } from "../../src/world/world.ts";

const bindings: Bindings = {
  rooms: { chat: "!chat", other: "!other" },
  people: {
    you: { user: "@zoe:garden.example", name: "You", server: "garden.example" },
    bo: { user: "@bo:garden.example", name: "Bo", server: "garden.example" },
    cy: { name: "Cy", server: "garden.example" },
  },
};

function seen(parts: Partial<Observation>): Observation {
  return { ...observationFold.initial, ...parts };
}

function message(sequence: number, room: string, from: "you" | "bo", text = "Hello") {
  return { sequence, room, event: `$${sequence}`, sender: bindings.people[from]!.user!, text };
}

const noStep: Since = { step: 0, goals: {} };
const fromYou: Condition = { type: "message", in: "chat", from: "you" };
const fromBo: Condition = { type: "message", in: "chat", from: "bo" };

describe("A condition", () => {
  const observation = seen({
    messages: [
      message(10, "!chat", "you"),
      message(20, "!chat", "bo", "Good morning"),
      message(30, "!other", "you"),
    ],
    members: { "!chat": { "@bo:garden.example": { sequence: 5, membership: "join" } } },
    devices: {
      "you/laptop": { sequence: 3, person: "you", device: "laptop", signedIn: true, lost: false },
      "you/phone": { sequence: 8, person: "you", device: "phone", signedIn: true, lost: false },
    },
    exchanges: [
      {
        sequence: 7,
        id: 1,
        from: "you/laptop",
        to: "garden.example",
        method: "PUT",
        path: "/_matrix/client/v3/rooms/!chat/send/m.room.message/1",
        status: 200,
      },
    ],
    links: [{ sequence: 6, between: ["garden.example", "you/laptop"], cut: true }],
  });

  const truths: [name: string, condition: Condition, at: number | undefined][] = [
    ["finds a message by room and sender", fromYou, 10],
    ["finds a message by its words, in any case", { type: "message", text: "MORNING" }, 20],
    ["finds a message elsewhere", { type: "message", from: "you", notIn: "chat" }, 30],
    ["knows no message of who has no account", { type: "message", from: "cy" }, undefined],
    ["reads memberships", { type: "member", of: "chat", person: "bo", membership: ["invite", "join"] }, 5],
    ["counts devices", { type: "signedIn", person: "you", count: 2 }, 8],
    ["counts no more devices than there are", { type: "signedIn", person: "you", count: 3 }, undefined],
    ["matches exchanges by parts of the path", { type: "exchange", path: "/rooms/*/send/", from: "you" }, 7],
    ["tells methods apart", { type: "exchange", path: "/send/", method: "GET" }, undefined],
    ["finds links either way round", { type: "link", between: ["you", "garden.example"], cut: true }, 6],
    ["is true of all when the last is", { type: "all", of: [fromYou, fromBo] }, 20],
    ["is true of any when the first is", { type: "any", of: [fromBo, fromYou] }, 10],
    ["is in order", { type: "inOrder", of: [fromYou, fromBo] }, 20],
    ["is not in the other order", { type: "inOrder", of: [fromBo, fromYou] }, undefined],
    ["is not what is", { type: "not", of: fromYou }, undefined],
    ["is not what is not", { type: "not", of: { type: "message", from: "cy" } }, 0],
  ];
  for (const [name, condition, at] of truths) {
    it(name, () => {
      expect(becameTrue(condition, observation, bindings, noStep)).to.equal(at);
      expect(holds(condition, observation, bindings, noStep)).to.equal(at !== undefined);
    });
  }

  it("counts only what came after a goal, or in the step", () => {
    const after: Condition = { ...fromBo, after: "wrote" };
    expect(holds(after, observation, bindings, noStep)).to.equal(false);
    expect(holds(after, observation, bindings, { step: 0, goals: { wrote: 10 } })).to.equal(true);
    expect(holds(after, observation, bindings, { step: 0, goals: { wrote: 20 } })).to.equal(false);
    const inStep: Condition = { ...fromBo, since: "step" };
    expect(holds(inStep, observation, bindings, { step: 20, goals: {} })).to.equal(true);
    expect(holds(inStep, observation, bindings, { step: 21, goals: {} })).to.equal(false);
  });

  it("becomes true anew with each new message, and not by what has not happened", () => {
    const again = seen({ messages: [message(10, "!chat", "you"), message(40, "!chat", "you")] });
    expect(becameTrue(fromYou, again, bindings, noStep, 10)).to.equal(40);
    expect(becameTrue(fromYou, again, bindings, noStep, 40)).to.equal(undefined);
    const quiet: Condition = { type: "all", of: [fromYou, { type: "not", of: fromBo }] };
    expect(becameTrue(quiet, again, bindings, noStep)).to.equal(10);
    expect(becameTrue(quiet, again, bindings, noStep, 10)).to.equal(40);
    expect(becameTrue(quiet, again, bindings, noStep, 40)).to.equal(undefined);
  });
});
