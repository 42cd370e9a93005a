import { expect } from "chai";
import type { JsonObject } from "../../../src/protocol/json.ts";
import { TestServer, type TestUser } from "../test-server.ts";

/** What was said while Ada was outside, invited, in the room, and gone again. */
const saidWhile = ["outside", "invited", "joined", "gone"] as const;

async function story(visibility: string) {
  const server = await TestServer.start();
  const [bo, ada] = [await server.user("bo"), await server.user("ada")];
  const room = await bo.createRoom({
    initial_state: [{ type: "m.room.history_visibility", content: { history_visibility: visibility } }],
  });
  const path = `v3/rooms/${encodeURIComponent(room)}`;
  const ids: Record<string, string> = {};
  ids.outside = await bo.send(room, "outside");
  await bo.done("POST", `${path}/invite`, { user_id: ada.id });
  ids.invited = await bo.send(room, "invited");
  return { server, bo, ada, room, path, ids };
}

type Story = Awaited<ReturnType<typeof story>>;

/** What the user finds by each way to read. */
async function readable({ path, ids }: Story, user: TestUser): Promise<Record<string, string[]>> {
  const bodies = (events: unknown) =>
    ((events ?? []) as { content: JsonObject }[])
      .map(({ content }) => content.body)
      .filter((body) => body !== undefined);
  const messages = await user.call("GET", `${path}/messages?dir=b&limit=100`);
  const forwards = await user.call("GET", `${path}/messages?dir=f&limit=100`);
  const events: string[] = [];
  const contexts: string[] = [];
  const receivers: string[] = [];
  for (const name of saidWhile) {
    const id = ids[name];
    if (id === undefined) continue;
    const eventPath = encodeURIComponent(id);
    if ((await user.call("GET", `${path}/event/${eventPath}`)).status === 200) events.push(name);
    if ((await user.call("GET", `${path}/context/${eventPath}`)).status === 200) contexts.push(name);
    const relations = await user.call("GET", `${path.replace("v3", "v1")}/relations/${eventPath}`);
    if (relations.status === 200) receivers.push(name);
  }
  return {
    messages: bodies(messages.body.chunk).reverse() as string[],
    forwards: bodies(forwards.body.chunk) as string[],
    events,
    contexts,
    relations: receivers,
  };
}

async function expectReadable(told: Story, user: TestUser, names: string[]): Promise<void> {
  const found = await readable(told, user);
  for (const [way, what] of Object.entries(found)) expect(what, way).to.deep.equal(names);
}

const expected: Record<string, { invited: string[]; joined: string[] }> = {
  world_readable: { invited: ["outside", "invited"], joined: ["outside", "invited", "joined"] },
  shared: { invited: [], joined: ["outside", "invited", "joined"] },
  invited: { invited: [], joined: ["invited", "joined"] },
  joined: { invited: [], joined: ["joined"] },
};

describe("history visibility", () => {
  for (const [visibility, { invited, joined }] of Object.entries(expected)) {
    it(`${visibility}: shows what it should to who comes and goes`, async () => {
      const told = await story(visibility);
      const { bo, ada, room, path, ids } = told;
      const stranger = await told.server.user("cy");
      await expectReadable(told, stranger, visibility === "world_readable" ? ["outside", "invited"] : []);
      await expectReadable(told, ada, invited);
      await ada.done("POST", `${path}/join`);
      ids.joined = await bo.send(room, "joined");
      await expectReadable(told, ada, joined);
      const whileIn = (await ada.sync()).rooms as {
        join: Record<string, { timeline: { events: { content: JsonObject }[] } }>;
      };
      const shown = whileIn.join[room]!.timeline.events.map(({ content }) => content.body).filter(Boolean);
      expect(shown, "sync").to.deep.equal(joined);
      await ada.done("POST", `${path}/leave`);
      ids.gone = await bo.send(room, "gone");
      await expectReadable(told, ada, visibility === "world_readable" ? [...joined, "gone"] : joined);
    });
  }

  it("takes the more open side of a change", async () => {
    const server = await TestServer.start();
    const [bo, ada] = [await server.user("bo"), await server.user("ada")];
    const room = await bo.createRoom({ preset: "public_chat" });
    const closing = await bo.setState(room, "m.room.history_visibility", { history_visibility: "joined" });
    const hidden = await bo.send(room, "hidden");
    await ada.done("POST", `v3/rooms/${encodeURIComponent(room)}/join`);
    const see = async (id: string) =>
      (await ada.call("GET", `v3/rooms/${encodeURIComponent(room)}/event/${encodeURIComponent(id)}`)).status;
    expect(await see(closing)).to.equal(200);
    expect(await see(hidden)).to.equal(404);
  });

  it("shows the banned nothing that comes after, and their state as it was", async () => {
    const server = await TestServer.start();
    const [bo, ada] = [await server.user("bo"), await server.user("ada")];
    const room = await bo.createRoom({ preset: "public_chat", name: "Before" });
    const path = `v3/rooms/${encodeURIComponent(room)}`;
    await ada.done("POST", `${path}/join`);
    await bo.done("POST", `${path}/ban`, { user_id: ada.id });
    await bo.setState(room, "m.room.name", { name: "After" });
    expect(await ada.done("GET", `${path}/state/m.room.name`)).to.deep.equal({ name: "Before" });
    const { chunk } = await ada.done("GET", `${path}/messages?dir=b&limit=1`);
    expect((chunk as JsonObject[])[0]!.type).to.equal("m.room.member");
  });

  it("does not hide in a sync what has come of what it hides", async () => {
    const { server, bo, ada, room, path } = await story("joined");
    await ada.done("POST", `${path}/join`);
    const since = String((await ada.sync()).next_batch);
    await ada.done("POST", `${path}/leave`);
    const others = [await server.user("cy"), await server.user("di")];
    for (const other of others) {
      await bo.done("POST", `${path}/invite`, { user_id: other.id });
      await other.done("POST", `${path}/join`);
    }
    await bo.send(room, "hidden");
    await bo.done("POST", `${path}/invite`, { user_id: ada.id });
    await ada.done("POST", `${path}/join`);
    type Part = { events: { state_key?: string; content: JsonObject }[]; limited?: boolean };
    const synced = async (limit: number) => {
      const filter = JSON.stringify({ room: { timeline: { limit } } });
      const { rooms } = await ada.sync({ since, filter });
      const { timeline, state } = (rooms as { join: Record<string, { timeline: Part; state: Part }> }).join[
        room
      ]!;
      const who = ({ events }: Part) => events.map(({ state_key }) => state_key);
      return { shown: who(timeline), before: who(state), limited: timeline.limited };
    };
    const came = others.map(({ id }) => id);
    expect(await synced(10)).to.deep.equal({
      shown: [ada.id, ...came, ada.id, ada.id],
      before: [],
      limited: false,
    });
    const short = await synced(1);
    expect([short.shown, short.limited]).to.deep.equal([[ada.id], true]);
    expect(short.before).to.include.members(came);
  });
});
