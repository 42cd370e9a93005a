import * as acts from "../../client/acts-rooms.ts";
import { type Actor, done, type Plays, roomId, userId } from "./action-stage.ts";
import type { RoomAction } from "./room-action.ts";

type NewAction = Extract<RoomAction, { type: "createRoom" | "createSpace" }>;

async function create(actor: Actor, action: NewAction, more: acts.NewRoom) {
  const { as: role, invite, name, topic, preset, alias, published } = action;
  const id = await acts.createRoom(actor.client, {
    ...more,
    ...(invite && { invite: invite.map((user) => userId(actor, user)) }),
    ...(name !== undefined && { name }),
    ...(topic !== undefined && { topic }),
    ...(preset !== undefined && { preset }),
    ...(alias !== undefined && { alias }),
    ...(published !== undefined && { published }),
  });
  if (role !== undefined) actor.stage.bindRoom(role, id);
  actor.client.showRoom(id);
  return { ok: true as const, room: id };
}

export const roomPlays: Plays<RoomAction> = {
  createRoom(actor, action) {
    const { direct, roomVersion, joinRule: rule, history, space, encrypted } = action;
    const parent = space === undefined ? undefined : roomId(actor, space);
    return create(actor, action, {
      ...(direct !== undefined && { direct }),
      ...(roomVersion !== undefined && { roomVersion }),
      ...(rule !== undefined && { joinRule: { rule, ...(parent !== undefined && { allow: [parent] }) } }),
      ...(history !== undefined && { history }),
      ...(parent !== undefined && { parent }),
      ...(encrypted === true && { encrypted }),
    });
  },

  createSpace: (actor, action) => create(actor, action, { space: true }),

  async addToSpace(actor, { space, room }) {
    await acts.addToSpace(actor.client, roomId(actor, space), roomId(actor, room));
    return done;
  },

  async removeFromSpace(actor, { space, room }) {
    await acts.removeFromSpace(actor.client, roomId(actor, space), roomId(actor, room));
    return done;
  },

  async join(actor, { room, via }) {
    const id = await acts.join(actor.client, roomId(actor, room), via);
    actor.client.showRoom(id);
    return { ok: true, room: id };
  },

  async knock(actor, { room, reason, via }) {
    return { ok: true, room: await acts.knock(actor.client, roomId(actor, room), reason, via) };
  },

  async leave(actor, { room }) {
    await acts.leave(actor.client, roomId(actor, room));
    return done;
  },

  async forget(actor, { room }) {
    await acts.forget(actor.client, roomId(actor, room));
    return done;
  },

  async invite(actor, { room, user }) {
    await acts.invite(actor.client, roomId(actor, room), userId(actor, user));
    return done;
  },

  async kick(actor, { room, user, reason }) {
    await acts.kick(actor.client, roomId(actor, room), userId(actor, user), reason);
    return done;
  },

  async ban(actor, { room, user, reason }) {
    await acts.ban(actor.client, roomId(actor, room), userId(actor, user), reason);
    return done;
  },

  async unban(actor, { room, user }) {
    await acts.unban(actor.client, roomId(actor, room), userId(actor, user));
    return done;
  },

  async openRoom(actor, { room }) {
    actor.client.openRoom(room === null ? null : roomId(actor, room));
    return done;
  },
};
