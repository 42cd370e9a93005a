import { costOf } from "./cost.ts";
import type { Figure } from "./figures.ts";
import { type InProcess, startInProcess } from "./in-process.ts";

const [few, many] = [100, 10_000];
const rounds = 25;
const perRound = 40;

type Room = { id: string; path: string; token: string };

/** What a room costs that has much in it, beside one that has little. */
export async function roomGrowth(): Promise<Figure[]> {
  const server = await startInProcess();
  const token = await server.register("ada");
  const small = await newRoom(server, token);
  const large = await newRoom(server, token);
  await fill(server, small, few);
  await fill(server, large, many);

  const send = (room: Room) => () => sendOne(server, room);
  const figures = [
    ...(await compare("sending", [`${few} events`, send(small)], [`${many} events`, send(large)], 1.5)),
    ...(await compare(
      "incremental sync",
      [`${few} events`, await syncAfter(server, few)],
      [`${many} events`, await syncAfter(server, many)],
      1.5,
    )),
    ...(await compare(
      "initial sync, members lazy",
      [`${few} events`, await firstSync(server, few)],
      [`${many} events`, await firstSync(server, many)],
      2,
    )),
    ...(await pages(server, large)),
    ...(await compare(
      "sending",
      ["10 members", send(await roomOf(server, 10))],
      ["1,000 members", send(await roomOf(server, 1000))],
      3,
    )),
  ];
  return figures;
}

async function newRoom(server: InProcess, token: string): Promise<Room> {
  const { room_id: id } = await server.ask<{ room_id: string }>(
    "POST",
    "createRoom",
    { preset: "public_chat" },
    token,
  );
  return { id, path: `rooms/${encodeURIComponent(id)}`, token };
}

let sent = 0;

async function sendOne(server: InProcess, { path, token }: Room): Promise<void> {
  const content = { msgtype: "m.text", body: `This is message number ${sent}` };
  await server.ask("PUT", `${path}/send/m.room.message/${sent++}`, content, token);
}

async function fill(server: InProcess, room: Room, count: number): Promise<void> {
  for (let left = count; left > 0; left--) await sendOne(server, room);
}

async function roomOf(server: InProcess, members: number): Promise<Room> {
  const room = await newRoom(server, await server.register(`owner-of-${members}`));
  for (let index = 1; index < members; index++) {
    const token = await server.register(`member-${members}-${index}`);
    await server.ask("POST", `${room.path}/join`, {}, token);
  }
  return room;
}

type Synced = { next_batch: string };

/** A message and the sync that shows it, for somebody in one room. */
async function syncAfter(server: InProcess, events: number): Promise<() => Promise<void>> {
  const room = await newRoom(server, await server.register(`syncer-${events}`));
  await fill(server, room, events);
  let { next_batch: since } = await server.ask<Synced>("GET", "sync", undefined, room.token);
  return async () => {
    await sendOne(server, room);
    ({ next_batch: since } = await server.ask<Synced>("GET", `sync?since=${since}`, undefined, room.token));
  };
}

async function firstSync(server: InProcess, events: number): Promise<() => Promise<unknown>> {
  const room = await newRoom(server, await server.register(`newcomer-${events}`));
  await fill(server, room, events);
  const filter = encodeURIComponent(JSON.stringify({ room: { state: { lazy_load_members: true } } }));
  return () => server.ask("GET", `sync?filter=${filter}`, undefined, room.token);
}

/** A hundred messages at either end of a long room. */
async function pages(server: InProcess, room: Room): Promise<Figure[]> {
  const page = (direction: string) => () =>
    server.ask("GET", `${room.path}/messages?dir=${direction}&limit=100`, undefined, room.token);
  return compare(
    "100 messages of a long room",
    ["at its beginning", page("f")],
    ["at its end", page("b")],
    1.25,
    1 / 1.25,
  );
}

type Named = [name: string, work: () => Promise<unknown>];

/** In turns, and the fastest round of each: whatever else the machine does only adds to it. */
async function compare(
  title: string,
  [name, work]: Named,
  [otherName, otherWork]: Named,
  most: number,
  least?: number,
): Promise<Figure[]> {
  let [best, otherBest] = [Number.POSITIVE_INFINITY, Number.POSITIVE_INFINITY];
  for (let round = 0; round < rounds; round++) {
    best = Math.min(best, (await costOf(perRound, work)).cpu);
    otherBest = Math.min(otherBest, (await costOf(perRound, otherWork)).cpu);
  }
  const ratio = otherBest / best;
  return [
    { name: `${title}, ${name}`, value: best, unit: "µs" },
    { name: `${title}, ${otherName}`, value: otherBest, unit: "µs" },
    { name: "ratio", value: ratio, unit: "×", ...(least !== undefined && ratio < 1 ? { least } : { most }) },
  ];
}
