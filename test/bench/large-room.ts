import type { Figure } from "./figures.ts";
import { type BenchUser, LinkedHomeservers } from "./linked-homeservers.ts";

const members = 1000;
const events = 10_000;

/** Another server joins a room in which much has happened. */
export async function largeRoom(): Promise<Figure[]> {
  const links = new LinkedHomeservers();
  const [here, there] = [await links.start("here.example"), await links.start("there.example")];
  const ada = await links.user(here, "ada");
  const { room_id: room } = await ada.ask<{ room_id: string }>("POST", "createRoom", {
    preset: "public_chat",
  });
  const path = encodeURIComponent(room);
  const people: BenchUser[] = [ada];
  while (people.length < members) {
    const user = await links.user(here, `user${people.length}`);
    await user.ask("POST", `join/${path}`, {});
    people.push(user);
  }
  for (let index = members; index < events; index++) {
    const user = people[index % members]!;
    await user.ask("PUT", `rooms/${path}/send/m.room.message/${index}`, {
      msgtype: "m.text",
      body: `${index}`,
    });
  }
  const bo = await links.user(there, "bo");
  const answers: Promise<ArrayBuffer>[] = [];
  links.onRequest = (_, __, response) => void answers.push(response.clone().arrayBuffer());
  const from = performance.now();
  await bo.ask("POST", `join/${path}?server_name=here.example`, {});
  const joined = performance.now() - from;
  const sizes = (await Promise.all(answers)).map(({ byteLength }) => byteLength);
  const { chunk } = await bo.ask<{ chunk: unknown[] }>("GET", `rooms/${path}/members`);
  if (chunk.length !== members + 1) throw new Error(`${chunk.length} members came`);
  const what = `a room with ${events} events and ${members} members`;
  return [
    { name: `${what} is joined`, value: joined, unit: "ms" },
    { name: "what came for it", value: sizes.reduce((sum, size) => sum + size, 0) / 1024, unit: "kB" },
  ];
}
