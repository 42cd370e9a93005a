import { type ChildProcess, fork } from "node:child_process";
import { once } from "node:events";
import { fileURLToPath } from "node:url";
import { median } from "./cost.ts";
import type { Figure } from "./figures.ts";
import { Load } from "./load.ts";

const messages = 5000;
const warmUp = 3000;
const rounds = 5;

/** What a message cost a server: its CPU time, microseconds, and how many a second came through. */
type Measured = { cpu: number; perSecond: number };

/** A server in a process of its own, and somebody who sends messages to it. */
type Sender = { send(count: number): Promise<Measured>; close(): void };

/**
 * 5,000 messages over HTTP with 1 and with 10 senders, beside a server that only answers; in turns, because
 * whatever else the machine does must hit both.
 */
export async function httpMessages(): Promise<Figure[]> {
  const figures: Figure[] = [];
  for (const senders of [1, 10]) {
    const bare = await startSender("bare", senders);
    const ours = await startSender("homeserver", senders);
    const measured = { bare: [] as Measured[], ours: [] as Measured[] };
    await bare.send(warmUp);
    await ours.send(warmUp);
    for (let round = 0; round < rounds; round++) {
      measured.bare.push(await bare.send(messages));
      measured.ours.push(await ours.send(messages));
    }
    bare.close();
    ours.close();
    const middle = (kind: "bare" | "ours", field: keyof Measured) =>
      median(measured[kind].map((it) => it[field]));
    const name = `${senders} sender${senders > 1 ? "s" : ""}`;
    figures.push(
      { name: `${name}: CPU a message, bare server`, value: middle("bare", "cpu"), unit: "µs" },
      { name: `${name}: CPU a message, homeserver`, value: middle("ours", "cpu"), unit: "µs" },
      {
        name: `${name}: ratio of CPU`,
        value: median(measured.ours.map(({ cpu }, round) => cpu / measured.bare[round]!.cpu)),
        unit: "×",
        most: 4,
      },
      { name: `${name}: messages a second, bare server`, value: middle("bare", "perSecond"), unit: "" },
      { name: `${name}: messages a second, homeserver`, value: middle("ours", "perSecond"), unit: "" },
    );
  }
  return figures;
}

async function startSender(kind: "bare" | "homeserver", senders: number): Promise<Sender> {
  const child = fork(fileURLToPath(new URL("measured-server.ts", import.meta.url)), [kind]);
  const [{ address }] = (await once(child, "message")) as [{ address: string }];
  const load = new Load(address, senders);
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
  return {
    async send(count) {
      const cpuBefore = await cpuOf(child);
      const before = performance.now();
      await Promise.all(Array.from({ length: senders }, () => sendShare(count / senders)));
      const seconds = (performance.now() - before) / 1000;
      return { cpu: ((await cpuOf(child)) - cpuBefore) / count, perSecond: count / seconds };
    },
    close() {
      load.close();
      child.disconnect();
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
