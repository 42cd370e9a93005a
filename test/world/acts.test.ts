import { expect } from "chai";
import { openWorld } from "../../src/world/open-world.ts";
import { alsoClose, closeWorlds, isTrue, openTestWorld, until } from "./open-worlds.ts";
import { alone, person, say, withBo } from "./scenarios.ts";

const password = "a b c d e f g";

describe("Acts in a world", () => {
  afterEach(closeWorlds);

  it("are refused with the field that is wrong", async () => {
    const world = await openTestWorld(withBo());
    const refusals: [name: string, secret: string, code: string, field: string][] = [
      ["bo", password, "sign-up/name-taken", "name"],
      ["Not A Name", password, "sign-up/name-invalid", "name"],
    ];
    for (const [name, secret, code, field] of refusals) {
      const result = await world.act({ type: "signUp", person: "you", name, password: secret });
      expect(result, name).to.deep.include({ ok: false });
      expect(result).to.have.property("refusal").that.includes({ code, field });
    }
    expect(isTrue(world, { type: "exchange", path: "/register", errcode: "M_USER_IN_USE" })).to.equal(true);
    const wrong = await world.act({ type: "signIn", person: "you", name: "bo", password: "wrong" });
    expect(wrong).to.have.property("refusal").that.includes({ code: "sign-in/wrong", field: "password" });
  });

  it("are refused while the network fails", async () => {
    const world = await openTestWorld(alone());
    await world.act({ type: "cutLink", between: ["you", "garden.example"] });
    const result = await world.act({ type: "signUp", person: "you", name: "zoe", password });
    expect(result).to.have.nested.property("refusal.code", "network/link-cut");
  });

  it("name what there is not", async () => {
    const world = await openTestWorld(alone());
    const code = async (act: Parameters<typeof world.act>[0]) => {
      const result = await world.act(act);
      return result.ok ? undefined : result.refusal.code;
    };
    expect(await code({ type: "join", person: "ada", room: "chat" })).to.equal("act/unknown-person");
    expect(await code({ type: "join", person: "you", device: "fridge", room: "chat" })).to.equal(
      "act/no-device",
    );
    expect(await code({ type: "join", person: "you", room: "chat" })).to.equal("act/signed-out");
    expect(await code({ type: "stopHost", host: "nowhere.example" })).to.equal("act/unknown-host");
    expect(await code({ type: "look", at: { exchange: { path: "/nothing" } } })).to.equal(
      "act/nothing-there",
    );
    await world.act({ type: "signUp", person: "you", name: "zoe", password });
    expect(await code({ type: "send", person: "you", in: "chat", text: "?" })).to.equal("act/unknown-room");
    expect(await code({ type: "signUp", person: "you", name: "zoe", password })).to.equal("act/signed-in");
    expect(await code({ type: "addDevice", person: "you", device: "laptop" })).to.equal("act/device-exists");
    expect(await code({ type: "join", person: "you", room: "!nothing:garden.example" })).to.match(/^room\//);
  });

  it("follow an address to its home", async () => {
    const world = await openTestWorld(
      alone({
        servers: [
          { name: "garden.example", symbol: "leaf" },
          { name: "harbor.example", symbol: "anchor" },
        ],
        people: [person("you", "garden.example"), person("bo", "harbor.example", { account: "bo" })],
      }),
    );
    const follow = (text: string) => world.act({ type: "openAddress", person: "you", text });
    expect(await follow("https://matrix.to/#/@bo:harbor.example")).to.deep.equal({ ok: true });
    expect(
      isTrue(world, { type: "addressOpened", kind: "user", server: "harbor.example", status: 200 }),
    ).to.equal(true);
    await follow("#nothing:harbor.example");
    expect(isTrue(world, { type: "addressOpened", kind: "alias", status: 404 })).to.equal(true);
    expect(await follow("@bo:nowhere.example")).to.have.nested.property(
      "refusal.code",
      "network/no-such-host",
    );
    expect(isTrue(world, { type: "addressOpened", server: "nowhere.example", status: 0 })).to.equal(true);
    expect(await follow("bo")).to.have.nested.property("refusal.field", "text");
  });

  it("are observed where they touch no host", async () => {
    const world = await openTestWorld(alone());
    await world.act({ type: "signUp", person: "you", name: "zoe", password });
    await world.act({ type: "look", at: { exchange: { method: "POST", path: "/register", last: true } } });
    await world.act({ type: "answer", quiz: "who", with: "server" });
    await world.act({ type: "writeAddress", field: "home", text: "matrix:u/bo:harbor.example" });
    expect(isTrue(world, { type: "looked", at: { exchange: { path: "/register" } } })).to.equal(true);
    expect(isTrue(world, { type: "looked", at: { exchange: { path: "/sync" } } })).to.equal(false);
    expect(isTrue(world, { type: "quiz", quiz: "who", answer: "server" })).to.equal(true);
    expect(
      isTrue(world, {
        type: "address",
        field: "home",
        form: "matrix-uri",
        kind: "user",
        localpart: "bo",
        server: "harbor.example",
        equals: "@bo:harbor.example",
      }),
    ).to.equal(true);
    await world.act({ type: "writeAddress", field: "home", text: "bo@harbor.example" });
    expect(isTrue(world, { type: "address", field: "home", valid: false })).to.equal(true);
  });

  it("change the name that others see", async () => {
    const world = await openTestWorld(withBo());
    await world.act({ type: "signUp", person: "you", name: "zoe", password });
    await world.act({ type: "setDisplayName", person: "you", name: "Zoë" });
    await until(world, { type: "displayName", person: "you", is: "Zoë" });
    expect(world.bindings().people.you).to.deep.equal({
      user: "@zoe:garden.example",
      name: "Zoë",
      server: "garden.example",
    });
  });

  it("are dated by the world's clock", async () => {
    const startsAt = Date.UTC(2030, 0, 1);
    const world = await openTestWorld(withBo({ startsAt }));
    await world.act({ type: "signUp", person: "you", name: "zoe", password });
    await until(world, { type: "member", of: "chat", person: "you", membership: "invite" });
    await world.act({ type: "join", person: "you", room: "chat" });
    await world.act({ type: "send", person: "you", in: "chat", text: "Happy new year" });
    await until(world, { type: "shown", person: "you", in: "chat", text: "Happy new year" });
    const times = world.log.entries().flatMap((entry) => {
      if (entry.type !== "client-fact" || entry.fact.type !== "event") return [];
      return [(entry.fact.event as { at: number }).at];
    });
    for (const at of times) expect(at - startsAt).to.be.within(0, 60_000);
  });

  it("run on the page where no worker can start", async () => {
    const { world } = await openWorld({
      tutorialId: "test",
      scenario: withBo(),
      say,
      storage: "memory",
      place: "page",
    });
    alsoClose(world);
    expect(world.place).to.equal("page");
    await world.act({ type: "signUp", person: "you", name: "zoe", password });
    await until(world, { type: "member", of: "chat", person: "you", membership: "invite" });
  });

  it("ask nobody outside", async () => {
    const before = performance.getEntriesByType("resource").length;
    const world = await openTestWorld(withBo(), { place: "page" });
    await world.act({ type: "signUp", person: "you", name: "zoe", password });
    await until(world, { type: "member", of: "chat", person: "you", membership: "invite" });
    await world.act({ type: "openAddress", person: "you", text: "@bo:nowhere.example" });
    const asked = performance.getEntriesByType("resource").slice(before);
    const outside = asked.filter(
      ({ name }) => new URL(name).origin !== location.origin && !name.startsWith("blob:"),
    );
    expect(outside.map(({ name }) => name)).to.deep.equal([]);
  });
});
