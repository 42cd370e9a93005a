import { expect } from "chai";
import { recordTrial } from "../../../src/world/recorded/recorded-trial.ts";

describe("A recorded trial", () => {
  it("is over at its end, and knows by then who is at each device", async () => {
    const { world, result } = await recordTrial("7");
    const sessions = () =>
      [...world.log.entries()].flatMap((entry) =>
        entry.type === "client-fact" && entry.fact.type === "session"
          ? [[entry.host, (entry.fact.session as { user: string }).user]]
          : [],
      );
    expect(world.clock.isOver).to.equal(false);
    expect(sessions()).to.deep.equal([]);
    world.clock.leap(Number.POSITIVE_INFINITY);
    expect(world.clock.isOver).to.equal(true);
    const people = result.scene.people.map(({ name, home, device }) => [device, `@${name}:${home}`]);
    expect(sessions()).to.have.deep.members(people);
  });
});
