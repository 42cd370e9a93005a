import type { Figure } from "./figures.ts";
import { Load } from "./load.ts";
import { startServe } from "./measured-process.ts";

const sizes = [100, 1000];
/** So many that the code is as warm with few clients as with many. */
const pollsInAll = 15_000;

type Measured = { reached: number; cpu: number; memory: number };

/** Clients that wait in long polls of one room: what they hold in memory, and what a message to all of them takes. */
export async function longPolls(): Promise<Figure[]> {
  const measured: Measured[] = [];
  for (const clients of sizes) measured.push(await measure(clients));
  const [few, many] = measured as [Measured, Measured];
  const growth = sizes[1]! / sizes[0]!;
  return [
    ...sizes.flatMap((clients, index) => [
      { name: `${clients} clients: memory of the server`, value: measured[index]!.memory / 1e6, unit: "MB" },
      { name: `${clients} clients: a message at all of them`, value: measured[index]!.reached, unit: "ms" },
      { name: `${clients} clients: CPU of that message`, value: measured[index]!.cpu / 1000, unit: "ms" },
    ]),
    {
      name: "memory of one more client",
      value: (many.memory - few.memory) / 1e3 / (sizes[1]! - sizes[0]!),
      unit: "kB",
    },
    {
      // Linear is 1; ten times the memory is not as hot in the processor's caches.
      name: `growth of CPU over ${growth} × the clients, a client`,
      value: many.cpu / few.cpu / growth,
      unit: "×",
      most: 1.25,
    },
  ];
}

async function measure(clients: number): Promise<Measured> {
  const server = await startServe();
  const load = new Load(server.address, clients + 1);
  const ask = async <Body>(method: string, path: string, body?: object, token?: string): Promise<Body> => {
    const { status, text } = await load.send(method, `/_matrix/client/v3/${path}`, body, token);
    if (status !== 200) throw new Error(`${status} ${text}`);
    return JSON.parse(text);
  };
  const register = async (username: string) => {
    const account = { username, password: "a long password", auth: { type: "m.login.dummy" } };
    return (await ask<{ access_token: string }>("POST", "register", account)).access_token;
  };
  const owner = await register("ada");
  const { room_id: room } = await ask<{ room_id: string }>(
    "POST",
    "createRoom",
    { preset: "public_chat" },
    owner,
  );
  const path = `rooms/${encodeURIComponent(room)}`;
  const tokens: string[] = [];
  for (let index = 0; index < clients; index++) {
    const token = await register(`client${index}`);
    await ask("POST", `${path}/join`, {}, token);
    tokens.push(token);
  }
  const since: string[] = [];
  const filter = encodeURIComponent(
    '{"room":{"state":{"lazy_load_members":true},"timeline":{"limit":1}},"presence":{"types":[]}}',
  );
  const sync = async (index: number, timeout: number) => {
    const query = `filter=${filter}&timeout=${timeout}${since[index] === undefined ? "" : `&since=${since[index]}`}`;
    const { next_batch } = await ask<{ next_batch: string }>(
      "GET",
      `sync?${query}`,
      undefined,
      tokens[index],
    );
    since[index] = next_batch;
  };
  for (let index = 0; index < clients; index++) await sync(index, 0);

  const reached: number[] = [];
  const cpu: number[] = [];
  let memory = 0;
  for (let message = 0; message < pollsInAll / clients; message++) {
    const polls = tokens.map((_, index) => sync(index, 60_000));
    // Answered after all polls have come in: they were sent before it.
    await ask("GET", "account/whoami", undefined, owner);
    const before = await server.usage();
    memory = Math.max(memory, before.memory);
    const began = performance.now();
    await ask("PUT", `${path}/send/m.room.message/${message}`, { msgtype: "m.text", body: "To all" }, owner);
    await Promise.all(polls);
    reached.push(performance.now() - began);
    cpu.push((await server.usage()).cpu - before.cpu);
  }
  load.close();
  await server.end();
  return { reached: Math.min(...reached), cpu: Math.min(...cpu), memory };
}
