import { expect } from "chai";
import type { JsonObject } from "../../../src/protocol/json.ts";
import type { TestUser } from "../test-server.ts";
import { bodies, type Joined, pair, sync, types } from "./sync-answer.ts";

describe("sync", () => {
  it("begins with everything, then tells what is new", async () => {
    const { bo, ada, room, path } = await pair({ name: "Tea" });
    const nothing = await sync(ada);
    expect(nothing.rooms).to.equal(undefined);
    expect(types(nothing.account_data)).to.deep.equal(["m.push_rules"]);
    await bo.done("POST", `${path}/invite`, { user_id: ada.id });
    const invited = await sync(ada, { since: nothing.next_batch });
    const shown = invited.rooms!.invite![room]!.invite_state;
    expect(types(shown)).to.include.members([
      "m.room.create",
      "m.room.name",
      "m.room.join_rules",
      "m.room.member",
    ]);
    await ada.done("POST", `${path}/join`);
    await bo.send(room, "hello");
    const joined = await sync(ada, { since: invited.next_batch });
    expect(Object.keys(joined.rooms!)).to.deep.equal(["join"]);
    const all = joined.rooms!.join![room]!;
    expect(bodies(all.timeline)).to.deep.equal(["hello"]);
    expect(types({ events: [...all.state!.events, ...all.timeline.events] })).to.include("m.room.create");
    expect(all.summary).to.deep.equal({ "m.joined_member_count": 2, "m.invited_member_count": 0 });
    await bo.send(room, "again");
    const again = await sync(ada, { since: joined.next_batch });
    expect(bodies(again.rooms!.join![room]!.timeline)).to.deep.equal(["again"]);
    expect(again.rooms!.join![room]!.state!.events).to.deep.equal([]);
    expect(again.rooms!.join![room]!.timeline.events[0]).not.to.have.property("room_id");
    expect((await sync(ada, { since: again.next_batch })).rooms).to.equal(undefined);
    ada.server = await ada.server.restarted();
    expect(
      bodies((await sync(ada, { since: joined.next_batch })).rooms!.join![room]!.timeline),
    ).to.deep.equal(["again"]);
    expect((await sync(ada, { since: again.next_batch })).rooms).to.equal(undefined);
  });

  it("tells the state across a gap, before the timeline or after it", async () => {
    const { bo, room } = await pair();
    const { next_batch: since } = await sync(bo);
    await bo.setState(room, "m.room.name", { name: "One" });
    await bo.setState(room, "m.room.topic", { topic: "tea" });
    await bo.setState(room, "m.room.name", { name: "Two" });
    await bo.send(room, "hello");
    const filter = JSON.stringify({ room: { timeline: { limit: 2 } } });
    const before = (await sync(bo, { since, filter })).rooms!.join![room]!;
    expect(before.timeline.limited).to.equal(true);
    expect(types(before.timeline)).to.deep.equal(["m.room.name", "m.room.message"]);
    expect(before.state!.events.map(({ content }) => content)).to.deep.equal([
      { name: "One" },
      { topic: "tea" },
    ]);
    for (const [name, field] of [
      ["use_state_after", "state_after"],
      ["org.matrix.msc4222.use_state_after", "org.matrix.msc4222.state_after"],
    ] as const) {
      const after = (await sync(bo, { since, filter, [name]: "true" })).rooms!.join![room]!;
      expect(after[field]!.events.map(({ content }) => content)).to.deep.equal([
        { topic: "tea" },
        { name: "Two" },
      ]);
      expect(after).not.to.have.property("state");
    }
    const quiet = await sync(bo, { since, use_state_after: "true" });
    await bo.send(room, "more");
    const more = (await sync(bo, { since: quiet.next_batch, use_state_after: "true" })).rooms!.join![room]!;
    expect(more.state_after).to.deep.equal({ events: [] });
  });

  it("loads members when they are needed, and not again", async () => {
    const { server, bo, ada, room, path } = await pair();
    await ada.done("POST", `${path}/join`);
    const cy = await server.user("cy");
    await cy.done("POST", `${path}/join`);
    await bo.send(room, "0");
    const filter = JSON.stringify({ room: { timeline: { limit: 1 }, state: { lazy_load_members: true } } });
    const members = (joined: Joined) =>
      joined.state!.events.filter(({ type }) => type === "m.room.member").map(({ state_key }) => state_key);
    const first = await sync(bo, { filter });
    // The room has no name, so its heroes come too.
    expect(members(first.rooms!.join![room]!)).to.have.members([bo.id, ada.id, cy.id]);
    await bo.setState(room, "m.room.name", { name: "Tea" });
    const ada2 = await ada.secondDevice();
    const named = await sync(ada2, { filter });
    expect(members(named.rooms!.join![room]!)).to.have.members([bo.id, ada.id]);
    await cy.send(room, "1");
    const second = await sync(ada2, { filter, since: named.next_batch });
    expect(members(second.rooms!.join![room]!)).to.deep.equal([cy.id]);
    await cy.send(room, "2");
    const third = await sync(ada2, { filter, since: second.next_batch });
    expect(members(third.rooms!.join![room]!)).to.deep.equal([]);
    // An answer that never came is asked for again.
    const repeated = await sync(ada2, { filter, since: named.next_batch });
    expect(members(repeated.rooms!.join![room]!)).to.deep.equal([cy.id]);
    const redundant = JSON.stringify({
      room: { timeline: { limit: 1 }, state: { lazy_load_members: true, include_redundant_members: true } },
    });
    const all = await sync(ada2, { filter: redundant, since: second.next_batch });
    expect(members(all.rooms!.join![room]!)).to.deep.equal([cy.id]);
    const dora = await server.user("dora");
    await dora.done("POST", `${path}/join`);
    await bo.send(room, "3");
    await bo.send(room, "4");
    const gap = await sync(ada2, { filter, since: third.next_batch });
    expect(gap.rooms!.join![room]!.timeline.limited).to.equal(true);
    expect(members(gap.rooms!.join![room]!)).to.include(dora.id);
  });

  it("tells who takes the state after the timeline what others did to members, lazily too", async () => {
    const { bo, ada, room, path } = await pair({ name: "Tea" });
    await ada.done("POST", `${path}/join`);
    const filter = JSON.stringify({ room: { state: { lazy_load_members: true } } });
    const { next_batch: since } = await sync(bo, { filter, use_state_after: "true" });
    await bo.done("POST", `${path}/ban`, { user_id: ada.id });
    const banned = (await sync(bo, { filter, since, use_state_after: "true" })).rooms!.join![room]!;
    const told = banned.state_after!.events.find(({ state_key }) => state_key === ada.id);
    expect(told?.content.membership).to.equal("ban");
  });

  it("tells of leaving once, and of left rooms to who asks", async () => {
    const { bo, ada, room, path } = await pair();
    await ada.done("POST", `${path}/join`);
    const { next_batch: since } = await sync(ada);
    await bo.send(room, "stay");
    await ada.done("POST", `${path}/leave`, { reason: "late" });
    await bo.send(room, "gone");
    const left = await sync(ada, { since });
    expect(left.rooms!.join).to.equal(undefined);
    expect(bodies(left.rooms!.leave![room]!.timeline)).to.deep.equal(["stay"]);
    expect(left.rooms!.leave![room]!.timeline.events.at(-1)!.content.reason).to.equal("late");
    expect((await sync(ada, { since: left.next_batch })).rooms).to.equal(undefined);
    expect((await sync(ada)).rooms).to.equal(undefined);
    const filter = JSON.stringify({ room: { include_leave: true } });
    const all = (await sync(ada, { filter })).rooms!.leave![room]!;
    expect(bodies(all.timeline)).to.deep.equal(["stay"]);
  });

  it("shows who left and is banned later nothing of between", async () => {
    const { bo, ada, room, path } = await pair({ name: "Before" });
    await ada.done("POST", `${path}/join`);
    await ada.done("POST", `${path}/leave`);
    const { next_batch: since } = await sync(ada);
    await bo.setState(room, "m.room.name", { name: "Between" });
    await bo.done("POST", `${path}/ban`, { user_id: ada.id });
    const banned = await sync(ada, { since });
    expect(JSON.stringify(banned)).not.to.contain("Between");
    expect(
      banned.rooms!.leave![room]!.timeline.events.map(({ content }) => content.membership),
    ).to.deep.equal(["ban"]);
    expect(await ada.done("GET", `${path}/state/m.room.name`)).to.deep.equal({ name: "Before" });
    // One who comes and goes between two syncs gets what they saw.
    await bo.done("POST", `${path}/unban`, { user_id: ada.id });
    const { next_batch: again } = await sync(ada);
    await ada.done("POST", `${path}/join`);
    await bo.send(room, "hello");
    await ada.done("POST", `${path}/leave`);
    expect(bodies((await sync(ada, { since: again })).rooms!.leave![room]!.timeline)).to.deep.equal([
      "hello",
    ]);
  });

  it("tells of an invitation that was declined or taken back", async () => {
    const { bo, ada, room, path } = await pair();
    await bo.done("POST", `${path}/invite`, { user_id: ada.id });
    const { next_batch: since } = await sync(ada);
    await bo.done("POST", `${path}/kick`, { user_id: ada.id });
    const { rooms } = await sync(ada, { since });
    expect(Object.keys(rooms!)).to.deep.equal(["leave"]);
    expect(rooms!.leave![room]!.timeline.events.map(({ content }) => content.membership)).to.deep.equal([
      "leave",
    ]);
  });

  it("gives a room anew to who comes back", async () => {
    const { bo, ada, room, path } = await pair({ name: "Tea" });
    await ada.done("POST", `${path}/join`);
    const { next_batch: since } = await sync(ada);
    await ada.done("POST", `${path}/leave`);
    const away = await sync(ada, { since });
    await bo.setState(room, "m.room.name", { name: "Cake" });
    await ada.done("POST", `${path}/join`);
    const filter = JSON.stringify({ room: { timeline: { limit: 1 } } });
    const back = (await sync(ada, { since: away.next_batch, filter })).rooms!.join![room]!;
    expect(types(back.state)).to.include.members(["m.room.create", "m.room.name", "m.room.power_levels"]);
    expect(back.timeline.limited).to.equal(true);
    // Who only left and came back between two syncs never lost it.
    const { next_batch: here } = await sync(ada);
    await ada.done("POST", `${path}/leave`);
    await ada.done("POST", `${path}/join`);
    const both = (await sync(ada, { since: here })).rooms!.join![room]!;
    expect(types(both.timeline)).to.deep.equal(["m.room.member", "m.room.member"]);
    expect(types(both.state)).to.deep.equal([]);
  });

  it("tells who types and who has read", async () => {
    const { server, bo, ada, room, path } = await pair();
    await ada.done("POST", `${path}/join`);
    const said = await ada.send(room, "read this");
    let { next_batch: since } = await sync(ada);
    const news = async (user: TestUser) => {
      const answer = await sync(user, { since });
      since = answer.next_batch;
      return answer.rooms?.join?.[room]?.ephemeral.events ?? [];
    };
    await bo.done("PUT", `${path}/typing/${encodeURIComponent(bo.id)}`, { typing: true, timeout: 5000 });
    expect(await news(ada)).to.deep.equal([{ type: "m.typing", content: { user_ids: [bo.id] } }]);
    server.clock.advance(5000);
    expect(await news(ada)).to.deep.equal([{ type: "m.typing", content: { user_ids: [] } }]);
    await bo.done("POST", `${path}/receipt/m.read/${encodeURIComponent(said)}`, {});
    const ts = server.clock.now();
    expect(await news(ada)).to.deep.equal([
      { type: "m.receipt", content: { [said]: { "m.read": { [bo.id]: { ts } } } } },
    ]);
    await bo.done("POST", `${path}/receipt/m.read.private/${encodeURIComponent(said)}`, {
      thread_id: "main",
    });
    expect(await news(ada)).to.deep.equal([]);
    await bo.done("POST", `${path}/receipt/m.read/${encodeURIComponent(said)}`, { thread_id: "main" });
    const own = (await sync(bo)).rooms!.join![room]!.ephemeral.events;
    expect(own[0]!.content).to.deep.equal({
      [said]: { "m.read": { [bo.id]: { ts } }, "m.read.private": { [bo.id]: { ts, thread_id: "main" } } },
    });
    const other = await bo.call("PUT", `${path}/typing/${encodeURIComponent(ada.id)}`, { typing: true });
    expect(other.body.errcode).to.equal("M_FORBIDDEN");
    const bad = await bo.call("POST", `${path}/receipt/m.seen/${encodeURIComponent(said)}`, {});
    expect(bad.body.errcode).to.equal("M_INVALID_PARAM");
  });

  it("tells after a restart that nobody types any more, where somebody did", async () => {
    const { bo, ada, room, path } = await pair();
    await ada.done("POST", `${path}/join`);
    await bo.done("PUT", `${path}/typing/${encodeURIComponent(bo.id)}`, { typing: true });
    const { next_batch: since } = await sync(ada);
    ada.server = await ada.server.restarted();
    const restarted = await sync(ada, { since });
    expect(restarted.rooms!.join![room]!.ephemeral.events).to.deep.equal([
      { type: "m.typing", content: { user_ids: [] } },
    ]);
    ada.server = await ada.server.restarted();
    expect((await sync(ada, { since: restarted.next_batch })).rooms).to.equal(undefined);
  });

  it("counts what is unread, in threads apart if asked", async () => {
    const { bo, ada, room, path } = await pair();
    await ada.done("POST", `${path}/join`);
    await ada.done("POST", `v3/createRoom`, {});
    const root = await bo.send(room, "root");
    const reply = { body: "re", msgtype: "m.text", "m.relates_to": { rel_type: "m.thread", event_id: root } };
    await bo.send(room, reply);
    await bo.send(room, { body: "ada!", msgtype: "m.text", "m.mentions": { user_ids: [ada.id] } });
    const counts = async (filter: JsonObject = {}) => {
      const joined = (await sync(ada, { filter: JSON.stringify(filter) })).rooms!.join![room]!;
      return [joined.unread_notifications, joined.unread_thread_notifications];
    };
    expect(await counts()).to.deep.equal([{ notification_count: 3, highlight_count: 1 }, undefined]);
    const threads = { room: { timeline: { unread_thread_notifications: true } } };
    expect(await counts(threads)).to.deep.equal([
      { notification_count: 2, highlight_count: 1 },
      { [root]: { notification_count: 1, highlight_count: 0 } },
    ]);
    await ada.done("POST", `${path}/receipt/m.read/${encodeURIComponent(root)}`, {});
    expect(await counts()).to.deep.equal([{ notification_count: 2, highlight_count: 1 }, undefined]);
    await ada.send(room, "seen");
    expect(await counts(threads)).to.deep.equal([
      { notification_count: 0, highlight_count: 0 },
      { [root]: { notification_count: 1, highlight_count: 0 } },
    ]);
  });

  it("takes filters by their ids, and says what is no filter", async () => {
    const { bo, ada, room } = await pair();
    await bo.send(room, "hello");
    const filters = `v3/user/${encodeURIComponent(bo.id)}/filter`;
    const filter = { room: { timeline: { types: ["m.room.message"], limit: 5 }, state: { types: [] } } };
    const { filter_id: id } = await bo.done("POST", filters, filter);
    expect(await bo.done("POST", filters, filter)).to.deep.equal({ filter_id: id });
    expect(await bo.done("GET", `${filters}/${id}`)).to.deep.equal(filter);
    expect((await bo.call("GET", `${filters}/99`)).status).to.equal(404);
    const joined = (await sync(bo, { filter: String(id) })).rooms!.join![room]!;
    expect(types(joined.timeline)).to.deep.equal(["m.room.message"]);
    expect(joined.state!.events).to.deep.equal([]);
    const errcode = async (query: string) => (await bo.call("GET", `v3/sync?${query}`)).body.errcode;
    expect(await errcode("filter=99")).to.equal("M_INVALID_PARAM");
    expect(await errcode(`filter=${encodeURIComponent('{"room":7}')}`)).to.equal("M_INVALID_PARAM");
    expect(await errcode(`filter=${encodeURIComponent('{"room"')}`)).to.equal("M_NOT_JSON");
    expect(await errcode("since=tomorrow")).to.equal("M_INVALID_PARAM");
    expect(await errcode("timeout=soon")).to.equal("M_INVALID_PARAM");
    expect((await bo.call("POST", filters, { room: { timeline: { limit: "5" } } })).body.errcode).to.equal(
      "M_BAD_JSON",
    );
    expect((await ada.call("POST", filters, {})).body.errcode).to.equal("M_FORBIDDEN");
    await bo.send(room, { msgtype: "m.text", body: "again", "com.example.mood": "calm" });
    const event_fields = ["content.msgtype", "content.body"];
    const fields = JSON.stringify({ event_fields, room: { timeline: { limit: 1 } } });
    const [picked] = (await sync(bo, { filter: fields })).rooms!.join![room]!.timeline.events;
    expect(picked!.content).to.deep.equal({ msgtype: "m.text", body: "again" });
    expect(picked).to.have.all.keys("type", "sender", "event_id", "origin_server_ts", "content");
  });
});
