import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { median } from "./cost.ts";
import type { Figure } from "./figures.ts";
import { Load } from "./load.ts";
import { startBareServer, startServe } from "./measured-process.ts";

/** What is measured of a server, from soon after its start. */
const messages = 5000;
const warmUp = 500;
const runs = 5;

const kinds = ["bare", "ours", "kept"] as const;
type Kind = (typeof kinds)[number];

/** What a message cost a server: its CPU time, microseconds, and how many a second came through. */
type Measured = { cpu: number; perSecond: number };
type Run = { first: Measured; next: Measured };

/**
 * Messages over HTTP with 1 and with 10 senders, to a server that only answers, to ours in memory and to ours with
 * its data in SQLite. Each run is a process of its own, and what counts is the mean over all of its 5,000 messages:
 * those who start a server for a test pay for compiling its code and for its garbage as well, which the best of many
 * short rounds on hot code would leave out. The servers take turns, and of their runs the median counts, because
 * whatever else the machine does falls on all of them.
 */
export async function httpMessages(): Promise<Figure[]> {
  const figures: Figure[] = [];
  for (const senders of [1, 10]) {
    const measured: Record<Kind, Run[]> = { bare: [], ours: [], kept: [] };
    for (let run = 0; run < runs; run++) {
      for (const kind of kinds) measured[kind].push(await measure(kind, senders));
    }
    const typical = (kind: Kind, part: keyof Run, figure: keyof Measured) =>
      median(measured[kind].map((run) => run[part][figure]));
    const ratio = (kind: Kind, other: Kind, part: keyof Run) =>
      typical(kind, part, "cpu") / typical(other, part, "cpu");
    const name = `${senders} sender${senders > 1 ? "s" : ""}`;
    figures.push(
      { name: `${name}: CPU a message, bare server`, value: typical("bare", "first", "cpu"), unit: "µs" },
      { name: `${name}: CPU a message, homeserver`, value: typical("ours", "first", "cpu"), unit: "µs" },
      { name: `${name}: ratio of CPU`, value: ratio("ours", "bare", "first"), unit: "×", most: 4 },
      {
        name: `${name}: ratio of CPU, the next ${messages}`,
        value: ratio("ours", "bare", "next"),
        unit: "×",
      },
      { name: `${name}: CPU a message, kept in SQLite`, value: typical("kept", "first", "cpu"), unit: "µs" },
      { name: `${name}: ratio to memory`, value: ratio("kept", "ours", "first"), unit: "×", most: 2 },
      ...kinds.map((kind) => ({
        name: `${name}: messages a second, ${titles[kind]}`,
        value: typical(kind, "first", "perSecond"),
        unit: "",
      })),
    );
  }
  return figures;
}

const titles = { bare: "bare server", ours: "homeserver", kept: "kept in SQLite" };

/** Starts a server and sends messages to it. */
async function measure(kind: Kind, senders: number): Promise<Run> {
  const folder = mkdtempSync(join(tmpdir(), "homeroom-bench-"));
  const server = kind === "bare" ? await startBareServer() : await startServe(...flagsOf(kind, folder));
  const load = new Load(server.address, senders);
  const { token, room } = kind === "bare" ? { token: "t", room: "!r:bench.example" } : await newRoom(load);
  const path = `/_matrix/client/v3/rooms/${encodeURIComponent(room)}/send/m.room.message/`;
  let sent = 0;
  const sendShare = async (count: number) => {
    for (let left = count; left > 0; left--) {
      const body = { msgtype: "m.text", body: `This is message number ${sent}` };
      const { status, text } = await load.send("PUT", path + sent++, body, token);
      if (status !== 200) throw new Error(`${status} ${text}`);
    }
  };
  const send = async (count: number): Promise<Measured> => {
    const { cpu } = await server.usage();
    const before = performance.now();
    await Promise.all(Array.from({ length: senders }, () => sendShare(count / senders)));
    const seconds = (performance.now() - before) / 1000;
    return { cpu: ((await server.usage()).cpu - cpu) / count, perSecond: count / seconds };
  };
  await send(warmUp);
  const first = await send(messages);
  const next = await send(messages);
  load.close();
  await server.end();
  rmSync(folder, { recursive: true });
  return { first, next };
}

function flagsOf(kind: Kind, folder: string): string[] {
  return kind === "kept" ? ["--data", folder] : [];
}

async function newRoom(load: Load): Promise<{ token: string; room: string }> {
  const account = { username: "ada", password: "a long password", auth: { type: "m.login.dummy" } };
  const registered = await load.send("POST", "/_matrix/client/v3/register", account);
  const token = (JSON.parse(registered.text) as { access_token: string }).access_token;
  const created = await load.send("POST", "/_matrix/client/v3/createRoom", {}, token);
  return { token, room: (JSON.parse(created.text) as { room_id: string }).room_id };
}
