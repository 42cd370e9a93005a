import { expect } from "chai";
import { closeWorlds, isTrue, openTestWorld, until } from "./open-worlds.ts";
import { alone, withBo } from "./scenarios.ts";

describe("A simulated world", () => {
  afterEach(closeWorlds);

  it("makes an account by real requests", async () => {
    const world = await openTestWorld(alone());
    const result = await world.act({ type: "signUp", person: "you", name: "zoe", password: "a b c d e f g" });
    expect(result).to.deep.equal({ ok: true, user: "@zoe:garden.example" });
    expect(isTrue(world, { type: "account", person: "you" })).to.equal(true);
    expect(isTrue(world, { type: "exchange", path: "/register", status: 200 })).to.equal(true);
    expect(world.place).to.equal("worker");
  });

  it("plays from the account to Bo's answer", async () => {
    const world = await openTestWorld(withBo());
    await world.act({ type: "signUp", person: "you", name: "zoe", password: "a b c d e f g" });
    await until(world, { type: "member", of: "chat", person: "you", membership: "invite" });
    expect(await world.act({ type: "join", person: "you", room: "chat" })).to.include({ ok: true });
    expect(await world.act({ type: "send", person: "you", in: "chat", text: "Hi Bo" })).to.include({
      ok: true,
    });
    await until(world, { type: "shown", person: "bo", in: "chat", from: "you", text: "hi bo" });
    await until(world, { type: "shown", person: "you", in: "chat", from: "bo", text: "You made it!" });
  });

  it("lets nobody begin their script who is held, also after a restore, until they are released", async () => {
    const world = await openTestWorld(withBo());
    world.holdScripts();
    await world.act({ type: "signUp", person: "you", name: "zoe", password: "a b c d e f g" });
    await world.restore(await world.checkpoint("held"));
    await world.act({ type: "setDisplayName", person: "you", name: "Zoe" });
    await until(world, { type: "displayName", person: "you", is: "Zoe" });
    const actions = world.log
      .entries()
      .flatMap((entry) => (entry.type === "action" ? [entry.action.type] : []));
    expect(actions).to.not.include("createRoom");
    world.releaseScripts();
    await until(world, { type: "member", of: "chat", person: "you", membership: "invite" });
  });
});
