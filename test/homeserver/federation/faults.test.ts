import { expect } from "chai";
import type { JsonObject } from "../../../src/protocol/json.ts";
import { MadeNetwork, type NetworkUser } from "./made-network.ts";

async function sharedRoom(network: MadeNetwork, names: Record<string, string>) {
  const people: Record<string, NetworkUser> = {};
  for (const [name, server] of Object.entries(names)) people[name] = await network.user(name, server);
  const [first, ...others] = Object.values(people);
  const room = await first!.createRoom({ preset: "public_chat" });
  for (const person of others) {
    const joined = await person.join(room, "garden");
    expect(joined.status).to.equal(200);
  }
  return { room, people };
}

function heard(network: MadeNetwork, people: readonly NetworkUser[], room: string, texts: readonly string[]) {
  return network.until(`all hear ${texts.length}`, async () => {
    for (const person of people) if ((await person.texts(room)).length !== texts.length) return false;
    return true;
  });
}

describe("a network with faults", () => {
  it("loses nothing when a server stops and starts again", async () => {
    const network = await MadeNetwork.start(["garden", "harbor"]);
    const { room, people } = await sharedRoom(network, { ada: "garden", bo: "harbor" });
    const { ada, bo } = people as { ada: NetworkUser; bo: NetworkUser };
    await network.stop("harbor");
    await ada.send(room, "one");
    await network.pass(5000);
    await network.stop("garden");
    await network.restart("garden");
    await network.restart("harbor");
    await heard(network, [ada, bo], room, ["one"]);
    await bo.send(room, "two");
    await heard(network, [ada, bo], room, ["one", "two"]);
    expect(await bo.state(room)).to.deep.equal(await ada.state(room));
    await network.end();
  });

  it("tells nobody what a crash could lose", async () => {
    const network = await MadeNetwork.start(["garden", "harbor"], { diskLatency: 50 });
    const { room, people } = await sharedRoom(network, { ada: "garden", bo: "harbor" });
    const { ada, bo } = people as { ada: NetworkUser; bo: NetworkUser };
    const sending = ada.send(room, "lost").catch(() => "failed");
    await network.simulation.crashHost("garden.example");
    expect(await sending).to.equal("failed");
    await ada.send(room, "kept");
    await heard(network, [ada, bo], room, ["kept"]);
    await network.end();
  });

  it("goes on after crashes in the middle of a transaction", async () => {
    const network = await MadeNetwork.start(["garden", "harbor"], { diskLatency: 20 });
    const { room, people } = await sharedRoom(network, { ada: "garden", bo: "harbor" });
    const { ada, bo } = people as { ada: NetworkUser; bo: NetworkUser };
    const texts = ["a", "b", "c", "d", "e", "f"];
    for (const [index, text] of texts.entries()) {
      await ada.send(room, text);
      await network.pass(index * 7);
      await network.wait(network.simulation.crashHost(index % 2 ? "garden.example" : "harbor.example"));
    }
    await heard(network, [ada, bo], room, texts);
    expect(await bo.texts(room)).to.deep.equal(await ada.texts(room));
    await network.end();
  });

  it("brings two sides of a cut together again", async () => {
    const network = await MadeNetwork.start(["garden", "harbor", "tower"]);
    const { room, people } = await sharedRoom(network, { ada: "garden", bo: "harbor", cy: "tower" });
    const { ada, bo, cy } = people as Record<"ada" | "bo" | "cy", NetworkUser>;
    await ada.setState(room, "m.room.power_levels", {
      ...(await ada.done("GET", `v3/rooms/${encodeURIComponent(room)}/state/m.room.power_levels/`)),
      users: { [bo.id]: 90, [cy.id]: 50 },
    });
    await network.until("known", async () => {
      const states = await Promise.all([ada, bo, cy].map((person) => person.state(room)));
      return new Set(states.map((state) => state["m.room.power_levels|"])).size === 1;
    });
    network.simulation.partition([["garden.example"], ["harbor.example", "tower.example"]]);
    await ada.setState(room, "m.room.topic", { topic: "garden's" });
    await bo.setState(room, "m.room.topic", { topic: "harbor's" });
    await ada.act(room, "ban", { user_id: cy.id });
    await cy.setState(room, "m.room.name", { name: "not banned here" });
    await network.pass(3000);
    network.simulation.partition([["garden.example", "harbor.example", "tower.example"]]);
    await network.pass(30_000);
    await ada.send(room, "from garden");
    await bo.send(room, "from harbor");
    await heard(network, [ada, bo], room, ["", ""]);
    await network.until("same state", async () => {
      const [one, other] = [await ada.state(room), await bo.state(room)];
      return JSON.stringify(one) === JSON.stringify(other);
    });
    const content = async (type: string): Promise<JsonObject> =>
      (await bo.call("GET", `v3/rooms/${encodeURIComponent(room)}/state/${type}/`)).body;
    expect(await content("m.room.name")).to.have.property("errcode", "M_NOT_FOUND");
    await network.end();
  });

  it("takes events in any order, and twice", async () => {
    const network = await MadeNetwork.start(["garden", "harbor", "tower"]);
    for (const [one, other] of [
      ["garden", "harbor"],
      ["garden", "tower"],
      ["harbor", "tower"],
    ] as const) {
      network.link(one, other, { jitter: 400, duplication: 0.5, loss: 0.15 });
    }
    const people = [
      await network.user("ada", "garden"),
      await network.user("bo", "harbor"),
      await network.user("cy", "tower"),
    ];
    const room = await people[0]!.createRoom({ preset: "public_chat" });
    for (const person of people.slice(1)) {
      while ((await person.join(room, "garden")).status !== 200);
    }
    const texts: string[] = [];
    for (let round = 0; round < 8; round++) {
      for (const person of people) {
        texts.push(`${person.id} ${round}`);
        await person.send(room, texts.at(-1)!);
      }
    }
    await heard(network, people, room, texts);
    for (const person of people) expect((await person.texts(room)).sort()).to.deep.equal(texts.sort());
    await network.end();
  });
});
