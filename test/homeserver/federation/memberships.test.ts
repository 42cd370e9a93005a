import { expect } from "chai";
import type { JsonObject } from "../../../src/protocol/json.ts";
import type { TestUser } from "../test-server.ts";
import { LinkedServers } from "./linked-servers.ts";
import { MadeNetwork, type NetworkUser } from "./made-network.ts";

type SyncRooms = Record<"join" | "invite" | "knock" | "leave", Record<string, JsonObject>>;

async function syncedRooms(user: NetworkUser, since?: string): Promise<Partial<SyncRooms>> {
  const query = since === undefined ? "" : `?since=${since}`;
  return ((await user.done("GET", `v3/sync${query}`)).rooms ?? {}) as Partial<SyncRooms>;
}

async function membership(viewer: NetworkUser, room: string, user: NetworkUser) {
  const path = `v3/rooms/${encodeURIComponent(room)}/state/m.room.member/${encodeURIComponent(user.id)}`;
  return (await viewer.call("GET", path)).body.membership;
}

async function twoServers(options: Parameters<typeof MadeNetwork.start>[1] = {}) {
  const network = await MadeNetwork.start(["garden", "harbor"], options);
  return { network, ada: await network.user("ada", "garden"), bo: await network.user("bo", "harbor") };
}

describe("memberships across servers", () => {
  it("invites somebody of another server, who comes", async () => {
    const { network, ada, bo } = await twoServers();
    const room = await ada.createRoom({ name: "Tea" });
    expect((await ada.act(room, "invite", { user_id: bo.id })).status).to.equal(200);
    const invite = (await syncedRooms(bo)).invite?.[room];
    const { events } = invite!.invite_state as { events: { type: string }[] };
    expect(events.map(({ type }) => type)).to.include.members([
      "m.room.create",
      "m.room.name",
      "m.room.member",
    ]);
    expect((await bo.join(room)).status).to.equal(200);
    expect((await syncedRooms(bo)).invite).to.equal(undefined);
    expect(await membership(ada, room, bo)).to.equal("join");
    await network.end();
  });

  it("lets an invite be declined, and taken back", async () => {
    const { network, ada, bo } = await twoServers();
    const [declined, takenBack] = [await ada.createRoom(), await ada.createRoom()];
    for (const room of [declined, takenBack]) await ada.act(room, "invite", { user_id: bo.id });
    const since = String((await bo.done("GET", "v3/sync")).next_batch);
    expect((await bo.act(declined, "leave")).status).to.equal(200);
    expect(await membership(ada, declined, bo)).to.equal("leave");
    expect((await ada.act(takenBack, "kick", { user_id: bo.id })).status).to.equal(200);
    await network.until(
      "both over",
      async () => Object.keys((await syncedRooms(bo, since)).leave ?? {}).length === 2,
    );
    expect((await bo.join(takenBack)).body.errcode).to.equal("M_FORBIDDEN");
    await network.end();
  });

  it("declines an invite of a server that is gone", async () => {
    const { network, ada, bo } = await twoServers();
    const room = await ada.createRoom();
    await ada.act(room, "invite", { user_id: bo.id });
    await network.stop("garden");
    expect((await bo.act(room, "leave")).status).to.equal(200);
    expect((await syncedRooms(bo)).invite).to.equal(undefined);
    await network.end();
  });

  it("lets people knock, be let in, and be refused", async () => {
    const { network, ada, bo } = await twoServers({ roomVersion: "10" });
    const rule = [{ type: "m.room.join_rules", content: { join_rule: "knock" } }];
    const room = await ada.createRoom({ initial_state: rule, name: "Door" });
    expect((await bo.join(room, "garden")).body.errcode).to.equal("M_FORBIDDEN");
    const knock = await bo.call("POST", `v3/knock/${encodeURIComponent(room)}?via=garden.example`, {
      reason: "tea?",
    });
    expect(knock).to.deep.equal({ status: 200, body: { room_id: room } });
    expect(Object.keys((await syncedRooms(bo)).knock ?? {})).to.deep.equal([room]);
    expect(await membership(ada, room, bo)).to.equal("knock");
    await ada.act(room, "kick", { user_id: bo.id });
    await network.until("refused", async () => (await syncedRooms(bo)).knock === undefined);
    await bo.call("POST", `v3/knock/${encodeURIComponent(room)}?via=garden.example`, {});
    await ada.act(room, "invite", { user_id: bo.id });
    expect(Object.keys((await syncedRooms(bo)).invite ?? {})).to.deep.equal([room]);
    expect((await bo.join(room)).status).to.equal(200);
    await network.end();
  });

  it("leaves, and comes back to what was said meanwhile", async () => {
    const { network, ada, bo } = await twoServers();
    const room = await ada.createRoom({ preset: "public_chat" });
    await bo.join(room, "garden");
    await bo.send(room, "hello");
    await bo.act(room, "leave");
    await network.until("gone", async () => (await membership(ada, room, bo)) === "leave");
    await ada.send(room, "bo is away");
    expect((await bo.join(room, "garden")).status).to.equal(200);
    await ada.send(room, "bo is back");
    await network.until("heard", async () => (await bo.texts(room)).includes("bo is back"));
    expect(await bo.state(room)).to.deep.equal(await ada.state(room));
    await network.end();
  });

  for (const roomVersion of ["8", "10", "12"] as const) {
    it(`lets members of another room in, in version ${roomVersion}`, async () => {
      const { network, ada, bo } = await twoServers({ roomVersion });
      const club = await ada.createRoom({ preset: "public_chat" });
      const rule = { join_rule: "restricted", allow: [{ type: "m.room_membership", room_id: club }] };
      const room = await ada.createRoom({ initial_state: [{ type: "m.room.join_rules", content: rule }] });
      expect((await bo.join(room, "garden")).body.errcode).to.equal("M_FORBIDDEN");
      await bo.join(club, "garden");
      expect((await bo.join(room, "garden")).status).to.equal(200);
      await bo.send(room, "in");
      await network.until("heard", async () => (await ada.texts(room)).includes("in"));
      await network.end();
    });
  }

  it("does not take the end of an earlier knock for that of the one that stands", async () => {
    const links = new LinkedServers();
    const [garden, harbor] = [await links.start("garden.example"), await links.start("harbor.example")];
    const [ada, bo] = [await garden.user("ada"), await harbor.user("bo")];
    const rule = [{ type: "m.room.join_rules", content: { join_rule: "knock" } }];
    const room = await ada.createRoom({ initial_state: rule });
    const knock = () => bo.done("POST", `v3/knock/${encodeURIComponent(room)}?via=garden.example`, {});
    await knock();
    links.away.add("harbor.example");
    await ada.done("POST", `v3/rooms/${encodeURIComponent(room)}/kick`, { user_id: bo.id });
    await knock();
    links.away.clear();
    // All that was sent before has come when this has.
    await ada.done("PUT", "v3/sendToDevice/m.last/1", { messages: { [bo.id]: { "*": {} } } });
    await bo.done("GET", "v3/publicRooms?server=garden.example");
    let sync: JsonObject = {};
    for (let arrived = 0; arrived === 0; ) {
      garden.clock.advance(1000);
      sync = await bo.sync();
      arrived = (sync.to_device as { events: JsonObject[] }).events.length;
    }
    expect(Object.keys((sync.rooms ?? {}) as JsonObject)).to.deep.equal(["knock"]);
  });

  it("asks others who know the other room, once it is left here", async () => {
    const links = new LinkedServers();
    const names = ["garden", "harbor", "coast"].map((name) => `${name}.example`);
    const [garden, harbor, coast] = await Promise.all(names.map((name) => links.start(name)));
    const [ada, bo, cy] = [await garden!.user("ada"), await harbor!.user("bo"), await coast!.user("cy")];
    const club = await ada.createRoom({ preset: "public_chat" });
    const rule = { join_rule: "restricted", allow: [{ type: "m.room_membership", room_id: club }] };
    const room = await ada.createRoom({
      power_level_content_override: { invite: 0 },
      initial_state: [{ type: "m.room.join_rules", content: rule }],
    });
    const join = async (user: TestUser, to: string, via: string) =>
      (await user.call("POST", `v3/join/${encodeURIComponent(to)}?via=${via}.example`)).body;
    for (const to of [club, room]) expect(await join(bo, to, "garden")).to.deep.equal({ room_id: to });
    await join(cy, club, "harbor");
    await bo.done("POST", `v3/rooms/${encodeURIComponent(club)}/leave`);
    expect((await join(cy, room, "harbor")).errcode).to.equal("M_UNABLE_TO_AUTHORISE_JOIN");
    await join(bo, club, "garden");
    expect(await join(cy, room, "harbor")).to.deep.equal({ room_id: room });
  });

  it("does not tell of a join the server that it went through", async () => {
    const links = new LinkedServers();
    const [garden, harbor] = [await links.start("garden.example"), await links.start("harbor.example")];
    const [ada, bo] = [await garden.user("ada"), await harbor.user("bo")];
    const room = await ada.createRoom({ preset: "public_chat" });
    await bo.done("POST", `v3/join/${encodeURIComponent(room)}?via=garden.example`);
    await bo.send(room, "in");
    const told = () =>
      links.to("garden.example", "/send/").flatMap(({ body }) => (body.pdus ?? []) as JsonObject[]);
    await links.until("told", () => told().some(({ type }) => type === "m.room.message"));
    expect(told().map(({ type }) => type)).to.deep.equal(["m.room.message"]);
  });

  it("finds a room by an alias of another server", async () => {
    const { network, ada, bo } = await twoServers();
    const room = await ada.createRoom({ preset: "public_chat", room_alias_name: "tea" });
    expect((await bo.join("#tea:garden.example")).body).to.deep.equal({ room_id: room });
    const unknown = await bo.join("#coffee:garden.example");
    expect(unknown.body.errcode).to.equal("M_NOT_FOUND");
    await network.end();
  });

  it("bans", async () => {
    const { network, ada, bo } = await twoServers();
    const room = await ada.createRoom({ preset: "public_chat" });
    await bo.join(room, "garden");
    await ada.act(room, "ban", { user_id: bo.id });
    await network.until("banned", async () => (await syncedRooms(bo)).join === undefined);
    expect((await bo.join(room, "garden")).body.errcode).to.equal("M_FORBIDDEN");
    await network.end();
  });
});
