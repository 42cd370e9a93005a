import { expect } from "chai";
import type { Scenario } from "../../src/world/scenario.ts";
import { shownTexts } from "./chat-state.ts";
import { closeWorlds, isTrue, openTestWorld, until } from "./open-worlds.ts";
import { alone, person } from "./scenarios.ts";

/** You and Bo have accounts at one server, and a room where everything is encrypted. */
function secretly(parts: Partial<Scenario> = {}): Scenario {
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

const marker = "the harbour at noon";

describe("An encrypted room", () => {
  afterEach(closeWorlds);

  it("opens a message at the other device, and at no server", async () => {
    const world = await openTestWorld(secretly());
    expect(isTrue(world, { type: "encrypted", in: "chat" })).to.equal(true);
    const sent = await world.act({ type: "send", person: "you", in: "chat", text: marker });
    expect(sent).to.have.property("ok", true);
    await until(world, { type: "shown", person: "bo", from: "you", text: marker });
    expect(shownTexts(world, "bo/laptop")).to.include(marker);
    const { data } = await world.checkpoint("here");
    expect(JSON.stringify((data as { contents: unknown }).contents)).not.to.include(marker);
    const told = world.log.entries().filter((entry) => JSON.stringify(entry).includes(marker));
    expect(
      told.map(({ type }) => type).filter((type) => type !== "action" && type !== "client-fact"),
    ).to.deep.equal([]);
  });
});
