import * as acts from "../client/acts-rooms.ts";
import { done, type Plays, roomId, userId } from "./action-stage.ts";
import type { RoomAction } from "./room-action.ts";

export const roomPlays: Plays<RoomAction> = {
  async createRoom(actor, action) {
    const { as: role, invite, name, topic, preset, direct, alias, roomVersion } = action;
    const id = await acts.createRoom(actor.client, {
      ...(invite && { invite: invite.map((user) => userId(actor, user)) }),
      ...(name !== undefined && { name }),
      ...(topic !== undefined && { topic }),
      ...(preset !== undefined && { preset }),
      ...(direct !== undefined && { direct }),
      ...(alias !== undefined && { alias }),
      ...(roomVersion !== undefined && { roomVersion }),
    });
    if (role !== undefined) actor.stage.bindRoom(role, id);
    actor.client.showRoom(id);
    return { ok: true, room: id };
  },

  async join(actor, { room }) {
    const id = await acts.join(actor.client, roomId(actor, room));
    actor.client.showRoom(id);
    return { ok: true, room: id };
  },

  async leave(actor, { room }) {
    await acts.leave(actor.client, roomId(actor, room));
    return done;
  },

  async invite(actor, { room, user }) {
    await acts.invite(actor.client, roomId(actor, room), userId(actor, user));
    return done;
  },

  async openRoom(actor, { room }) {
    actor.client.openRoom(room === null ? null : roomId(actor, room));
    return done;
  },
};
