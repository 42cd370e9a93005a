import assert from "node:assert/strict";
import { it } from "node:test";
import type { Peer } from "./peers.ts";
import type { Person } from "./person.ts";
import type { Stage } from "./plays.ts";

/** What happens when servers are away, or cannot reach each other. */
export function playFaults(stage: () => Stage): void {
  const together = async (preset = "public_chat"): Promise<{ ada: Person; bo: Person; room: string }> => {
    const { home, away } = stage();
    const [ada, bo] = await Promise.all([home.person("ada"), away.person("bo")]);
    const room: string = (await ada.does("POST", "v3/createRoom", { preset })).room_id;
    await bo.joins(room, home.serverName);
    await ada.knows(room, bo, "join");
    return { ada, bo, room };
  };

  for (const side of ["home", "away"] as const) {
    it(`catch up after an outage of the ${side === "home" ? "room's" : "guests'"} server`, async () => {
      const { ada, bo, room } = await together();
      const server: Peer = stage()[side];
      const [gone, there] = side === "home" ? [ada, bo] : [bo, ada];
      await gone.says(room, "Before");
      await there.seesMessage(room, "Before");
      await server.kill();
      const sent: string[] = [];
      for (let count = 0; count < 30; count++) sent.push(await there.says(room, `Meanwhile ${count}`));
      await server.start();
      const last = await there.says(room, "Are you back?");
      await gone.comesTo(async () => {
        const seen = (await gone.messages(room)).map(({ event_id }) => event_id);
        return [...sent, last].every((event) => seen.includes(event));
      }, "all messages of the outage");
      const bodies = (await gone.messages(room)).map(({ content }) => content.body);
      assert.deepEqual(bodies, [
        "Before",
        ...Array.from({ length: 30 }, (_, count) => `Meanwhile ${count}`),
        "Are you back?",
      ]);
      await gone.says(room, "I am");
      await there.seesMessage(room, "I am");
    });
  }

  it("read what was said before they came", async () => {
    const { home, away } = stage();
    const [ada, bo] = await Promise.all([home.person("ada"), away.person("bo")]);
    const room: string = (await ada.does("POST", "v3/createRoom", { preset: "public_chat" })).room_id;
    const said = Array.from({ length: 150 }, (_, count) => `Long ago ${count}`);
    for (const body of said) await ada.says(room, body);
    await bo.joins(room, home.serverName);
    await bo.comesTo(
      async () => (await bo.messages(room)).length === said.length,
      "the whole past of the room",
    );
    assert.deepEqual(
      (await bo.messages(room)).map(({ content }) => content.body),
      said,
    );
  });

  it("come to the same state after a fork", async () => {
    const { home, away } = stage();
    const { ada, bo, room } = await together();
    const path = `v3/rooms/${encodeURIComponent(room)}`;
    const carl = await away.person("carl");
    await carl.joins(room, home.serverName);
    const levels = await ada.stateOf(room, "m.room.power_levels");
    await ada.sets(room, "m.room.power_levels", { ...levels, users: { ...levels.users, [bo.id]: 50 } });
    await bo.sees(
      room,
      ({ type, content }) => type === "m.room.power_levels" && content.users?.[bo.id] === 50,
    );

    home.port.cut();
    away.port.cut();
    await bo.sets(room, "m.room.topic", { topic: "Of the guests" });
    await carl.says(room, "Banned elsewhere, unknown here");
    await bo.sets(room, "m.room.name", { name: "Of the guests" });
    await ada.sets(room, "m.room.topic", { topic: "Of the house" });
    await ada.does("POST", `${path}/ban`, { user_id: carl.id });
    await ada.sets(room, "m.room.power_levels", { ...levels, users: { ...levels.users, [bo.id]: 0 } });
    home.port.mend();
    away.port.mend();

    // One word from each side brings the branches together.
    await ada.says(room, "From the house");
    await bo.says(room, "From the guests");
    await Promise.all([bo.seesMessage(room, "From the house"), ada.seesMessage(room, "From the guests")]);
    await ada.says(room, "Together");
    await bo.seesMessage(room, "Together");
    await bo.comesTo(
      async () => {
        const [hers, his] = await Promise.all([ada.wholeState(room), bo.wholeState(room)]);
        return JSON.stringify(hers) === JSON.stringify(his);
      },
      `the same state: ${JSON.stringify([await ada.wholeState(room), await bo.wholeState(room)], null, 1)}`,
    );
    assert.equal((await bo.stateOf(room, "m.room.member", carl.id)).membership, "ban");
  });
}
