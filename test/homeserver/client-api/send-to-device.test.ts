import { expect } from "chai";
import type { JsonObject } from "../../../src/protocol/json.ts";
import { TestServer, type TestUser } from "../test-server.ts";

async function inbox(user: TestUser, since?: string) {
  const answer = await user.sync(since === undefined ? {} : { since });
  const { events } = answer.to_device as { events: JsonObject[] };
  return {
    said: events.map(({ content }) => (content as JsonObject).n),
    since: String(answer.next_batch),
    events,
  };
}

async function send(from: TestUser, messages: JsonObject, transaction: string) {
  return from.done("PUT", `v3/sendToDevice/org.example.note/${transaction}`, { messages });
}

describe("messages to devices", () => {
  it("are given until they are acknowledged, then never", async () => {
    const server = await TestServer.start();
    const [bo, ada] = [await server.user("bo"), await server.user("ada")];
    const other = await ada.secondDevice();
    await send(bo, { [ada.id]: { [ada.deviceId]: { n: 1 } } }, "a");
    await send(bo, { [ada.id]: { [ada.deviceId]: { n: 1 } } }, "a");
    await send(bo, { [ada.id]: { "*": { n: 2 } }, "@nobody:garden.example": { X: { n: 3 } } }, "b");
    const first = await inbox(ada);
    expect(first.said).to.deep.equal([1, 2]);
    expect(first.events[0]).to.deep.equal({ type: "org.example.note", sender: bo.id, content: { n: 1 } });
    expect((await inbox(ada)).said).to.deep.equal([1, 2]);
    ada.server = await server.restarted();
    expect((await inbox(ada)).said).to.deep.equal([1, 2]);
    const second = await inbox(ada, first.since);
    expect(second.said).to.deep.equal([]);
    expect((await inbox(ada, first.since)).said).to.deep.equal([]);
    other.server = ada.server;
    expect((await inbox(other)).said).to.deep.equal([2]);
  });

  it("come a hundred at a time", async () => {
    const server = await TestServer.start();
    const bo = await server.user("bo");
    for (let n = 0; n < 150; n++) await send(bo, { [bo.id]: { [bo.deviceId]: { n } } }, String(n));
    const first = await inbox(bo);
    expect(first.said).to.have.length(100);
    const again = await inbox(bo, first.since);
    expect(again.said).to.deep.equal(Array.from({ length: 50 }, (_, index) => 100 + index));
    expect((await inbox(bo, again.since)).said).to.deep.equal([]);
  });

  it("have to be objects", async () => {
    const bo = await (await TestServer.start()).user("bo");
    const answer = await bo.call("PUT", "v3/sendToDevice/x/y", { messages: { [bo.id]: "hello" } });
    expect(answer.body.errcode).to.equal("M_BAD_JSON");
  });
});
