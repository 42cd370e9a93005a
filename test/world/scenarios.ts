import type { Scenario, ScenarioPerson } from "../../src/world/scenario.ts";

/** A person with devices named by kind, and no script. */
export function person(id: string, at: string, parts: Partial<ScenarioPerson> = {}): ScenarioPerson {
  return {
    id,
    name: id.charAt(0).toUpperCase() + id.slice(1),
    at,
    devices: [{ name: "laptop", kind: "laptop", client: "bubbles" }],
    script: [],
    ...parts,
  };
}

/** One house, nobody in it but you, who have no account. */
export function alone(parts: Partial<Scenario> = {}): Scenario {
  return {
    servers: [{ name: "garden.example", symbol: "leaf" }],
    people: [person("you", "garden.example")],
    prepare: [],
    seed: "alone",
    latency: { device: 0, server: 0 },
    ...parts,
  };
}

/** Bo invites whoever makes an account, and answers the first word. */
export function withBo(parts: Partial<Scenario> = {}): Scenario {
  const bo = person("bo", "garden.example", {
    account: "bo",
    devices: [{ name: "phone", kind: "phone", client: "bubbles" }],
    script: [
      {
        when: { type: "account", person: "you" },
        once: true,
        after: 0,
        typing: 0,
        do: {
          type: "createRoom",
          person: "bo",
          as: "chat",
          preset: "trusted_private_chat",
          direct: true,
          invite: ["you"],
        },
      },
      {
        when: { type: "message", in: "chat", from: "you" },
        once: true,
        after: 20,
        typing: 50,
        do: { type: "send", person: "bo", in: "chat", say: "bo-glad" },
      },
    ],
  });
  return alone({ people: [person("you", "garden.example"), bo], seed: "with bo", ...parts });
}

export const say = { "bo-glad": "You made it!" };
