import { type ChildProcess, fork } from "node:child_process";
import { once } from "node:events";
import { fileURLToPath } from "node:url";
import type { Figure } from "./figures.ts";
import { Load } from "./load.ts";

const messages = 5000;
const warmUp = 2000;

type Measured = { cpu: number; perSecond: number };

/** 5,000 messages over HTTP with 1 and with 10 senders, beside a server that only answers. */
export async function httpMessages(): Promise<Figure[]> {
  const figures: Figure[] = [];
  for (const senders of [1, 10]) {
    const bare = await measure("bare", senders);
    const ours = await measure("homeserver", senders);
    const name = `${senders} sender${senders > 1 ? "s" : ""}`;
    figures.push(
      { name: `${name}: CPU a message, bare server`, value: bare.cpu, unit: "µs" },
      { name: `${name}: CPU a message, homeserver`, value: ours.cpu, unit: "µs" },
      { name: `${name}: ratio of CPU`, value: ours.cpu / bare.cpu, unit: "×", most: 4 },
      { name: `${name}: messages a second, bare server`, value: bare.perSecond, unit: "" },
      { name: `${name}: messages a second, homeserver`, value: ours.perSecond, unit: "" },
    );
  }
  return figures;
}

async function measure(kind: "bare" | "homeserver", senders: number): Promise<Measured> {
  const child = fork(fileURLToPath(new URL("measured-server.ts", import.meta.url)), [kind]);
  const [{ address }] = (await once(child, "message")) as [{ address: string }];
  const load = new Load(address, senders);
  try {
    const { token, room } = kind === "bare" ? { token: "t", room: "!r:bench.example" } : await newRoom(load);
    const path = `/_matrix/client/v3/rooms/${encodeURIComponent(room)}/send/m.room.message/`;
    let sent = 0;
    const sendAll = (count: number) =>
      Promise.all(
        Array.from({ length: senders }, async () => {
          for (let left = count / senders; left > 0; left--) {
            const body = { msgtype: "m.text", body: `This is message number ${sent}` };
            const { status, text } = await load.send("PUT", path + sent++, body, token);
            if (status !== 200) throw new Error(`${status} ${text}`);
          }
        }),
      );
    await sendAll(warmUp);
    const cpuBefore = await cpuOf(child);
    const before = performance.now();
    await sendAll(messages);
    const seconds = (performance.now() - before) / 1000;
    return { cpu: ((await cpuOf(child)) - cpuBefore) / messages, perSecond: messages / seconds };
  } finally {
    load.close();
    child.disconnect();
  }
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
