import { expect } from "chai";
import type { JsonObject } from "../../../src/protocol/json.ts";
import type { UnsignedPdu } from "../../../src/protocol/pdu.ts";
import { LinkedServers } from "./linked-servers.ts";
import { bo, RoomWithPeer } from "./room-with-peer.ts";
import { TestPeer } from "./test-peer.ts";

describe("a server of older ways", () => {
  it("joins and leaves by the first versions of the requests", async () => {
    const scene = await RoomWithPeer.start("10");
    const { peer, garden, room, ada } = scene;
    const cy = "@cy:harbor.example";
    const memberPath = `${scene.path}/state/m.room.member/${encodeURIComponent(cy)}`;
    for (const act of ["join", "leave"]) {
      const made = await peer.request(
        garden,
        "GET",
        `/_matrix/federation/v1/make_${act}/${encodeURIComponent(room)}/${encodeURIComponent(cy)}?ver=10`,
      );
      const draft = { ...(made.body.event as JsonObject), origin_server_ts: garden.clock.now() };
      const { id, pdu } = peer.signEvent(draft as unknown as UnsignedPdu, "10");
      const path = `/_matrix/federation/v1/send_${act}/${encodeURIComponent(room)}/${encodeURIComponent(id)}`;
      const { body } = await peer.request(garden, "PUT", path, pdu as unknown as JsonObject);
      const [status, answer] = body.list as [number, JsonObject];
      expect([status, Object.keys(answer).includes("state")]).to.deep.equal([200, act === "join"]);
      expect((await ada.done("GET", memberPath)).membership).to.equal(act);
    }
  });

  it("names a key behind the server whose keys it asks for", async () => {
    const { peer, garden } = await RoomWithPeer.start();
    const path = "/_matrix/key/v2/query/harbor.example/ed25519%3A1";
    const { body } = await peer.request(garden, "GET", path);
    expect((body.server_keys as JsonObject[]).map(({ server_name }) => server_name)).to.deep.equal([
      peer.name,
    ]);
  });

  it("has the state before what its event follows, and not that before the event", async () => {
    const scene = await RoomWithPeer.start();
    const { peer, garden } = scene;
    const lost = await scene.event({ prev_events: [`$${"x".repeat(43)}`], content: { body: "lost" } });
    const between = await scene.event({
      prev_events: [lost.id],
      depth: 101,
      content: { msgtype: "m.text", body: "between" },
    });
    const last = await scene.event({
      prev_events: [between.id],
      depth: 102,
      content: { msgtype: "m.text", body: "last" },
    });
    const state = ["m.room.create", "m.room.power_levels", "m.room.join_rules"].map((type) =>
      scene.idOf(type),
    );
    const ids = await Promise.all([
      ...state,
      scene.idOf("m.room.member", bo),
      scene.idOf("m.room.member", scene.ada.id),
    ]);
    const refused = () => Response.json({ errcode: "M_NOT_FOUND", error: "Not here" }, { status: 404 });
    peer.answers.set("get_missing_events", () => ({ events: [] }));
    // Asked for the state before `last` it has nothing, before `between` it has.
    let asked = 0;
    peer.answers.set("state_ids", () => (asked++ === 0 ? refused() : { pdu_ids: ids, auth_chain_ids: [] }));
    peer.answers.set(`/v1/event/${encodeURIComponent(between.id)}`, () => ({ pdus: [between.pdu as never] }));
    expect(await peer.sendPdus(garden, [last.pdu])).to.deep.equal({ [last.id]: {} });
    expect(await scene.bodies()).to.include.members(["between", "last"]);
    expect(scene.links.to(peer.name, "get_missing_events").length).to.equal(1);
  });
});

describe("a room that is joined by its id", () => {
  it("is looked for at the servers that are named, and at that in its id only where none is", async () => {
    const links = new LinkedServers();
    const garden = await links.start("garden.example");
    const [maker, named] = [new TestPeer(links, "harbor.example"), new TestPeer(links, "mill.example")];
    const ada = await garden.user("ada");
    const join = (query: string) =>
      ada.call("POST", `v3/join/${encodeURIComponent("!tea:harbor.example")}${query}`, {});
    const asked = () => [named, maker].map(({ name }) => links.to(name, "make_join").length);
    await join("?via=mill.example");
    expect(asked()).to.deep.equal([1, 0]);
    await join("");
    expect(asked()).to.deep.equal([1, 1]);
    await join("?via=garden.example");
    expect(asked()).to.deep.equal([1, 2]);
  });
});

describe("an invite from elsewhere", () => {
  it("is taken back by who sent it, and by nobody else of the same server", async () => {
    const links = new LinkedServers();
    const garden = await links.start("garden.example");
    const peer = new TestPeer(links, "harbor.example");
    const ada = await garden.user("ada");
    const member = (sender: string, membership: string, depth: number) =>
      peer.signEvent(
        {
          ...{ type: "m.room.member", room_id: "!tea:harbor.example", sender, state_key: ada.id, depth },
          ...{ content: { membership }, origin_server_ts: garden.clock.now() },
          ...{ prev_events: [`$${"p".repeat(43)}`], auth_events: [`$${"a".repeat(43)}`] },
        },
        "10",
      );
    const invite = member(bo, "invite", 5);
    const path = `/_matrix/federation/v2/invite/${encodeURIComponent("!tea:harbor.example")}/${encodeURIComponent(invite.id)}`;
    const taken = await peer.request(garden, "PUT", path, {
      room_version: "10",
      event: invite.pdu as unknown as JsonObject,
    });
    expect(taken.status).to.equal(200);
    const invites = async () =>
      Object.keys(((await ada.sync()).rooms as { invite?: JsonObject } | undefined)?.invite ?? {}).length;
    await peer.sendPdus(garden, [member("@cy:harbor.example", "leave", 6).pdu as never]);
    expect(await invites()).to.equal(1);
    await peer.sendPdus(garden, [member(bo, "leave", 6).pdu as never]);
    expect(await invites()).to.equal(0);
  });
});
