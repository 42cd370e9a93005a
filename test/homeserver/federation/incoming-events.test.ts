import { expect } from "chai";
import { canonicalJson } from "../../../src/protocol/canonical-json.ts";
import type { JsonObject } from "../../../src/protocol/json.ts";
import type { Pdu, UnsignedPdu } from "../../../src/protocol/pdu.ts";
import { LinkedServers } from "./linked-servers.ts";
import { TestPeer } from "./test-peer.ts";

const bo = "@bo:harbor.example";

/** A server with a room of Ada's, and a played server whose user Bo is in it. */
async function scene(version = "11", body: JsonObject = {}) {
  const links = new LinkedServers();
  const garden = await links.start("garden.example");
  const peer = new TestPeer(links, "harbor.example");
  const ada = await garden.user("ada");
  const room = await ada.createRoom({ preset: "public_chat", room_version: version, ...body });
  await peer.join(garden, bo, room);
  const path = `v3/rooms/${encodeURIComponent(room)}`;

  async function idOf(type: string, stateKey = ""): Promise<string> {
    const query = `${path}/state/${type}/${encodeURIComponent(stateKey)}?format=event`;
    return String((await ada.done("GET", query)).event_id);
  }

  /** The next event of Bo's, as a server makes it that keeps to the rules, and changed. */
  async function draft(change: Partial<UnsignedPdu> = {}): Promise<UnsignedPdu> {
    const { chunk } = await ada.done("GET", `${path}/messages?dir=b&limit=1`);
    const last = (chunk as JsonObject[])[0]!;
    const create = version === "12" ? [] : [await idOf("m.room.create")];
    return {
      type: "m.room.message",
      sender: bo,
      room_id: room,
      content: { msgtype: "m.text", body: "hello" },
      origin_server_ts: garden.clock.now(),
      depth: 100,
      prev_events: [String(last.event_id)],
      auth_events: [...create, await idOf("m.room.power_levels"), await idOf("m.room.member", bo)],
      ...change,
    };
  }

  const event = async (change: Partial<UnsignedPdu> = {}) => peer.signEvent(await draft(change), version);
  const bodies = async () => {
    const { chunk } = await ada.done("GET", `${path}/messages?dir=f&limit=100`);
    return (chunk as { type: string; content: JsonObject }[]).flatMap(({ type, content }) =>
      type === "m.room.message" ? [content.body] : [],
    );
  };
  const facts = (type: string) =>
    garden.ports.facts.filter((fact) => fact.type === type) as unknown as JsonObject[];
  const codes = (type: string) => facts(type).map(({ refusal }) => (refusal as JsonObject).code);
  return { links, garden, peer, ada, room, event, draft, bodies, codes, idOf };
}

describe("events that come in", () => {
  it("are taken when they are good, once", async () => {
    const { garden, peer, event, bodies } = await scene();
    const { id, pdu } = await event();
    expect(await peer.sendPdus(garden, [pdu])).to.deep.equal({ [id]: {} });
    expect(await peer.sendPdus(garden, [pdu, pdu])).to.deep.equal({ [id]: {} });
    expect(await bodies()).to.deep.equal(["hello"]);
  });

  it("are dropped when their format is wrong, and the others are taken", async () => {
    const { garden, peer, event, bodies, codes } = await scene();
    const good = await event();
    const wrong: JsonObject[] = [
      { ...good.pdu, depth: "deep" },
      { ...good.pdu, auth_events: "none" },
      { ...good.pdu, sender: "bo" },
      { ...good.pdu, prev_events: Array.from({ length: 21 }, (_, index) => `$${index}`) },
      { type: "m.room.message" },
    ];
    const results = await peer.sendPdus(garden, [...wrong, good.pdu, 7]);
    expect(results).to.deep.equal({ [good.id]: {} });
    expect(codes("event-dropped")).to.have.length(6);
    expect(await bodies()).to.deep.equal(["hello"]);
  });

  it("are dropped for numbers that are none of canonical JSON", async () => {
    const { garden, peer, event, bodies, codes } = await scene();
    const good = await event();
    for (const [index, number] of ["1.0", "1.5", "1e3", "-0"].entries()) {
      const odd = canonicalJson({ ...good.pdu, content: { body: "odd", number: 12345 } }).replace(
        "12345",
        number,
      );
      const text = `{"origin":"harbor.example","origin_server_ts":1,"pdus":[${odd},${canonicalJson(good.pdu)}]}`;
      const answer = await peer.rawRequest(garden, `/_matrix/federation/v1/send/odd${index}`, text);
      expect(answer).to.deep.include({ status: 200, body: { pdus: { [good.id]: {} } } });
    }
    expect(codes("event-dropped")).to.deep.equal(Array(4).fill("json/float"));
    expect(await bodies()).to.deep.equal(["hello"]);
  });

  it("are dropped when their signature is not their sender's", async () => {
    const { garden, peer, event, bodies, codes } = await scene();
    const { pdu } = await event();
    const signature = Object.values(pdu.signatures["harbor.example"]!)[0]!;
    const forged: Pdu[] = [
      { ...pdu, depth: 101 },
      { ...pdu, signatures: {} },
      { ...pdu, signatures: { "harbor.example": { "ed25519:2": signature } } },
      { ...pdu, signatures: { "other.example": { "ed25519:1": signature } } },
      { ...pdu, sender: "@ada:garden.example" },
    ];
    expect(await peer.sendPdus(garden, forged)).to.deep.equal({});
    const [bad, unknownKey] = ["federation/bad-signature", "federation/no-key"];
    expect(codes("event-dropped")).to.deep.equal([bad, bad, unknownKey, bad, bad]);
    expect(await bodies()).to.deep.equal([]);
  });

  it("lose their content when that is not what was hashed", async () => {
    const { garden, peer, ada, room, event } = await scene();
    const { id, pdu } = await event();
    const changed = { ...pdu, content: { msgtype: "m.text", body: "changed" } };
    expect(await peer.sendPdus(garden, [changed])).to.deep.equal({ [id]: {} });
    const shown = await ada.done("GET", `v3/rooms/${encodeURIComponent(room)}/event/${id}`);
    expect(shown.content).to.deep.equal({});
  });

  it("are dropped when they are dated beyond their key", async () => {
    const { garden, peer, event, codes } = await scene();
    const week = 7 * 24 * 3_600_000;
    const late = await event({ origin_server_ts: garden.clock.now() + week + 1000 });
    const early = await event({ origin_server_ts: garden.clock.now() + week - 1000 });
    expect(await peer.sendPdus(garden, [late.pdu, early.pdu])).to.deep.equal({ [early.id]: {} });
    expect(codes("event-dropped")).to.deep.equal(["federation/no-key"]);
  });

  it("are rejected by what they cite, and by the state before them", async () => {
    const { garden, peer, event, draft, idOf, codes, bodies } = await scene();
    const { auth_events: cited } = await draft();
    const topic = { type: "m.room.topic", state_key: "", content: { topic: "mine" } };
    const wrong = [
      await event({ auth_events: [] }),
      await event({ auth_events: [...cited, cited[0]!] }),
      await event({ auth_events: [...cited, await idOf("m.room.join_rules")] }),
      await event(topic),
    ];
    const results = await peer.sendPdus(
      garden,
      wrong.map(({ pdu }) => pdu),
    );
    expect(Object.keys(results)).to.have.members(wrong.map(({ id }) => id));
    for (const { id } of wrong) expect(results[id]).to.have.property("error");
    expect(codes("event-rejected")).to.have.members([
      "auth/cites-no-create",
      "auth/cites-duplicates",
      "auth/cites-unexpected",
      "auth/event-needs-power",
    ]);
    expect(await bodies()).to.deep.equal([]);
  });

  it("fail softly when the room has gone on without them", async () => {
    const { garden, peer, ada, room, event, bodies, codes } = await scene();
    const before = await event();
    await ada.done("POST", `v3/rooms/${encodeURIComponent(room)}/ban`, { user_id: bo });
    expect(await peer.sendPdus(garden, [before.pdu])).to.deep.equal({ [before.id]: {} });
    expect(codes("event-soft-failed")).to.deep.equal(["auth/sender-not-joined"]);
    expect(await bodies()).to.deep.equal([]);
  });

  it("may follow what was rejected", async () => {
    const { garden, peer, event, bodies } = await scene();
    const rejected = await event({ type: "m.room.topic", state_key: "", content: { topic: "mine" } });
    const after = await event({ prev_events: [rejected.id], depth: 101 });
    const results = await peer.sendPdus(garden, [after.pdu, rejected.pdu]);
    expect(results[after.id]).to.deep.equal({});
    expect(await bodies()).to.deep.equal(["hello"]);
  });

  for (const version of ["6", "11", "12"]) {
    it(`are of their own room alone in version ${version}`, async () => {
      const { garden, peer, ada, draft, event } = await scene(version);
      const other = await ada.createRoom({ preset: "public_chat", room_version: version });
      await peer.join(garden, bo, other);
      const { auth_events: cited } = await draft();
      const foreign = peer.signEvent({ ...(await draft()), room_id: other, auth_events: cited }, version);
      const results = await peer.sendPdus(garden, [foreign.pdu]);
      expect(results[foreign.id]).to.have.property("error");
      const mixed = await event({ prev_events: [foreign.id] });
      expect((await peer.sendPdus(garden, [mixed.pdu]))[mixed.id]).to.have.property("error");
    });
  }

  it("do not come from a server that the room shuts out", async () => {
    const { garden, peer, ada, room, event, bodies, codes } = await scene();
    const { id, pdu } = await event();
    await ada.setState(room, "m.room.server_acl", { allow: ["*"], deny: ["HARBOR.*"] });
    expect((await peer.sendPdus(garden, [pdu]))[id]).to.have.property("error");
    expect(codes("event-dropped")).to.deep.equal(["federation/denied-by-acl"]);
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
    expect(await bodies()).to.deep.equal([]);
  });

  it("come in transactions that are no larger than they may be", async () => {
    const { garden, peer } = await scene();
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
