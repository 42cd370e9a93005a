import { expect } from "chai";
import type { JsonObject } from "../../../src/protocol/json.ts";
import { TestServer } from "../test-server.ts";

type Event = {
  event_id: string;
  type: string;
  content: JsonObject;
  unsigned: { "m.relations"?: Record<string, JsonObject> };
};

async function pair() {
  const server = await TestServer.start();
  const [bo, ada] = [await server.user("bo"), await server.user("ada")];
  const room = await bo.createRoom({ preset: "public_chat" });
  const path = `rooms/${encodeURIComponent(room)}`;
  await ada.done("POST", `v3/${path}/join`);
  const event = async (id: string) =>
    (await bo.done("GET", `v3/${path}/event/${encodeURIComponent(id)}`)) as Event;
  return { server, bo, ada, room, path, event };
}

const relate = (rel_type: string, event_id: string, more: JsonObject = {}) => ({
  "m.relates_to": { rel_type, event_id, ...more },
});
const text = (body: string) => ({ msgtype: "m.text", body });

describe("relations", () => {
  it("tell with an event its last edit, its thread and its references", async () => {
    const { server, bo, ada, room, event } = await pair();
    const root = await bo.send(room, "root");
    const edit = (body: string) => ({
      ...text(`* ${body}`),
      "m.new_content": text(body),
      ...relate("m.replace", root),
    });
    await bo.send(room, edit("first"));
    server.clock.advance(1);
    const second = await bo.send(room, edit("second"));
    server.clock.advance(1);
    await ada.send(room, edit("not mine to edit"));
    const reply = await ada.send(room, { ...text("reply"), ...relate("m.thread", root) });
    const reference = await ada.send(room, relate("m.reference", root), "org.example.poll");
    await ada.send(room, relate("m.annotation", root, { key: "👍" }), "m.reaction");
    const bundle = (await event(root)).unsigned["m.relations"]!;
    expect((bundle["m.replace"] as Event).event_id).to.equal(second);
    expect((await event(root)).content.body).to.equal("root");
    expect(bundle["m.thread"]).to.include({ count: 1, current_user_participated: true });
    expect((bundle["m.thread"] as { latest_event: Event }).latest_event.event_id).to.equal(reply);
    expect(bundle["m.reference"]).to.deep.equal({ chunk: [{ event_id: reference }] });
    expect(bundle["m.annotation"]).to.equal(undefined);
  });

  it("are listed by kind and type, in pages, and forget what is redacted", async () => {
    const { bo, ada, room, path } = await pair();
    const root = await bo.send(room, "root");
    const ids: string[] = [];
    for (const body of ["1", "2", "3", "4", "5"])
      ids.push(await bo.send(room, { ...text(body), ...relate("m.thread", root) }));
    const reaction = await ada.send(room, relate("m.annotation", root, { key: "👍" }), "m.reaction");
    const list = async (rest: string) =>
      bo.done("GET", `v1/${path}/relations/${encodeURIComponent(root)}${rest}`);
    const chunk = (answer: JsonObject) => (answer.chunk as Event[]).map(({ event_id }) => event_id);
    expect(chunk(await list(""))).to.deep.equal([reaction, ...ids.toReversed()]);
    expect(chunk(await list("/m.annotation/m.reaction"))).to.deep.equal([reaction]);
    expect(chunk(await list("/m.annotation/m.room.message"))).to.deep.equal([]);
    const first = await list("/m.thread?limit=2&dir=f");
    expect(chunk(first)).to.deep.equal(ids.slice(0, 2));
    const second = await list(`/m.thread?limit=2&dir=f&from=${first.next_batch}`);
    expect(chunk(second)).to.deep.equal(ids.slice(2, 4));
    const last = await list(`/m.thread?limit=2&dir=f&from=${second.next_batch}`);
    expect(chunk(last)).to.deep.equal(ids.slice(4));
    expect(last.next_batch).to.equal(undefined);
    const deep = await ada.send(room, relate("m.annotation", ids[0]!, { key: "👍" }), "m.reaction");
    expect(chunk(await list("?recurse=true"))).to.include(deep);
    expect((await list("?recurse=true")).recursion_depth).to.equal(3);
    await bo.done("PUT", `v3/${path}/redact/${encodeURIComponent(reaction)}/x`, {});
    expect(chunk(await list("/m.annotation"))).to.deep.equal([]);
    const missing = await bo.call("GET", `v1/${path}/relations/$nothing`);
    expect([missing.status, missing.body.errcode]).to.deep.equal([404, "M_NOT_FOUND"]);
  });

  it("say the same thing of an event only once", async () => {
    const { bo, ada, room, path } = await pair();
    const root = await bo.send(room, "root");
    const react = async (key: string, id: string) =>
      (await ada.call("PUT", `v3/${path}/send/m.reaction/${id}`, relate("m.annotation", root, { key }))).body;
    const first = await react("👍", "a");
    expect((await react("👍", "b")).errcode).to.equal("M_DUPLICATE_ANNOTATION");
    expect((await react("👍", "a")).event_id).to.equal(first.event_id);
    expect((await react("🎉", "c")).errcode).to.equal(undefined);
    await ada.done("PUT", `v3/${path}/redact/${encodeURIComponent(String(first.event_id))}/x`, {});
    expect((await react("👍", "d")).errcode).to.equal(undefined);
  });

  it("make threads, the liveliest first", async () => {
    const { bo, ada, room, path } = await pair();
    const roots = [await bo.send(room, "a"), await bo.send(room, "b"), await ada.send(room, "c")];
    for (const root of [roots[1]!, roots[2]!, roots[0]!])
      await ada.send(room, { ...text("re"), ...relate("m.thread", root) });
    const threads = async (query: string) => bo.done("GET", `v1/${path}/threads?${query}`);
    const ids = (answer: JsonObject) => (answer.chunk as Event[]).map(({ event_id }) => event_id);
    expect(ids(await threads(""))).to.deep.equal([roots[0], roots[2], roots[1]]);
    expect(ids(await threads("include=participated"))).to.deep.equal([roots[0], roots[1]]);
    const first = await threads("limit=2");
    expect(ids(await threads(`limit=2&from=${first.next_batch}`))).to.deep.equal([roots[1]]);
  });
});
