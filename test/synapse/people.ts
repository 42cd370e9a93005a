import assert from "node:assert/strict";
import { it } from "node:test";
import type { Person } from "./person.ts";
import type { Stage } from "./plays.ts";

/** What people see of each other, beside messages. */
export function playPeople(stage: () => Stage): void {
  const together = async (): Promise<{ ada: Person; bo: Person; room: string }> => {
    const { home, away } = stage();
    const [ada, bo] = await Promise.all([home.person("ada"), away.person("bo")]);
    const room: string = (await ada.does("POST", "v3/createRoom", { preset: "public_chat" })).room_id;
    await bo.joins(room, home.serverName);
    await ada.knows(room, bo, "join");
    return { ada, bo, room };
  };

  it("show who types, and what was read", async () => {
    const { ada, bo, room } = await together();
    const path = `v3/rooms/${encodeURIComponent(room)}`;
    const ephemeral = (sync: { rooms?: { join?: Record<string, { ephemeral?: { events: unknown[] } }> } }) =>
      JSON.stringify(sync.rooms?.join?.[room]?.ephemeral?.events ?? []);
    const hello = await ada.says(room, "Read me");
    await bo.seesMessage(room, "Read me");
    const answer = await bo.says(room, "And me");
    await ada.seesMessage(room, "And me");
    for (const [who, other, event] of [
      [ada, bo, answer],
      [bo, ada, hello],
    ] as const) {
      await who.does("PUT", `${path}/typing/${encodeURIComponent(who.id)}`, {
        typing: true,
        timeout: 20_000,
      });
      await other.until((sync) => ephemeral(sync).includes(who.id), `${who.id} typing`);
      await who.does("POST", `${path}/receipt/m.read/${encodeURIComponent(event)}`, {});
      await other.until(
        (sync) => ephemeral(sync).includes("m.receipt") && ephemeral(sync).includes(event),
        `the receipt of ${who.id}`,
      );
    }
  });

  it("show profiles, also when they change", async () => {
    const { ada, bo, room } = await together();
    for (const [who, other] of [
      [ada, bo],
      [bo, ada],
    ] as const) {
      const id = encodeURIComponent(who.id);
      await who.does("PUT", `v3/profile/${id}/displayname`, { displayname: `New name of ${who.id}` });
      await other.sees(room, ({ content }) => content.displayname === `New name of ${who.id}`, "a new name");
      const profile = await other.does("GET", `v3/profile/${id}`);
      assert.equal(profile.displayname, `New name of ${who.id}`);
    }
    const { home } = stage();
    const nobody = await bo.ask("GET", `v3/profile/${encodeURIComponent(`@nobody:${home.serverName}`)}`);
    assert.equal(nobody.status, 404);
  });

  it("fetch each other's media", async () => {
    const { ada, bo } = await together();
    for (const [who, other] of [
      [ada, bo],
      [bo, ada],
    ] as const) {
      const bytes = Buffer.from(`bytes of ${who.id}\u0000\u0001`);
      const uri = await who.uploads(bytes, "application/x-garden");
      const got = await other.downloads(uri);
      assert.ok(bytes.equals(got.bytes));
      assert.equal(got.type, "application/x-garden");
    }
  });

  it("find a room in the other server's directory", async () => {
    const { home, away } = stage();
    const [ada, bo] = await Promise.all([home.person("ada"), away.person("bo")]);
    const name = `Listed by ${ada.id}`;
    const wishes = { preset: "public_chat", visibility: "public", name };
    const room: string = (await ada.does("POST", "v3/createRoom", wishes)).room_id;
    const { chunk } = await bo.does("GET", `v3/publicRooms?server=${home.serverName}`);
    assert.ok(
      chunk.some((entry: { room_id: string; name: string }) => entry.room_id === room && entry.name === name),
    );
  });

  it("send to each other's devices", async () => {
    const { ada, bo } = await together();
    for (const [who, other] of [
      [ada, bo],
      [bo, ada],
    ] as const) {
      const messages = { [other.id]: { "*": { from: who.id } } };
      await who.does("PUT", `v3/sendToDevice/example.note/${encodeURIComponent(who.id)}`, { messages });
      await other.until((sync) => JSON.stringify(sync.to_device?.events ?? []).includes(who.id), "a note");
    }
  });
}
