import assert from "node:assert/strict";
import { it } from "node:test";
import type { Stage } from "./plays.ts";

const versions = ["6", "7", "8", "9", "10", "11", "12"];

/** A room of each version, with all that people do in one. */
export function playVersions(stage: () => Stage): void {
  for (const version of versions) {
    it(`live in a room of version ${version}: join by alias, talk, edit, redact, moderate, ban`, async () => {
      const { home, away } = stage();
      const [ada, bo, carl] = await Promise.all([home.person("ada"), away.person("bo"), away.person("carl")]);
      const alias = `garden-${home.kind.toLowerCase()}-${version}`;
      const room: string = (
        await ada.does("POST", "v3/createRoom", {
          preset: "public_chat",
          room_version: version,
          room_alias_name: alias,
          name: `A room of version ${version}`,
        })
      ).room_id;
      assert.equal(await bo.joins(`#${alias}:${home.serverName}`), room);
      assert.equal(await carl.joins(room, home.serverName), room);
      await ada.sees(
        room,
        ({ type, state_key }) => type === "m.room.member" && state_key === carl.id,
        "carl",
      );

      // Talk, both ways.
      const hello = await ada.says(room, "Hello");
      await bo.seesMessage(room, "Hello");
      const answer = await bo.says(room, "Hello, Ada");
      await ada.seesMessage(room, "Hello, Ada");

      // An edit, which a server puts with what it edits.
      await bo.sends(room, "m.room.message", {
        msgtype: "m.text",
        body: "* Hello, dear Ada",
        "m.new_content": { msgtype: "m.text", body: "Hello, dear Ada" },
        "m.relates_to": { rel_type: "m.replace", event_id: answer },
      });
      await ada.seesMessage(room, "* Hello, dear Ada");
      const path = `v3/rooms/${encodeURIComponent(room)}`;
      const edited = await ada.does("GET", `${path}/event/${answer}`);
      assert.equal(
        edited.unsigned["m.relations"]["m.replace"].content["m.new_content"].body,
        "Hello, dear Ada",
      );

      // A redaction of one's own, and of somebody else's by a moderator.
      for (const [who, event, other] of [
        [ada, hello, bo],
        [ada, answer, bo],
      ] as const) {
        const { event_id } = await who.does("PUT", `${path}/redact/${event}/r-${event}`, {
          reason: "enough",
        });
        await other.sees(room, (seen) => seen.event_id === event_id, "a redaction");
        const redacted = await other.does("GET", `${path}/event/${event}`);
        assert.deepEqual(redacted.content, {}, "what is left of a redacted message");
      }

      // Power: who has none may not, who was given some may.
      const topic = { topic: "The garden" };
      const refused = await bo.ask("PUT", `${path}/state/m.room.topic/`, topic);
      assert.deepEqual([refused.status, refused.body.errcode], [403, "M_FORBIDDEN"]);
      const levels = await ada.stateOf(room, "m.room.power_levels");
      await ada.sets(room, "m.room.power_levels", { ...levels, users: { ...levels.users, [bo.id]: 50 } });
      await bo.sees(
        room,
        ({ type, content }) => type === "m.room.power_levels" && content.users?.[bo.id] === 50,
      );
      await bo.sets(room, "m.room.topic", topic);
      await ada.sees(room, ({ type, content }) => type === "m.room.topic" && content.topic === "The garden");

      // A kick, and a ban that holds.
      await ada.does("POST", `${path}/kick`, { user_id: carl.id, reason: "for now" });
      await bo.knows(room, carl, "leave");
      await carl.joins(room, home.serverName);
      await ada.knows(room, carl, "join");
      await ada.does("POST", `${path}/ban`, { user_id: carl.id });
      await bo.knows(room, carl, "ban");
      const back = await carl.ask("POST", `v3/join/${encodeURIComponent(room)}?via=${home.serverName}`, {});
      assert.equal(back.status, 403, JSON.stringify(back.body));
      await ada.does("POST", `${path}/unban`, { user_id: carl.id });
      await bo.knows(room, carl, "leave");
      await carl.joins(room, home.serverName);
      await Promise.all([ada.knows(room, carl, "join"), bo.knows(room, carl, "join")]);

      const [hers, his] = await Promise.all([ada.wholeState(room), bo.wholeState(room)]);
      assert.deepEqual(his, hers);
    });
  }
}
