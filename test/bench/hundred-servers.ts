import process from "node:process";
import { setFlagsFromString } from "node:v8";
import { runInNewContext } from "node:vm";
import { median } from "./cost.ts";
import type { Figure } from "./figures.ts";
import { type BenchUser, LinkedHomeservers } from "./linked-homeservers.ts";

const count = 100;
const messages = 10;

/**
 * A room on many servers, all in this process, which does nothing but their work: in CPU time, since the clock on the
 * wall also runs for whatever else the machine does.
 */
export async function hundredServers(): Promise<Figure[]> {
  const links = new LinkedHomeservers();
  const before = usedMemory();
  const users: BenchUser[] = [];
  for (let index = 0; index < count; index++) {
    const server = await links.start(`s${index}.example`);
    users.push(await links.user(server, "ada"));
  }
  const started = usedMemory();
  const [first, ...others] = users as [BenchUser, ...BenchUser[]];
  const { room_id: room } = await first.ask<{ room_id: string }>("POST", "createRoom", {
    preset: "public_chat",
  });
  const path = encodeURIComponent(room);

  const heard = new Map<string, Set<string>>();
  let listener = () => {};
  links.onFact = (server, fact) => {
    if (fact.type !== "event-stored") return;
    const servers = heard.get(fact.event) ?? new Set();
    heard.set(fact.event, servers.add(server));
    listener();
  };
  /** Resolves when an event is at every server. */
  const everywhere = (event: string) =>
    new Promise<void>((resolve) => {
      listener = () => {
        if (heard.get(event)?.size === count) resolve();
      };
      listener();
    });

  let from = cpuTime();
  for (const user of others) await user.ask("POST", `join/${path}?server_name=s0.example`, {});
  const joined = cpuTime() - from;
  const { event_id: last } = await first.ask<{ event_id: string }>(
    "PUT",
    `rooms/${path}/send/m.room.message/0`,
    {
      body: "all here?",
    },
  );
  await everywhere(last);
  const settled = cpuTime() - from;

  const times: number[] = [];
  for (let index = 1; index <= messages; index++) {
    from = cpuTime();
    const { event_id: event } = await first.ask<{ event_id: string }>(
      "PUT",
      `rooms/${path}/send/m.room.message/${index}`,
      { body: `message ${index}` },
    );
    await everywhere(event);
    times.push(cpuTime() - from);
  }
  const after = usedMemory();

  // A room that forks into as many ends as there are servers, and what is said in it then.
  const { room_id: forked } = await first.ask<{ room_id: string }>("POST", "createRoom", {
    preset: "public_chat",
  });
  const forkedPath = encodeURIComponent(forked);
  const say = (body: string) =>
    first.ask<{ event_id: string }>("PUT", `rooms/${forkedPath}/send/m.room.message/${body}`, { body });
  from = cpuTime();
  const join = `join/${forkedPath}?server_name=s0.example`;
  await Promise.all(others.map((user) => user.ask("POST", join, {})));
  await everywhere((await say("first")).event_id);
  const together = cpuTime() - from;
  from = cpuTime();
  await everywhere((await say("second")).event_id);
  const second = cpuTime() - from;
  return [
    { name: `${count} servers join a room`, value: joined / 1000, unit: "s", most: 10 },
    { name: "all of them know of each other", value: settled / 1000, unit: "s", most: 10 },
    { name: `a message is at all ${count} servers`, value: median(times), unit: "ms", most: 1000 },
    { name: "all join at once, and a message is everywhere", value: together / 1000, unit: "s", most: 10 },
    { name: "the next message there", value: second, unit: "ms", most: 1000 },
    { name: "memory of a server with one account", value: (started - before) / count / 1024, unit: "kB" },
    { name: "memory of a server in the room", value: (after - before) / count / 1024, unit: "kB" },
  ];
}

setFlagsFromString("--expose-gc");
const collect = runInNewContext("gc") as () => void;

/** In milliseconds. */
function cpuTime(): number {
  const { user, system } = process.cpuUsage();
  return (user + system) / 1000;
}

/** In bytes, of what is not garbage. */
function usedMemory(): number {
  collect();
  const { heapUsed, external } = process.memoryUsage();
  return heapUsed + external;
}
