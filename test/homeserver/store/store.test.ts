import { expect } from "chai";
import type { Journal, JournalRecord } from "../../../src/homeserver/ports.ts";
import { MemoryJournal, memoryPorts } from "../memory-ports.ts";
import { TestServer } from "../test-server.ts";

/** Keeps nothing until it is told to. */
class SlowJournal extends MemoryJournal implements Journal {
  appends: JournalRecord[][] = [];
  held: (() => void)[] = [];
  isHolding = false;
  fails = false;
  /** Given, it waits for as many records before it begins. */
  wanted: number | undefined;

  async gathered(count: () => number): Promise<void> {
    while (this.wanted !== undefined && count() < this.wanted) await turns();
  }

  override async append(records: readonly JournalRecord[]): Promise<void> {
    this.appends.push([...records]);
    if (this.fails) throw new Error("The disk is full");
    if (this.isHolding) await new Promise<void>((resolve) => this.held.push(resolve));
    await super.append(records);
  }
}

async function slow() {
  const journal = new SlowJournal();
  const server = await TestServer.start({}, { ...memoryPorts(), journal });
  const bo = await server.user("bo");
  const room = await bo.createRoom();
  return { journal, server, bo, room };
}

/** Long enough for all that waits for nothing else. */
async function turns(): Promise<void> {
  for (let count = 0; count < 50; count++) await new Promise<void>((resolve) => queueMicrotask(resolve));
  await crypto.subtle.digest("SHA-256", new Uint8Array());
}

describe("the journal", () => {
  it("has what was done before anybody hears of it", async () => {
    const { journal, bo, room } = await slow();
    const since = (await bo.sync()).next_batch as string;
    journal.isHolding = true;
    let isAnswered = false;
    const sent = bo.send(room, "kept").finally(() => {
      isAnswered = true;
    });
    const seen = bo.sync({ since, timeout: 30_000 });
    while (journal.held.length === 0) await turns();
    const reader = bo
      .done("GET", `v3/rooms/${encodeURIComponent(room)}/messages?dir=b&limit=1`)
      .finally(() => {
        isAnswered = true;
      });
    await turns();
    expect(isAnswered).to.equal(false);
    journal.isHolding = false;
    for (const release of journal.held) release();
    await Promise.all([sent, seen, reader]);
    expect(JSON.stringify(journal.records.at(-1))).to.contain("kept");
  });

  it("takes together what comes while it gathers", async () => {
    const { journal, bo, room } = await slow();
    journal.wanted = 3;
    const before = journal.appends.length;
    await Promise.all(["a", "b", "c"].map((text) => bo.send(room, text)));
    const events = journal.appends.slice(before).map((records) => records.map(({ table }) => table));
    expect(events).to.deep.equal([["room-events", "room-events", "room-events"]]);
  });

  it("takes together what comes while it writes", async () => {
    const { journal, server, bo, room } = await slow();
    const atFirst = server.ports.facts.filter(({ type }) => type === "event-stored").length;
    journal.isHolding = true;
    const first = bo.send(room, "first");
    while (journal.held.length === 0) await turns();
    const others = ["a", "b", "c", "d"].map((text) => bo.send(room, text));
    await turns();
    const stored = () => server.ports.facts.filter(({ type }) => type === "event-stored").length;
    while (stored() < atFirst + 5) await turns();
    const before = journal.appends.length;
    journal.isHolding = false;
    for (const release of journal.held) release();
    await Promise.all([first, ...others]);
    expect(journal.appends.length - before).to.equal(1);
    expect(journal.appends.at(-1)).to.have.length(4);
  });

  it("promises nothing any more once it failed", async () => {
    const { journal, server, bo, room } = await slow();
    journal.fails = true;
    const path = `v3/rooms/${encodeURIComponent(room)}/send/m.room.message/lost`;
    const answer = await bo.call("PUT", path, { msgtype: "m.text", body: "lost" });
    expect([answer.status, answer.body.errcode]).to.deep.equal([500, "M_UNKNOWN"]);
    journal.fails = false;
    expect((await bo.call("GET", "v3/joined_rooms")).status).to.equal(500);
    const again = await server.restarted();
    bo.server = again;
    expect((await bo.done("PUT", path, { msgtype: "m.text", body: "lost" })).event_id).to.be.a("string");
  });

  it("is enough to go on from, wherever it ended", async () => {
    const { journal, server, bo, room } = await slow();
    for (let index = 0; index < 5; index++) await bo.send(room, `m${index}`);
    const whole = journal.appends.map((records) => records.length);
    let length = 0;
    for (const count of whole) {
      length += count;
      const ports = memoryPorts({ journal: new MemoryJournal(journal.records.slice(0, length)) });
      const half = await TestServer.start({}, ports);
      const answer = await half.call("GET", "v3/joined_rooms", { token: bo.token });
      expect(answer.status).to.be.oneOf([200, 401]);
      await half.homeserver.stop();
    }
    expect(server.ports.facts.filter(({ type }) => type === "request-failed")).to.deep.equal([]);
  });
});
