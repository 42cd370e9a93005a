import { expect } from "chai";
import { bodies, pair, sync } from "./sync-answer.ts";

describe("a long poll", () => {
  it("answers at once when something comes, and when its time is over", async () => {
    const { server, bo, ada, room, path } = await pair();
    await ada.done("POST", `${path}/join`);
    const { next_batch: since } = await sync(ada);
    const waiting = sync(ada, { since, timeout: 30_000 });
    await bo.send(room, "news");
    const answer = await waiting;
    expect(bodies(answer.rooms!.join![room]!.timeline)).to.deep.equal(["news"]);
    const idle = sync(ada, { since: answer.next_batch, timeout: 30_000 });
    // Gives the request its turn, so that it waits.
    await sync(bo);
    server.clock.advance(30_000);
    expect((await idle).rooms).to.equal(undefined);
  });

  it("answers after the sender has their answer", async () => {
    const { bo, ada, room, path } = await pair();
    await ada.done("POST", `${path}/join`);
    const { next_batch: since } = await sync(ada);
    const order: string[] = [];
    const waiting = sync(ada, { since, timeout: 30_000 }).then(() => order.push("sync"));
    await bo.done("GET", "v3/account/whoami");
    await Promise.all([waiting, bo.send(room, "news").then(() => order.push("send"))]);
    expect(order).to.deep.equal(["send", "sync"]);
  });

  it("sleeps on through what its filter leaves out", async () => {
    const { bo, ada, room, path } = await pair();
    await ada.done("POST", `${path}/join`);
    const filter = JSON.stringify({
      room: { timeline: { types: ["m.room.message"] }, ephemeral: { types: [] } },
      presence: { types: [] },
    });
    const { next_batch: since } = await sync(ada, { filter });
    let answered = false;
    const waiting = sync(ada, { since, timeout: 30_000, filter }).finally(() => {
      answered = true;
    });
    await bo.send(room, {}, "org.example.noise");
    expect(answered).to.equal(false);
    await bo.send(room, "news");
    expect(bodies((await waiting).rooms!.join![room]!.timeline)).to.deep.equal(["news"]);
  });

  it("ends when its client is gone, and when the server stops", async () => {
    const { server, ada } = await pair();
    const { next_batch: since } = await sync(ada);
    const gone = new AbortController();
    const path = `v3/sync?since=${since}&timeout=30000`;
    const aborted = server.call("GET", path, { token: ada.token, signal: gone.signal });
    await server.call("GET", "versions");
    gone.abort();
    expect((await aborted).status).to.equal(200);
    const waiting = server.call("GET", path, { token: ada.token });
    await server.homeserver.stop();
    expect((await waiting).status).to.equal(200);
  });
});
