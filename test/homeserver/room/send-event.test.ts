import { expect } from "chai";
import type { JsonObject } from "../../../src/protocol/json.ts";
import { TestServer, type TestUser } from "../test-server.ts";

async function room() {
  const server = await TestServer.start();
  const [bo, ada] = [await server.user("bo"), await server.user("ada")];
  const id = await bo.createRoom({ preset: "public_chat" });
  const path = `v3/rooms/${encodeURIComponent(id)}`;
  await ada.done("POST", `${path}/join`);
  return { server, bo, ada, id, path };
}

async function refused(user: TestUser, method: string, path: string, body: JsonObject) {
  const answer = await user.call(method, path, body);
  return [answer.status, answer.body.errcode];
}

describe("sending an event", () => {
  it("happens once for a transaction of a device and a path", async () => {
    const { bo, id, path } = await room();
    const other = await bo.secondDevice();
    const body = { msgtype: "m.text", body: "hello" };
    const first = await bo.done("PUT", `${path}/send/m.room.message/one`, body);
    const [again, atOnce] = await Promise.all([
      bo.done("PUT", `${path}/send/m.room.message/one`, body),
      bo.done("PUT", `${path.replaceAll("!", "%21")}/send/m%2Eroom.message/one`, body),
    ]);
    expect([again, atOnce]).to.deep.equal([first, first]);
    expect(await other.done("PUT", `${path}/send/m.room.message/one`, body)).not.to.deep.equal(first);
    expect(await bo.done("PUT", `${path}/send/m.sticker/one`, body)).not.to.deep.equal(first);
    const otherRoom = encodeURIComponent(await bo.createRoom());
    expect(await bo.done("PUT", `v3/rooms/${otherRoom}/send/m.room.message/one`, body)).not.to.deep.equal(
      first,
    );
    bo.server = await bo.server.restarted();
    expect(await bo.done("PUT", `${path}/send/m.room.message/one`, body)).to.deep.equal(first);
    const eventPath = `${path}/event/${encodeURIComponent(String(first.event_id))}`;
    const unsigned = async (user: TestUser) => (await user.done("GET", eventPath)).unsigned as JsonObject;
    other.server = bo.server;
    expect((await unsigned(bo)).transaction_id).to.equal("one");
    expect((await unsigned(other)).transaction_id).to.equal(undefined);
    expect((await bo.done("GET", eventPath)).room_id).to.equal(id);
  });

  it("two requests at once for one transaction make one event", async () => {
    const { bo, path } = await room();
    const send = () => bo.done("PUT", `${path}/send/m.room.message/race`, { msgtype: "m.text", body: "x" });
    const [one, two] = await Promise.all([send(), send()]);
    expect(one).to.deep.equal(two);
  });

  it("refuses what cannot be an event", async () => {
    const { server, bo, ada, path } = await room();
    const stranger = await server.user("cy");
    const before = server.ports.journal.records.length;
    const send = `${path}/send/m.room.message`;
    expect(await refused(stranger, "PUT", `${send}/a`, {})).to.deep.equal([403, "M_FORBIDDEN"]);
    expect(await refused(bo, "PUT", "v3/rooms/!no:where.example/send/a/b", {})).to.deep.equal([
      403,
      "M_FORBIDDEN",
    ]);
    expect(await refused(bo, "PUT", `${send}/b`, { body: "x".repeat(70_000) })).to.deep.equal([
      413,
      "M_TOO_LARGE",
    ]);
    expect(await refused(bo, "PUT", `${send}/c`, { size: 0.5 })).to.deep.equal([400, "M_BAD_JSON"]);
    expect(await refused(bo, "PUT", `${send}/d`, { size: 2 ** 53 })).to.deep.equal([400, "M_BAD_JSON"]);
    expect(await refused(bo, "PUT", `${send}/e`, { body: "\ud800" })).to.deep.equal([400, "M_BAD_JSON"]);
    expect(await refused(ada, "PUT", `${path}/state/m.room.name`, { name: "Ada's" })).to.deep.equal([
      403,
      "M_FORBIDDEN",
    ]);
    expect(await refused(bo, "PUT", `${path}/state/a/${encodeURIComponent(ada.id)}`, {})).to.deep.equal([
      403,
      "M_FORBIDDEN",
    ]);
    expect(await refused(bo, "PUT", `${path}/state/a/${"k".repeat(256)}`, {})).to.deep.equal([
      400,
      "M_INVALID_PARAM",
    ]);
    expect(server.ports.journal.records.length).to.equal(before);
    const text = new Request(`https://garden.example/_matrix/client/${send}/f`, {
      method: "PUT",
      headers: { authorization: `Bearer ${bo.token}` },
      body: '{"size":1.0}',
    });
    expect((await server.homeserver.fetch(text)).status).to.equal(400);
  });

  it("gives the same event for the same state", async () => {
    const { bo, id } = await room();
    const first = await bo.setState(id, "m.room.topic", { topic: "tea" });
    expect(await bo.setState(id, "m.room.topic", { topic: "tea" })).to.equal(first);
    expect(await bo.setState(id, "m.room.topic", { topic: "cake" })).not.to.equal(first);
  });

  it("keeps the order of many at once, without a fork", async () => {
    const { server, bo, ada, path } = await room();
    const sends = Array.from({ length: 40 }, (_, index) =>
      (index % 2 ? bo : ada).done("PUT", `${path}/send/m.room.message/many${index}`, {
        msgtype: "m.text",
        body: String(index),
      }),
    );
    await Promise.all(sends);
    const ends = server.ports.facts.filter((fact) => fact.type === "forward-extremities");
    expect(ends.every(({ events }) => events.length === 1)).to.equal(true);
    const { chunk } = await bo.done("GET", `${path}/messages?dir=b&limit=40`);
    const said = (chunk as { content: JsonObject }[]).map(({ content }) => Number(content.body));
    expect(said.sort((a, b) => a - b)).to.deep.equal(Array.from({ length: 40 }, (_, index) => index));
  });

  it("checks that a canonical alias leads here", async () => {
    const { bo, id } = await room();
    const path = `v3/rooms/${encodeURIComponent(id)}/state/m.room.canonical_alias`;
    expect(await refused(bo, "PUT", path, { alias: "#no:garden.example" })).to.deep.equal([
      400,
      "M_BAD_ALIAS",
    ]);
    expect(await refused(bo, "PUT", path, { alias: "tea" })).to.deep.equal([400, "M_INVALID_PARAM"]);
    expect((await bo.call("PUT", path, {})).status).to.equal(200);
  });
});

describe("redacting an event", () => {
  for (const version of ["6", "10", "11", "12"]) {
    it(`takes its content away, in version ${version}`, async () => {
      const server = await TestServer.start();
      const [bo, ada] = [await server.user("bo"), await server.user("ada")];
      const id = await bo.createRoom({ preset: "public_chat", room_version: version });
      const path = `v3/rooms/${encodeURIComponent(id)}`;
      await ada.done("POST", `${path}/join`);
      const said = await ada.send(id, "oops");
      const { event_id: redaction } = await ada.done("PUT", `${path}/redact/${encodeURIComponent(said)}/r`, {
        reason: "typo",
      });
      const check = async (user: TestUser) => {
        const event = await user.done("GET", `${path}/event/${encodeURIComponent(said)}`);
        expect(event.content).to.deep.equal({});
        const because = (event.unsigned as { redacted_because: JsonObject }).redacted_because;
        expect(because).to.include({ event_id: redaction, redacts: said });
        expect(because.content).to.deep.equal({ reason: "typo", redacts: said });
      };
      await check(bo);
      bo.server = await bo.server.restarted();
      await check(bo);
      expect(JSON.stringify([...bo.server.ports.journal.records].at(-1))).not.to.contain("oops");
    });
  }

  it("is for the sender, and for those with power", async () => {
    const { bo, ada, id, path } = await room();
    const [bos, adas] = [await bo.send(id, "bo's"), await ada.send(id, "ada's")];
    const redact = (user: TestUser, event: string) =>
      refused(user, "PUT", `${path}/redact/${encodeURIComponent(event)}/${event.slice(1, 9)}`, {});
    expect(await redact(ada, bos)).to.deep.equal([403, "M_FORBIDDEN"]);
    expect(await redact(bo, adas)).to.deep.equal([200, undefined]);
    expect(await redact(bo, "nothing")).to.deep.equal([404, "M_NOT_FOUND"]);
    // It may still be on its way here.
    expect(await redact(bo, "$nothing")).to.deep.equal([200, undefined]);
    const elsewhere = await bo.send(await bo.createRoom(), "elsewhere");
    expect(await redact(bo, elsewhere)).to.deep.equal([400, "M_INVALID_PARAM"]);
    const sent = await bo.done("PUT", `${path}/send/m.room.redaction/x`, { redacts: bos, reason: "gone" });
    expect(sent.event_id).to.be.a("string");
    expect((await bo.done("GET", `${path}/event/${encodeURIComponent(bos)}`)).content).to.deep.equal({});
  });

  it("leaves of state what the rules need", async () => {
    const { bo, id, path } = await room();
    const levels = await bo.done("GET", `${path}/state/m.room.power_levels?format=event`);
    await bo.done("PUT", `${path}/redact/${encodeURIComponent(String(levels.event_id))}/x`, {});
    const left = await bo.done("GET", `${path}/state/m.room.power_levels`);
    expect(left).to.include.keys("users_default", "ban").and.not.include.keys("notifications");
    await bo.setState(id, "m.room.name", { name: "still in power" });
  });
});
