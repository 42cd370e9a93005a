import assert from "node:assert/strict";
import { once } from "node:events";
import { describe, it } from "node:test";
import { ask, type RunningServe, register, serve, temporaryFolder } from "./running-serve.ts";

const kills = 20;
const senders = 4;

/** What somebody sends, again and again until it is acknowledged. */
type Message = { transaction: string; event?: string };

describe("serve --data under kill -9", () => {
  it(`loses nothing acknowledged and doubles nothing, ${kills} times`, async () => {
    const data = temporaryFolder();
    const start = () =>
      serve("--server-name", "garden.example", "--port", "0", "--open-registration", "--lab", "--data", data);
    let running = start();
    let at = await running.address;
    const token = await register(at, "ada");
    const { body: created } = await ask(at, "POST", "/_matrix/client/v3/createRoom", {}, token);
    const room = `/_matrix/client/v3/rooms/${encodeURIComponent(created.room_id!)}`;
    const queues = Array.from({ length: senders }, (): Message[] => []);
    const note = "/_matrix/client/v3/user/@ada:garden.example/account_data/example.note";
    let noted = -1;

    for (let round = 0; round < kills; round++) {
      const work = [
        ...queues.map((queue, sender) =>
          sendUntilKilled(at, `${room}/send/m.room.message`, token, sender, queue),
        ),
        (async () => {
          for (let value = noted + 1; ; value++) {
            const { status } = await ask(at, "PUT", note, { value }, token);
            assert.equal(status, 200);
            noted = value;
          }
        })(),
      ];
      const ends = Promise.allSettled(work);
      await enough(queues, (round + 1) * 25);
      await killed(running);
      for (const end of await ends)
        assert.ok(isNetworkFault(end), String((end as PromiseRejectedResult).reason));
      running = start();
      at = await running.address;
      const kept = (await ask(at, "GET", note, undefined, token)).body as unknown as { value: number };
      assert.ok(kept.value === noted || kept.value === noted + 1, `noted ${noted}, kept ${kept.value}`);
      noted = kept.value;
    }
    // What was not acknowledged is sent again, as a client does.
    await Promise.all(
      queues.flatMap((queue) =>
        queue
          .filter(({ event }) => event === undefined)
          .map((message) => send(at, `${room}/send/m.room.message`, token, message)),
      ),
    );
    const found = await allMessages(at, room, token);
    const sent = queues.flat();
    assert.equal(new Set(found.map(({ body }) => body)).size, found.length, "something is there twice");
    assert.deepEqual(
      new Map(found.map(({ body, event }) => [body, event])),
      new Map(sent.map(({ transaction, event }) => [transaction, event]).sort() as [string, string][]),
    );
    await running.stop();
  });
});

async function sendUntilKilled(
  at: string,
  path: string,
  token: string,
  sender: number,
  queue: Message[],
): Promise<never> {
  for (const message of queue) if (message.event === undefined) await send(at, path, token, message);
  for (;;) {
    const message: Message = { transaction: `${sender}-${queue.length}` };
    queue.push(message);
    await send(at, path, token, message);
  }
}

async function send(at: string, path: string, token: string, message: Message): Promise<void> {
  const content = { msgtype: "m.text", body: message.transaction };
  const { status, body } = await ask(at, "PUT", `${path}/${message.transaction}`, content, token);
  assert.equal(status, 200, JSON.stringify(body));
  message.event = body.event_id!;
}

/** Resolves once so many messages were acknowledged in all. */
async function enough(queues: Message[][], count: number): Promise<void> {
  const acknowledged = () => queues.flat().filter(({ event }) => event !== undefined).length;
  while (acknowledged() < count) await new Promise((resolve) => setImmediate(resolve));
}

async function killed({ child }: RunningServe): Promise<void> {
  const exit = once(child, "exit");
  child.kill("SIGKILL");
  await exit;
}

/** Whether a request failed because nobody answered: `fetch` says so by a TypeError. */
function isNetworkFault(end: PromiseSettledResult<unknown>): boolean {
  return end.status === "rejected" && (end.reason instanceof TypeError || end.reason?.name === "SyntaxError");
}

async function allMessages(
  at: string,
  room: string,
  token: string,
): Promise<{ body: string; event: string }[]> {
  type Page = { chunk: { type: string; event_id: string; content: { body: string } }[]; end?: string };
  const found: { body: string; event: string }[] = [];
  let from: string | undefined;
  do {
    const query = `dir=b&limit=1000${from === undefined ? "" : `&from=${from}`}`;
    const { body } = await ask(at, "GET", `${room}/messages?${query}`, undefined, token);
    const page = body as unknown as Page;
    for (const { type, event_id, content } of page.chunk) {
      if (type === "m.room.message") found.push({ body: content.body, event: event_id });
    }
    from = page.end;
  } while (from !== undefined);
  return found.sort((a, b) => (a.body < b.body ? -1 : 1));
}
