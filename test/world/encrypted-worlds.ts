import { expect } from "chai";
import type { Action } from "../../src/world/action.ts";
import type { Scenario } from "../../src/world/scenario.ts";
import type { SimulatedWorld } from "../../src/world/simulated-world.ts";
import { until } from "./open-worlds.ts";
import { alone, person } from "./scenarios.ts";

/** You and Bo have accounts, and a room where everything is encrypted. */
export function secretly(parts: Partial<Scenario> = {}): Scenario {
  return alone({
    encryption: true,
    people: [
      person("you", "garden.example", { account: "you" }),
      person("bo", "garden.example", { account: "bo" }),
    ],
    prepare: [
      {
        type: "createRoom",
        person: "you",
        as: "chat",
        preset: "trusted_private_chat",
        direct: true,
        encrypted: true,
        invite: ["bo"],
      },
      { type: "join", person: "bo", room: "chat" },
    ],
    seed: "secretly",
    ...parts,
  });
}

/** Does it, and expects that it was done. */
export async function does(world: SimulatedWorld, ...actions: Action[]): Promise<void> {
  for (const action of actions) {
    const result = await world.act(action);
    expect(result, `${action.type}: ${JSON.stringify(result)}`).to.have.property("ok", true);
  }
}

/** Does it, and gives the code of the refusal that is expected. */
export async function refusalOf(world: SimulatedWorld, action: Action): Promise<string | undefined> {
  const result = await world.act(action);
  return result.ok ? undefined : result.refusal.code;
}

/** Your phone comes into the scene and signs in. */
export async function addPhone(world: SimulatedWorld): Promise<void> {
  await does(
    world,
    { type: "addDevice", person: "you", device: "phone" },
    { type: "signIn", person: "you", device: "phone", name: "you", password: "you practises" },
  );
}

export async function setUpIdentities(world: SimulatedWorld): Promise<void> {
  await does(world, { type: "setUpIdentity", person: "you" }, { type: "setUpIdentity", person: "bo" });
  await until(world, { type: "identity", person: "bo" });
}

/** You and Bo, who have identities, ask, compare and confirm, until each trusts the other. */
export async function verifyByEmoji(world: SimulatedWorld): Promise<void> {
  await does(world, { type: "askToVerify", person: "you", user: "bo", in: "chat" });
  await until(world, { type: "verification", person: "bo", phase: "asked" });
  await does(world, { type: "acceptVerification", person: "bo" });
  await until(world, { type: "verification", person: "you", phase: "ready" });
  await does(world, { type: "compareEmoji", person: "you" });
  await until(world, { type: "verification", person: "you", phase: "comparing" });
  await until(world, { type: "verification", person: "bo", phase: "comparing" });
  await does(
    world,
    { type: "confirmVerification", person: "you" },
    { type: "confirmVerification", person: "bo" },
  );
  await until(world, { type: "personVerified", person: "bo", by: "you" });
  await until(world, { type: "personVerified", person: "you", by: "bo" });
}
