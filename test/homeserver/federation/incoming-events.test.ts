import { expect } from "chai";
import { canonicalJson } from "../../../src/protocol/canonical-json.ts";
import type { JsonObject } from "../../../src/protocol/json.ts";
import type { Pdu } from "../../../src/protocol/pdu.ts";
import { bo, RoomWithPeer } from "./room-with-peer.ts";

describe("events that come in", () => {
  it("are taken when they are good, once", async () => {
    const scene = await RoomWithPeer.start();
    const { garden, peer } = scene;
    const { id, pdu } = await scene.event();
    expect(await peer.sendPdus(garden, [pdu])).to.deep.equal({ [id]: {} });
    expect(await peer.sendPdus(garden, [pdu, pdu])).to.deep.equal({ [id]: {} });
    expect(await scene.bodies()).to.deep.equal(["hello"]);
  });

  it("are dropped when their format is wrong, and the others are taken", async () => {
    const scene = await RoomWithPeer.start();
    const { garden, peer } = scene;
    const good = await scene.event();
    const wrong: JsonObject[] = [
      { ...good.pdu, depth: "deep" },
      { ...good.pdu, auth_events: "none" },
      { ...good.pdu, sender: "bo" },
      { ...good.pdu, prev_events: Array.from({ length: 21 }, (_, index) => `$${index}`) },
      { type: "m.room.message" },
    ];
    const results = await peer.sendPdus(garden, [...wrong, good.pdu, 7]);
    expect(results).to.deep.equal({ [good.id]: {} });
    expect(scene.codes("event-dropped")).to.have.length(6);
    expect(await scene.bodies()).to.deep.equal(["hello"]);
  });

  it("are dropped for numbers that are none of canonical JSON", async () => {
    const scene = await RoomWithPeer.start();
    const { garden, peer } = scene;
    const good = await scene.event();
    for (const [index, number] of ["1.0", "1.5", "1e3", "-0"].entries()) {
      const odd = canonicalJson({ ...good.pdu, content: { body: "odd", number: 12345 } }).replace(
        "12345",
        number,
      );
      const text = `{"origin":"harbor.example","origin_server_ts":1,"pdus":[${odd},${canonicalJson(good.pdu)}]}`;
      const answer = await peer.rawRequest(garden, `/_matrix/federation/v1/send/odd${index}`, text);
      expect(answer).to.deep.include({ status: 200, body: { pdus: { [good.id]: {} } } });
    }
    expect(scene.codes("event-dropped")).to.deep.equal(Array(4).fill("json/float"));
    expect(await scene.bodies()).to.deep.equal(["hello"]);
  });

  it("are dropped when their signature is not their sender's", async () => {
    const scene = await RoomWithPeer.start();
    const { garden, peer } = scene;
    const { pdu } = await scene.event();
    const signature = Object.values(pdu.signatures["harbor.example"]!)[0]!;
    const forged: Pdu[] = [
      { ...pdu, depth: 101 },
      { ...pdu, signatures: {} },
      { ...pdu, signatures: { "harbor.example": { "ed25519:2": signature } } },
      { ...pdu, signatures: { "other.example": { "ed25519:1": signature } } },
      { ...pdu, sender: "@ada:garden.example" },
    ];
    expect(await peer.sendPdus(garden, forged)).to.deep.equal({});
    expect(scene.codes("event-dropped")).to.deep.equal(Array(5).fill("federation/bad-signature"));
    expect(await scene.bodies()).to.deep.equal([]);
  });

  it("lose their content when that is not what was hashed", async () => {
    const scene = await RoomWithPeer.start();
    const { garden, peer, ada, room } = scene;
    const { id, pdu } = await scene.event();
    const changed = { ...pdu, content: { msgtype: "m.text", body: "changed" } };
    expect(await peer.sendPdus(garden, [changed])).to.deep.equal({ [id]: {} });
    const shown = await ada.done("GET", `v3/rooms/${encodeURIComponent(room)}/event/${id}`);
    expect(shown.content).to.deep.equal({});
  });

  it("are dropped when they are dated beyond their key", async () => {
    const scene = await RoomWithPeer.start();
    const { garden, peer } = scene;
    const week = 7 * 24 * 3_600_000;
    const late = await scene.event({ origin_server_ts: garden.clock.now() + week + 1000 });
    const early = await scene.event({ origin_server_ts: garden.clock.now() + week - 1000 });
    expect(await peer.sendPdus(garden, [late.pdu, early.pdu])).to.deep.equal({ [early.id]: {} });
    expect(scene.codes("event-dropped")).to.deep.equal(["federation/bad-signature"]);
  });

  it("are rejected by what they cite, and by the state before them", async () => {
    const scene = await RoomWithPeer.start();
    const { garden, peer } = scene;
    const { auth_events: cited } = await scene.draft();
    const topic = { type: "m.room.topic", state_key: "", content: { topic: "mine" } };
    const wrong = [
      await scene.event({ auth_events: [] }),
      await scene.event({ auth_events: [...cited, cited[0]!] }),
      await scene.event({ auth_events: [...cited, await scene.idOf("m.room.join_rules")] }),
      await scene.event(topic),
    ];
    const results = await peer.sendPdus(
      garden,
      wrong.map(({ pdu }) => pdu),
    );
    expect(Object.keys(results)).to.have.members(wrong.map(({ id }) => id));
    for (const { id } of wrong) expect(results[id]).to.have.property("error");
    expect(scene.codes("event-rejected")).to.have.members([
      "auth/cites-no-create",
      "auth/cites-duplicates",
      "auth/cites-unexpected",
      "auth/event-needs-power",
    ]);
    expect(await scene.bodies()).to.deep.equal([]);
  });

  it("fail softly when the room has gone on without them", async () => {
    const scene = await RoomWithPeer.start();
    const { garden, peer, ada, room } = scene;
    const before = await scene.event();
    await ada.done("POST", `v3/rooms/${encodeURIComponent(room)}/ban`, { user_id: bo });
    expect(await peer.sendPdus(garden, [before.pdu])).to.deep.equal({ [before.id]: {} });
    expect(scene.codes("event-soft-failed")).to.deep.equal(["auth/sender-not-joined"]);
    expect(await scene.bodies()).to.deep.equal([]);
  });

  it("are what the next one follows, also where something cited them that never found its place", async () => {
    const scene = await RoomWithPeer.start();
    const { garden, peer, ada } = scene;
    const content = { membership: "join", displayname: "Bo" };
    const named = await scene.event({ type: "m.room.member", state_key: bo, content });
    const { auth_events: cites } = await scene.draft();
    const lost = await scene.event({
      prev_events: [`$${"x".repeat(43)}`],
      auth_events: [...cites.slice(0, -1), named.id],
      depth: 102,
    });
    peer.answers.set("event_auth", () => ({ auth_chain: [named.pdu] }));
    expect(await peer.sendPdus(garden, [lost.pdu])).to.deep.equal({ [lost.id]: {} });
    expect(await peer.sendPdus(garden, [named.pdu])).to.deep.equal({ [named.id]: {} });
    const member = await ada.done("GET", `${scene.path}/state/m.room.member/${encodeURIComponent(bo)}`);
    expect(member).to.have.property("displayname", "Bo");
    await ada.done("PUT", `${scene.path}/send/m.room.message/1`, { msgtype: "m.text", body: "hi, Bo" });
  });

  it("may follow what was rejected", async () => {
    const scene = await RoomWithPeer.start();
    const { garden, peer } = scene;
    const rejected = await scene.event({ type: "m.room.topic", state_key: "", content: { topic: "mine" } });
    const after = await scene.event({ prev_events: [rejected.id], depth: 101 });
    const results = await peer.sendPdus(garden, [after.pdu, rejected.pdu]);
    expect(results[after.id]).to.deep.equal({});
    expect(await scene.bodies()).to.deep.equal(["hello"]);
  });

  for (const version of ["6", "11", "12"] as const) {
    it(`are of their own room alone in version ${version}`, async () => {
      const scene = await RoomWithPeer.start(version);
      const { garden, peer, ada } = scene;
      const other = await ada.createRoom({ preset: "public_chat", room_version: version });
      await peer.join(garden, bo, other);
      const { auth_events: cited } = await scene.draft();
      const foreign = peer.signEvent(
        { ...(await scene.draft()), room_id: other, auth_events: cited },
        version,
      );
      const mixed = await scene.event({ prev_events: [foreign.id] });
      for (const [room, { id, pdu }] of [[other, foreign] as const, [scene.room, mixed] as const]) {
        await peer.sendPdus(garden, [pdu]);
        const path = `v3/rooms/${encodeURIComponent(room)}/event/${encodeURIComponent(id)}`;
        expect((await ada.call("GET", path)).body.errcode).to.equal("M_NOT_FOUND");
      }
    });
  }

  it("do not come from a server that the room shuts out", async () => {
    const scene = await RoomWithPeer.start();
    const { garden, peer, ada, room } = scene;
    const { id, pdu } = await scene.event();
    await ada.setState(room, "m.room.server_acl", { allow: ["*"], deny: ["HARBOR.*"] });
    expect((await peer.sendPdus(garden, [pdu]))[id]).to.have.property("error");
    expect(scene.codes("event-dropped")).to.deep.equal(["federation/denied-by-acl"]);
    await peer.send(garden, ["m.typing", { room_id: room, user_id: bo, typing: true }]);
    const encoded = encodeURIComponent(room);
    const paths = [
      `v1/make_join/${encoded}/${encodeURIComponent(bo)}?ver=11`,
      `v1/make_leave/${encoded}/${encodeURIComponent(bo)}`,
      `v1/make_knock/${encoded}/${encodeURIComponent(bo)}?ver=11`,
      `v1/state/${encoded}?event_id=${id}`,
      `v1/state_ids/${encoded}?event_id=${id}`,
      `v1/backfill/${encoded}?v=${id}&limit=1`,
      `v1/event_auth/${encoded}/${id}`,
    ];
    for (const path of paths) {
      const { status, body } = await peer.request(garden, "GET", `/_matrix/federation/${path}`);
      expect({ path, status, errcode: body.errcode }).to.deep.equal({
        path,
        status: 403,
        errcode: "M_FORBIDDEN",
      });
    }
    expect(await scene.bodies()).to.deep.equal([]);
  });

  it("come in transactions that are no larger than they may be", async () => {
    const scene = await RoomWithPeer.start();
    const { garden, peer } = scene;
    const path = "/_matrix/federation/v1/send/large";
    const pdus = Array.from({ length: 51 }, () => ({}));
    expect(await peer.request(garden, "PUT", path, { origin: peer.name, pdus })).to.deep.include({
      status: 400,
    });
    const edus = Array.from({ length: 101 }, () => ({}));
    expect(await peer.request(garden, "PUT", path, { origin: peer.name, edus })).to.deep.include({
      status: 400,
    });
    const other = await peer.request(
      garden,
      "PUT",
      path,
      { origin: peer.name, pdus: [] },
      "elsewhere.example",
    );
    expect(other).to.deep.include({ status: 401 });
  });
});
