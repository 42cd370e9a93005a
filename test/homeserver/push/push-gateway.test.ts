import { expect } from "chai";
import type { JsonObject } from "../../../src/protocol/json.ts";
import { memoryPorts } from "../memory-ports.ts";
import { TestServer } from "../test-server.ts";

type Notification = JsonObject & { devices: JsonObject[] };

/** A gateway that keeps what it gets, and answers as told. */
function gateway(answers: (() => Response)[] = []) {
  const taken: Notification[] = [];
  const waiting: (() => void)[] = [];
  const fetch = async (request: Request) => {
    const { notification } = (await request.json()) as { notification: Notification };
    taken.push(notification);
    waiting.shift()?.();
    return answers.shift()?.() ?? Response.json({ rejected: [] });
  };
  /** Resolves with the next notification. */
  const next = async () => {
    await new Promise<void>((resolve) => waiting.push(resolve));
    return taken.at(-1)!;
  };
  return { fetch, taken, next };
}

async function boWithPusher(answers: (() => Response)[] = [], data: JsonObject = {}) {
  const push = gateway(answers);
  const ports = { ...memoryPorts(), transport: { fetch: push.fetch } };
  const server = await TestServer.start({}, ports);
  const [bo, cy] = [await server.user("bo"), await server.user("cy")];
  await bo.done("POST", "v3/pushers/set", {
    app_id: "org.example.app",
    pushkey: "bo's phone",
    kind: "http",
    app_display_name: "App",
    device_display_name: "Phone",
    lang: "en",
    data: { url: "https://push.example/_matrix/push/v1/notify", brand: "x", ...data },
  });
  return { push, server, bo, cy };
}

describe("a push gateway", () => {
  it("is told of invitations and messages, with counts and tweaks", async () => {
    const { push, server, bo, cy } = await boWithPusher();
    let told = push.next();
    const room = await cy.createRoom({ preset: "private_chat", invite: [bo.id], name: "Tea" });
    expect(await told).to.include({ type: "m.room.member", user_is_target: true, room_id: room });
    await bo.done("POST", `v3/join/${encodeURIComponent(room)}`);
    told = push.next();
    const event = await cy.send(room, "Mint?");
    const notification = await told;
    expect(notification).to.deep.include({
      event_id: event,
      room_name: "Tea",
      prio: "high",
      counts: { unread: 1 },
    });
    expect(notification.content).to.deep.include({ body: "Mint?" });
    expect(notification.devices[0]).to.deep.equal({
      app_id: "org.example.app",
      pushkey: "bo's phone",
      pushkey_ts: Math.floor(server.clock.time / 1000),
      data: { brand: "x" },
      tweaks: { sound: "default" },
    });
  });

  it("is told when the user has read what there was", async () => {
    const { push, bo, cy } = await boWithPusher();
    let told = push.next();
    const room = await cy.createRoom({ preset: "private_chat", invite: [bo.id] });
    await told;
    await bo.done("POST", `v3/join/${encodeURIComponent(room)}`);
    told = push.next();
    const event = await cy.send(room, "Mint?");
    expect((await told).counts).to.deep.equal({ unread: 1 });
    told = push.next();
    const receipt = `v3/rooms/${encodeURIComponent(room)}/receipt/m.read/${encodeURIComponent(event)}`;
    await bo.done("POST", receipt, {});
    const { devices, ...rest } = await told;
    expect(rest).to.deep.equal({ counts: { unread: 0 }, prio: "low" });
    expect(devices[0]).to.include({ pushkey: "bo's phone" });
    await bo.done("POST", receipt, {});
    expect(push.taken.length).to.equal(3);
  });

  it("gets no words where the pusher asks for ids alone", async () => {
    const { push, bo, cy } = await boWithPusher([], { format: "event_id_only" });
    const told = push.next();
    await cy.createRoom({ preset: "private_chat", invite: [bo.id] });
    expect(await told).to.have.all.keys("event_id", "room_id", "counts", "prio", "devices");
  });

  it("is asked again when it is out of order, and no more once it rejects the key", async () => {
    const broken = () => new Response("", { status: 502 });
    const rejecting = () => Response.json({ rejected: ["bo's phone"] });
    const { push, server, bo, cy } = await boWithPusher([broken, rejecting]);
    let told = push.next();
    await cy.createRoom({ preset: "private_chat", invite: [bo.id] });
    const first = await told;
    told = push.next();
    await server.clock.advance(2000);
    expect((await told).event_id).to.equal(first.event_id);
    // the answer is taken in before another request is
    while (((await bo.done("GET", "v3/pushers")).pushers as unknown[]).length > 0);
    expect(push.taken).to.have.length(2);
  });
});
