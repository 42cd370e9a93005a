import { type ChildProcess, fork } from "node:child_process";
import { once } from "node:events";
import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import type { Figure } from "./figures.ts";
import { Load } from "./load.ts";

/** 5,000 messages, in rounds so short that some are left alone by whatever else the machine does. */
const rounds = 25;
const perRound = 200;
const warmUp = 5000;

/** What a message cost a server: its CPU time, microseconds, and how many a second came through. */
type Measured = { cpu: number; perSecond: number };

/** A server in a process of its own, and somebody who sends messages to it. */
type Sender = { send(count: number): Promise<Measured>; close(): Promise<void> };

type Kind = "bare" | "ours" | "kept";

/**
 * Messages over HTTP with 1 and with 10 senders, to a server that only answers, to ours in memory and to ours with
 * its data in SQLite: in turns, and the best round of each, because whatever else the machine does only adds to it.
 */
export async function httpMessages(): Promise<Figure[]> {
  const figures: Figure[] = [];
  for (const senders of [1, 10]) {
    const folder = mkdtempSync(join(tmpdir(), "homeroom-bench-"));
    const running = {
      bare: await startSender(["bare"], senders),
      ours: await startSender(["homeserver"], senders),
      kept: await startSender(["homeserver", folder], senders),
    };
    const measured = { bare: [] as Measured[], ours: [] as Measured[], kept: [] as Measured[] };
    for (const sender of Object.values(running)) await sender.send(warmUp);
    for (let round = 0; round < rounds; round++) {
      for (const kind of ["bare", "ours", "kept"] as const) {
        measured[kind].push(await running[kind].send(perRound));
      }
    }
    for (const sender of Object.values(running)) await sender.close();
    rmSync(folder, { recursive: true });
    const least = (kind: Kind) => Math.min(...measured[kind].map(({ cpu }) => cpu));
    const most = (kind: Kind) => Math.max(...measured[kind].map(({ perSecond }) => perSecond));
    const name = `${senders} sender${senders > 1 ? "s" : ""}`;
    figures.push(
      { name: `${name}: CPU a message, bare server`, value: least("bare"), unit: "µs" },
      { name: `${name}: CPU a message, homeserver`, value: least("ours"), unit: "µs" },
      { name: `${name}: ratio of CPU`, value: least("ours") / least("bare"), unit: "×", most: 4 },
      { name: `${name}: CPU a message, kept in SQLite`, value: least("kept"), unit: "µs" },
      { name: `${name}: ratio to memory`, value: least("kept") / least("ours"), unit: "×", most: 2 },
      { name: `${name}: messages a second, bare server`, value: most("bare"), unit: "" },
      { name: `${name}: messages a second, homeserver`, value: most("ours"), unit: "" },
      { name: `${name}: messages a second, kept in SQLite`, value: most("kept"), unit: "" },
    );
  }
  return figures;
}

async function startSender(args: string[], senders: number): Promise<Sender> {
  const child = fork(fileURLToPath(new URL("measured-server.ts", import.meta.url)), args);
  const [{ address }] = (await once(child, "message")) as [{ address: string }];
  const load = new Load(address, senders);
  const { token, room } = args[0] === "bare" ? { token: "t", room: "!r:bench.example" } : await newRoom(load);
  const path = `/_matrix/client/v3/rooms/${encodeURIComponent(room)}/send/m.room.message/`;
  let sent = 0;
  const sendShare = async (count: number) => {
    for (let left = count; left > 0; left--) {
      const body = { msgtype: "m.text", body: `This is message number ${sent}` };
      const { status, text } = await load.send("PUT", path + sent++, body, token);
      if (status !== 200) throw new Error(`${status} ${text}`);
    }
  };
  return {
    async send(count) {
      const cpuBefore = await cpuOf(child);
      const before = performance.now();
      await Promise.all(Array.from({ length: senders }, () => sendShare(count / senders)));
      const seconds = (performance.now() - before) / 1000;
      return { cpu: ((await cpuOf(child)) - cpuBefore) / count, perSecond: count / seconds };
    },
    async close() {
      load.close();
      const ended = once(child, "exit");
      child.disconnect();
      await ended;
    },
  };
}

async function newRoom(load: Load): Promise<{ token: string; room: string }> {
  const account = { username: "ada", password: "a long password", auth: { type: "m.login.dummy" } };
  const registered = await load.send("POST", "/_matrix/client/v3/register", account);
  const token = (JSON.parse(registered.text) as { access_token: string }).access_token;
  const created = await load.send("POST", "/_matrix/client/v3/createRoom", {}, token);
  return { token, room: (JSON.parse(created.text) as { room_id: string }).room_id };
}

async function cpuOf(child: ChildProcess): Promise<number> {
  child.send("cpu");
  const [{ cpu }] = (await once(child, "message")) as [{ cpu: number }];
  return cpu;
}
