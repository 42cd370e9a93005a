import { expect } from "chai";
import type { JsonObject } from "../../../src/protocol/json.ts";
import { LinkedServers } from "./linked-servers.ts";
import { MadeNetwork } from "./made-network.ts";
import { TestPeer } from "./test-peer.ts";

const day = 86_400_000;

async function keysOf(server: { call(method: string, path: string): Promise<{ body: JsonObject }> }) {
  return (await server.call("GET", "/_matrix/key/v2/server")).body as {
    verify_keys: Record<string, JsonObject>;
    old_verify_keys: Record<string, { expired_ts: number }>;
    valid_until_ts: number;
  };
}

describe("the keys of servers", () => {
  it("change, and what the old one signed goes on to count", async () => {
    const network = await MadeNetwork.start(["garden", "harbor"]);
    const ada = await network.user("ada", "garden");
    const bo = await network.user("bo", "harbor");
    const room = await ada.createRoom({ preset: "public_chat" });
    await bo.join(room, "garden");
    await ada.send(room, "old key");
    expect(await network.wait(network.simulation.changeSigningKey("garden.example"))).to.equal("ed25519:2");
    await ada.send(room, "new key");
    await network.until("both", async () => (await bo.texts(room)).length === 2);
    await network.stop("garden");
    await network.restart("garden");
    await ada.send(room, "after a restart");
    await network.until("all", async () => (await bo.texts(room)).length === 3);
    const known = network.facts("harbor", "signing-key").map(({ keyId, server }) => `${server} ${keyId}`);
    expect(known).to.include("garden.example ed25519:2");
    await network.end();
  });

  it("are published with those of before", async () => {
    const links = new LinkedServers();
    const garden = await links.start("garden.example");
    const first = await keysOf(garden);
    expect(Object.keys(first.verify_keys)).to.deep.equal(["ed25519:1"]);
    expect(Object.keys(first).filter((name) => name !== "signatures")).to.deep.equal([
      "old_verify_keys",
      "server_name",
      "valid_until_ts",
      "verify_keys",
    ]);
    expect(first.valid_until_ts).to.equal(garden.clock.now() + day);
    await garden.homeserver.changeSigningKey();
    const second = await keysOf(garden);
    expect(Object.keys(second.verify_keys)).to.deep.equal(["ed25519:2"]);
    expect(second.old_verify_keys["ed25519:1"]?.expired_ts).to.equal(garden.clock.now());
    const again = await links.restart("garden.example", garden);
    const third = await keysOf(again);
    expect(third.verify_keys).to.deep.equal(second.verify_keys);
    expect(third.old_verify_keys).to.deep.equal(second.old_verify_keys);
  });

  it("are told by one server for another, signed by both", async () => {
    const links = new LinkedServers();
    const garden = await links.start("garden.example");
    const peer = new TestPeer(links, "harbor.example");
    const one = await garden.call("GET", `/_matrix/key/v2/query/${peer.name}`);
    const [keys] = one.body.server_keys as JsonObject[];
    expect(Object.keys(keys!.signatures as JsonObject)).to.have.members(["harbor.example", "garden.example"]);
    links.away.add("harbor.example");
    const asked = { [peer.name]: {}, "garden.example": {}, "nowhere.example": {}, "no name": {} };
    const many = await garden.call("POST", "/_matrix/key/v2/query", { body: { server_keys: asked } });
    const names = (many.body.server_keys as JsonObject[]).map(({ server_name: name }) => name);
    expect(names).to.have.members(["harbor.example", "garden.example"]);
  });

  it("are not believed when another has signed them", async () => {
    const links = new LinkedServers();
    const garden = await links.start("garden.example");
    const [peer, liar] = [new TestPeer(links, "harbor.example"), new TestPeer(links, "liar.example")];
    links.hosts.set("harbor.example", links.hosts.get("liar.example")!);
    const answer = await peer.request(
      garden,
      "GET",
      "/_matrix/federation/v1/query/directory?room_alias=%23a:b",
    );
    expect(answer.status).to.equal(401);
    const good = await liar.request(
      garden,
      "GET",
      "/_matrix/federation/v1/query/directory?room_alias=%23a:b",
    );
    expect(good.status).to.equal(404);
  });

  it("are asked for once, however many events there are to check", async () => {
    const network = await MadeNetwork.start(["garden", "harbor"]);
    const ada = await network.user("ada", "garden");
    const bo = await network.user("bo", "harbor");
    const room = await ada.createRoom({ preset: "public_chat" });
    await bo.join(room, "garden");
    for (let count = 0; count < 5; count++) await ada.send(room, `message ${count}`);
    await network.until("heard", async () => (await bo.texts(room)).length === 5);
    const asked = network.log.flatMap((entry) =>
      entry.type === "exchange-out" && entry.request.url.includes("/_matrix/key/")
        ? [`${entry.from} ${entry.to}`]
        : [],
    );
    expect(asked.sort()).to.deep.equal(["garden.example harbor.example", "harbor.example garden.example"]);
    const looked = network.facts("harbor", "server-looked-up");
    expect(looked.map(({ server }) => server)).to.deep.equal(["garden.example"]);
    expect((looked[0]!.steps as JsonObject[])[0]).to.deep.include({
      asked: "well-known",
      found: "garden.example:443",
    });
    await network.end();
  });
});
