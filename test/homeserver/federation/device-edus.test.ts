import { expect } from "chai";
import type { JsonObject } from "../../../src/protocol/json.ts";
import { CrossSigningSet, DeviceKeySet, queried } from "../keys/test-keys.ts";
import { TestUser } from "../test-server.ts";
import { LinkedServers } from "./linked-servers.ts";
import { TestPeer } from "./test-peer.ts";

const bo = "@bo:harbor.example";

/** A server, and a played one whose user Bo is in a room with Ada. */
async function scene({ shared = true } = {}) {
  const links = new LinkedServers();
  const garden = await links.start("garden.example");
  const peer = new TestPeer(links, "harbor.example");
  const ada = await garden.user("ada");
  const room = await ada.createRoom({ preset: "public_chat" });
  if (shared) await peer.join(garden, bo, room);
  const device = (id: string) => new DeviceKeySet(new TestUser(garden, bo, "", id)).deviceKeys;
  const list = (streamId: number, ...ids: string[]) => ({
    user_id: bo,
    stream_id: streamId,
    devices: ids.map((id) => ({ device_id: id, keys: device(id), device_display_name: `Bo's ${id}` })),
  });
  const update = (id: string, streamId: number, previous: number[], more: JsonObject = {}) =>
    [
      "m.device_list_update",
      { user_id: bo, device_id: id, stream_id: streamId, prev_id: previous, keys: device(id), ...more },
    ] as [string, JsonObject];
  const seen = async () => Object.keys((await queried(ada, bo)).device_keys![bo] ?? {});
  const resyncs = () => links.to("harbor.example", "/user/devices/").length;
  return { links, garden, peer, ada, room, device, list, update, seen, resyncs };
}

async function changed(user: TestUser, since: string) {
  const { device_lists } = await user.sync({ since });
  return (device_lists as { changed: string[] }).changed;
}

async function now(user: TestUser): Promise<string> {
  return String((await user.sync()).next_batch);
}

describe("m.device_list_update", () => {
  it("follows what is known, and where one is missing the list is fetched anew", async () => {
    const { garden, peer, ada, list, update, seen, resyncs, links, device } = await scene();
    peer.answers.set("/user/keys/query", () => ({ device_keys: { [bo]: { A: device("A") } } }));
    expect(await seen()).to.deep.equal(["A"]);
    peer.answers.set("/user/devices/", () => list(5, "A", "B"));
    await peer.send(garden, update("B", 5, [4]));
    await links.until("fetched", () => resyncs() === 1);
    await peer.send(garden, update("C", 7, [5]), update("D", 8, [7]), update("A", 9, [8], { deleted: true }));
    expect(await seen()).to.deep.equal(["B", "C", "D"]);
    const before = await now(ada);
    // The same again, as after a lost answer, is no news.
    await peer.send(garden, update("D", 8, [7]));
    expect(await changed(ada, before)).to.deep.equal([]);
    expect(resyncs()).to.equal(1);
    // 10 is missing.
    peer.answers.set("/user/devices/", () => list(11, "E"));
    await peer.send(garden, update("E", 11, [10]));
    await links.until("fetched", () => resyncs() === 2);
    expect(await seen()).to.deep.equal(["E"]);
    expect(await changed(ada, before)).to.deep.equal([bo]);
    // Without what came before it, nothing can be known of what came between.
    peer.answers.set("/user/devices/", () => list(20, "F"));
    await peer.send(garden, update("F", 20, []));
    await links.until("fetched", () => resyncs() === 3);
    expect(await seen()).to.deep.equal(["F"]);
    expect(links.to("harbor.example", "/user/keys/query")).to.have.length(1);
  });

  it("leaves a list stale until it could be fetched", async () => {
    const { garden, peer, ada, list, update, seen, resyncs, links, device } = await scene();
    peer.answers.set("/user/keys/query", () => ({ device_keys: { [bo]: { A: device("A") } } }));
    await seen();
    const before = await now(ada);
    links.away.add("harbor.example");
    await peer.send(garden, update("B", 5, [4]));
    await links.until("asked", () => resyncs() === 1);
    const failed = await queried(ada, bo);
    expect(failed.device_keys).to.deep.equal({});
    expect(Object.keys(failed.failures!)).to.deep.equal(["harbor.example"]);
    expect(await changed(ada, before)).to.deep.equal([bo]);
    links.away.clear();
    peer.answers.set("/user/devices/", () => list(5, "A", "B"));
    expect(await seen()).to.deep.equal(["A", "B"]);
    // An answer from before the update that led to it is no answer.
    peer.answers.set("/user/devices/", () => list(6, "A"));
    const since = await now(ada);
    await peer.send(garden, update("C", 9, [8]));
    const told = await ada.sync({ since, timeout: 30_000 });
    expect(told.device_lists).to.deep.include({ changed: [bo] });
    peer.answers.set("/user/devices/", () => list(9, "A", "C"));
    expect(await seen()).to.deep.equal(["A", "C"]);
  });

  it("is heard of one's own users only, and of those who share a room", async () => {
    const { garden, peer, ada, update, room } = await scene();
    const before = await now(ada);
    await peer.send(
      garden,
      update("A", 1, [], { user_id: ada.id }),
      update("A", 1, [], { user_id: "@di:harbor.example" }),
      ["m.device_list_update", { user_id: bo, device_id: 3, stream_id: "x" }],
      ["m.device_list_update", { user_id: bo, device_id: "A", stream_id: 1, keys: "none" }],
      ["m.signing_key_update", { user_id: ada.id, master_key: {} }],
      ["m.signing_key_update", {}],
    );
    expect(await changed(ada, before)).to.deep.equal([]);
    await peer.send(garden, update("A", 1, []));
    expect(await changed(ada, before)).to.deep.equal([bo]);
    await ada.done("POST", `v3/rooms/${encodeURIComponent(room)}/kick`, { user_id: bo });
    const after = await now(ada);
    await peer.send(garden, update("A", 2, [1]));
    expect(await changed(ada, after)).to.deep.equal([]);
  });

  it("takes no keys that are of another device", async () => {
    const { peer, ada, links, device } = await scene();
    const swapped = { ...device("A"), user_id: "@di:harbor.example" };
    const nameless = {
      ...new CrossSigningSet(bo).object(new CrossSigningSet(bo).master, "master"),
      keys: {},
    };
    peer.answers.set("/user/keys/query", () => ({
      device_keys: { [bo]: { A: swapped, B: device("A"), C: "none" }, [ada.id]: { X: device("A") } },
      master_keys: { [bo]: nameless },
    }));
    const answer = await queried(ada, bo);
    expect(answer).to.deep.include({ device_keys: { [bo]: {} }, master_keys: {}, failures: {} });
    peer.answers.set("/user/keys/claim", () => ({
      one_time_keys: { [bo]: { OTHER: { a: 1 }, A: { "signed_curve25519:1": "k" } }, [ada.id]: {} },
    }));
    const one_time_keys = { [bo]: { A: "signed_curve25519" } };
    const claim = await ada.done("POST", "v3/keys/claim", { one_time_keys });
    expect(claim.one_time_keys).to.deep.equal({ [bo]: { A: { "signed_curve25519:1": "k" } } });
    expect(links.to("harbor.example", "/user/keys/claim")[0]!.body).to.deep.equal({ one_time_keys });
  });
});

describe("m.signing_key_update", () => {
  it("brings a user's new keys", async () => {
    const { garden, peer, ada, device } = await scene();
    peer.answers.set("/user/keys/query", () => ({ device_keys: { [bo]: { A: device("A") } } }));
    await queried(ada, bo);
    const before = await now(ada);
    const { master_key, self_signing_key } = new CrossSigningSet(bo).upload as Record<string, JsonObject>;
    const content = { user_id: bo, master_key: master_key!, self_signing_key: self_signing_key! };
    await peer.send(garden, ["m.signing_key_update", content]);
    expect(await changed(ada, before)).to.deep.equal([bo]);
    const answer = await queried(ada, bo);
    expect(answer.master_keys![bo]).to.deep.equal(master_key);
    expect(answer.self_signing_keys![bo]).to.deep.equal(self_signing_key);
    const after = await now(ada);
    await peer.send(garden, ["m.signing_key_update", content]);
    expect(await changed(ada, after)).to.deep.equal([]);
  });
});

describe("m.direct_to_device", () => {
  const message = (id: string, messages: JsonObject, sender = bo): [string, JsonObject] => [
    "m.direct_to_device",
    { sender, type: "org.example.note", message_id: id, messages },
  ];
  const inbox = async (user: TestUser) =>
    ((await user.sync()).to_device as { events: JsonObject[] }).events.map(({ content }) => content);

  it("is delivered once, to the devices that there are", async () => {
    const { garden, peer, ada } = await scene({ shared: false });
    const other = await ada.secondDevice();
    await peer.send(
      garden,
      message("1", {
        [ada.id]: { [ada.deviceId]: { n: 1 }, NONE: { n: 9 } },
        "@x:garden.example": { "*": {} },
      }),
      message("1", { [ada.id]: { [ada.deviceId]: { n: 1 } } }),
      message("2", { [ada.id]: { "*": { n: 2 } } }),
      message("3", { [ada.id]: { "*": { n: 3 } } }, "@di:elsewhere.example"),
      message("4", { [ada.id]: { "*": "none" } }),
      message("5", { [bo]: { "*": { n: 5 } } }),
    );
    await peer.send(garden, message("2", { [ada.id]: { "*": { n: 2 } } }));
    expect(await inbox(ada)).to.deep.equal([{ n: 1 }, { n: 2 }]);
    expect(await inbox(other)).to.deep.equal([{ n: 2 }]);
    other.server = await garden.restarted();
    await peer.send(other.server, message("2", { [ada.id]: { "*": { n: 2 } } }));
    expect(await inbox(other)).to.deep.equal([{ n: 2 }]);
  });

  it("waits for a server that is away, over a restart", async () => {
    const links = new LinkedServers();
    const [garden, harbor] = [await links.start("garden.example"), await links.start("harbor.example")];
    const [ada, bob] = [await garden.user("ada"), await harbor.user("bo")];
    links.away.add("harbor.example");
    const send = (n: number) =>
      ada.done("PUT", `v3/sendToDevice/org.example.note/${n}`, { messages: { [bob.id]: { "*": { n } } } });
    await send(1);
    await send(1);
    await send(2);
    ada.server = await links.restart("garden.example", garden);
    links.away.clear();
    await send(3);
    for (let n = 0; (await inbox(bob)).length < 3 && n < 200; n++) {
      ada.server.clock.advance(2000);
      await links.rest();
    }
    expect(await inbox(bob)).to.deep.equal([{ n: 1 }, { n: 2 }, { n: 3 }]);
    const ids = links.edusTo("harbor.example").map(({ content }) => String(content.message_id));
    for (const id of ids) expect([...id].length).to.be.at.most(32);
  });
});
