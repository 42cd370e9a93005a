import assert from "node:assert/strict";
import { it } from "node:test";
import type { Stage } from "./plays.ts";

/** Ways into a room and out of it. */
export function playMembers(stage: () => Stage): void {
  it("invite, accept, decline, leave and come back", async () => {
    const { home, away } = stage();
    const [ada, bo, carl] = await Promise.all([home.person("ada"), away.person("bo"), away.person("carl")]);
    const wishes = { preset: "private_chat", invite: [bo.id], name: "By invite" };
    const room: string = (await ada.does("POST", "v3/createRoom", wishes)).room_id;
    const path = `v3/rooms/${encodeURIComponent(room)}`;
    await bo.isInvited(room);
    await bo.joins(room, home.serverName);
    await ada.knows(room, bo, "join");
    await ada.says(room, "Welcome");
    await bo.seesMessage(room, "Welcome");

    await ada.does("POST", `${path}/invite`, { user_id: carl.id });
    await carl.isInvited(room);
    await carl.does("POST", `${path}/leave`, {});
    await ada.knows(room, carl, "leave");

    await bo.does("POST", `${path}/leave`, {});
    await ada.knows(room, bo, "leave");
    await ada.says(room, "Said while nobody of the other server was there");
    await ada.does("POST", `${path}/invite`, { user_id: bo.id });
    await bo.isInvited(room);
    await bo.joins(room, home.serverName);
    await bo.says(room, "Back again");
    await ada.seesMessage(room, "Back again");
    assert.deepEqual(await bo.wholeState(room), await ada.wholeState(room));
  });

  it("let a guest invite somebody of the room's own server", async () => {
    const { home, away } = stage();
    const [ada, bo, dora] = await Promise.all([home.person("ada"), away.person("bo"), home.person("dora")]);
    const room: string = (
      await ada.does("POST", "v3/createRoom", { preset: "private_chat", invite: [bo.id] })
    ).room_id;
    await bo.isInvited(room);
    await bo.joins(room, home.serverName);
    await bo.does("POST", `v3/rooms/${encodeURIComponent(room)}/invite`, { user_id: dora.id });
    await dora.isInvited(room);
    await dora.joins(room);
    await bo.knows(room, dora, "join");
  });

  for (const [version, rule] of [
    ["8", "restricted"],
    ["12", "restricted"],
    ["10", "knock_restricted"],
  ] as const) {
    it(`join by being in another room (${rule}, version ${version})`, async () => {
      const { home, away } = stage();
      const [ada, bo, carl] = await Promise.all([home.person("ada"), away.person("bo"), away.person("carl")]);
      const club: string = (await ada.does("POST", "v3/createRoom", { preset: "public_chat" })).room_id;
      const allow = [{ type: "m.room_membership", room_id: club }];
      const room: string = (
        await ada.does("POST", "v3/createRoom", {
          room_version: version,
          initial_state: [{ type: "m.room.join_rules", content: { join_rule: rule, allow } }],
        })
      ).room_id;
      const refused = await carl.ask(
        "POST",
        `v3/join/${encodeURIComponent(room)}?via=${home.serverName}`,
        {},
      );
      assert.equal(refused.status, 403, JSON.stringify(refused.body));
      await bo.joins(club, home.serverName);
      await bo.joins(room, home.serverName);
      await ada.knows(room, bo, "join");
      await bo.says(room, "Let in");
      await ada.seesMessage(room, "Let in");
    });
  }

  for (const [version, rule] of [
    ["7", "knock"],
    ["12", "knock"],
  ] as const) {
    it(`knock, and be let in or not (version ${version})`, async () => {
      const { home, away } = stage();
      const [ada, bo, carl] = await Promise.all([home.person("ada"), away.person("bo"), away.person("carl")]);
      const room: string = (
        await ada.does("POST", "v3/createRoom", {
          room_version: version,
          name: "Knock",
          initial_state: [{ type: "m.room.join_rules", content: { join_rule: rule } }],
        })
      ).room_id;
      const path = `v3/rooms/${encodeURIComponent(room)}`;
      for (const who of [bo, carl]) {
        const query = `via=${home.serverName}&server_name=${home.serverName}`;
        await who.does("POST", `v3/knock/${encodeURIComponent(room)}?${query}`, { reason: "please" });
        await who.until((sync) => sync.rooms?.knock?.[room]?.knock_state?.events?.length > 0, "the knock");
        await ada.sees(
          room,
          ({ state_key, content }) => state_key === who.id && content.membership === "knock",
        );
      }
      await ada.does("POST", `${path}/invite`, { user_id: bo.id });
      await bo.isInvited(room);
      await bo.joins(room, home.serverName);
      await ada.knows(room, bo, "join");
      await ada.does("POST", `${path}/kick`, { user_id: carl.id });
      await carl.until((sync) => sync.rooms?.leave?.[room], "that the knock was refused");
    });
  }
}
