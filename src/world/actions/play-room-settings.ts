import * as acts from "../../client/acts-room-settings.ts";
import { done, type Plays, refused, roomId, userId } from "./action-stage.ts";
import { fileOf } from "./play-files.ts";
import type { RoomSettingsAction } from "./room-settings-action.ts";

export const roomSettingsPlays: Plays<RoomSettingsAction> = {
  async setRoomName(actor, { room, name }) {
    await acts.setName(actor.client, roomId(actor, room), name);
    return done;
  },

  async setRoomTopic(actor, { room, topic }) {
    await acts.setTopic(actor.client, roomId(actor, room), topic);
    return done;
  },

  async setRoomPicture(actor, { room, file: source }) {
    const file = source && (await fileOf(source));
    if (source && !file) return refused("file/gone", { name: "" }, "picture");
    await acts.setPicture(actor.client, roomId(actor, room), file);
    return done;
  },

  async setRoomJoinRule(actor, { room, rule, spaces = [] }) {
    const allow = spaces.map((space) => roomId(actor, space));
    await acts.setJoinRule(actor.client, roomId(actor, room), { rule, allow });
    return done;
  },

  async setRoomHistoryVisibility(actor, { room, visibility }) {
    await acts.setHistory(actor.client, roomId(actor, room), visibility);
    return done;
  },

  async setRoomAlias(actor, { room, alias }) {
    await acts.setAlias(actor.client, roomId(actor, room), alias);
    return done;
  },

  async setRoomPublished(actor, { room, published }) {
    await acts.setPublished(actor.client, roomId(actor, room), published);
    return done;
  },

  async setPower(actor, { room, user, level }) {
    await acts.setPower(actor.client, roomId(actor, room), userId(actor, user), level);
    return done;
  },

  async setPermission(actor, { room, what, level }) {
    await acts.setPermission(actor.client, roomId(actor, room), what, level);
    return done;
  },

  async upgradeRoom(actor, { room, version, as: role }) {
    const id = await acts.upgrade(actor.client, roomId(actor, room), version);
    if (role !== undefined) actor.stage.bindRoom(role, id);
    return { ok: true, room: id };
  },
};
