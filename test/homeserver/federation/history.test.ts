import { expect } from "chai";
import type { JsonObject } from "../../../src/protocol/json.ts";
import { LinkedServers } from "./linked-servers.ts";
import { MadeNetwork } from "./made-network.ts";

const numbers = (from: number, to: number) =>
  Array.from({ length: to - from }, (_, index) => `m${from + index}`);

describe("history across servers", () => {
  it("is fetched as one pages back to before one came", async () => {
    const network = await MadeNetwork.start(["garden", "harbor"]);
    const ada = await network.user("ada", "garden");
    const bo = await network.user("bo", "harbor");
    const room = await ada.createRoom({ preset: "public_chat" });
    for (const text of numbers(0, 30)) await ada.send(room, text);
    await bo.join(room, "garden");
    const path = `v3/rooms/${encodeURIComponent(room)}/messages?dir=b&limit=12`;
    const seen: string[] = [];
    let end: unknown;
    do {
      const page = await bo.done("GET", end === undefined ? path : `${path}&from=${end}`);
      for (const { content } of page.chunk as { content: JsonObject }[]) {
        if (typeof content.body === "string") seen.push(content.body);
      }
      end = page.end;
    } while (end !== undefined);
    expect(seen.reverse()).to.deep.equal(numbers(0, 30));
    await network.end();
  });

  it("reaches back from the first sync after a join", async () => {
    const network = await MadeNetwork.start(["garden", "harbor"]);
    const ada = await network.user("ada", "garden");
    const bo = await network.user("bo", "harbor");
    const room = await ada.createRoom({ preset: "public_chat" });
    await ada.send(room, "before");
    await bo.join(room, "garden");
    const sync = await bo.done("GET", "v3/sync");
    const { timeline } = (sync.rooms as { join: Record<string, { timeline: JsonObject }> }).join[room]!;
    expect(timeline.limited).to.equal(true);
    const back = await bo.done(
      "GET",
      `v3/rooms/${encodeURIComponent(room)}/messages?dir=b&from=${timeline.prev_batch}`,
    );
    expect(
      (back.chunk as JsonObject[]).some(({ content }) => (content as JsonObject).body === "before"),
    ).to.equal(true);
    await network.end();
  });

  it("is had from another where the first who is asked has none, or nobody answers yet", async () => {
    const links = new LinkedServers();
    const names = ["garden", "harbor", "coast"].map((name) => `${name}.example`);
    const [garden, harbor, coast] = await Promise.all(names.map((name) => links.start(name)));
    const [ada, cy] = [await garden!.user("ada"), await coast!.user("cy")];
    const room = await ada.createRoom({ preset: "public_chat" });
    const path = `v3/rooms/${encodeURIComponent(room)}`;
    await ada.send(room, "before");
    // Most are of the harbor, whose history begins with them.
    for (const name of ["bo", "di"]) {
      await (await harbor!.user(name)).done("POST", `v3/join/${encodeURIComponent(room)}?via=garden.example`);
    }
    await cy.done("POST", `v3/join/${encodeURIComponent(room)}?via=garden.example`);
    for (const name of names) links.away.add(name);
    const alone = await cy.done("GET", `${path}/messages?dir=b&limit=50`);
    expect(alone.end).to.be.a("string");
    const still = await cy.done("GET", `${path}/messages?dir=b&limit=50&from=${alone.end}`);
    expect([still.chunk, still.end]).to.deep.equal([[], alone.end]);
    links.away.clear();
    const rest = await cy.done("GET", `${path}/messages?dir=b&limit=50&from=${still.end}`);
    const types = (rest.chunk as JsonObject[]).map(({ type }) => type);
    expect([types.includes("m.room.message"), types.at(-1)]).to.deep.equal([true, "m.room.create"]);
    expect(rest).to.not.have.property("end");
  });

  it("keeps what was said before one came from those who may not see it", async () => {
    const network = await MadeNetwork.start(["garden", "harbor"]);
    const ada = await network.user("ada", "garden");
    const bo = await network.user("bo", "harbor");
    const hidden = [{ type: "m.room.history_visibility", content: { history_visibility: "joined" } }];
    const room = await ada.createRoom({ preset: "public_chat", initial_state: hidden });
    const secret = await ada.send(room, "secret");
    await bo.join(room, "garden");
    await ada.send(room, "open");
    await network.until("heard", async () => (await bo.texts(room)).includes("open"));
    expect(await bo.texts(room)).to.deep.equal(["open"]);
    const told = network.log.flatMap((entry) =>
      entry.type === "exchange-back" ? [String(entry.response.body)] : [],
    );
    const backfilled = told.filter((body) => body.includes(secret) || body.includes('"pdus":[{'));
    expect(backfilled.some((body) => body.includes('"secret"'))).to.equal(false);
    await network.end();
  });

  it("finds the event of a time that only another server has", async () => {
    const network = await MadeNetwork.start(["garden", "harbor"]);
    const ada = await network.user("ada", "garden");
    const bo = await network.user("bo", "harbor");
    const room = await ada.createRoom({ preset: "public_chat" });
    const early = await ada.send(room, "early");
    await network.pass(5000);
    const ts = Number(
      (await ada.done("GET", `v3/rooms/${encodeURIComponent(room)}/event/${early}`)).origin_server_ts,
    );
    for (const text of numbers(0, 5)) await ada.send(room, text);
    await bo.join(room, "garden");
    const path = `v1/rooms/${encodeURIComponent(room)}/timestamp_to_event?ts=${ts}&dir=f`;
    expect((await bo.done("GET", path)).event_id).to.equal(early);
    const context = await bo.done("GET", `v3/rooms/${encodeURIComponent(room)}/context/${early}?limit=0`);
    expect((context.event as { content: JsonObject }).content.body).to.equal("early");
    await network.end();
  });

  for (const count of [30, 200, 700]) {
    it(`brings ${count} messages after an outage`, async () => {
      const network = await MadeNetwork.start(["garden", "harbor"]);
      const ada = await network.user("ada", "garden");
      const bo = await network.user("bo", "harbor");
      const room = await ada.createRoom({ preset: "public_chat" });
      await bo.join(room, "garden");
      await ada.send(room, "first");
      await network.until("heard", async () => (await bo.texts(room)).includes("first"));
      network.cut("garden", "harbor");
      for (const text of numbers(0, count)) await ada.send(room, text);
      const waiting = network.facts("garden", "queue").at(-1);
      expect(waiting)
        .to.include({ destination: "harbor.example", waiting: count })
        .and.to.have.property("nextTry");
      network.cut("garden", "harbor", false);
      const path = `v3/rooms/${encodeURIComponent(room)}/messages?dir=b&limit=1000`;
      await network.until("all came", async () => {
        const { chunk } = await bo.done("GET", path);
        return (chunk as JsonObject[]).filter(({ type }) => type === "m.room.message").length === count + 1;
      });
      expect(network.facts("garden", "queue").at(-1)).to.deep.equal({
        type: "queue",
        destination: "harbor.example",
        waiting: 0,
      });
      expect(await bo.state(room)).to.deep.equal(await ada.state(room));
      await network.end();
    });
  }
});
