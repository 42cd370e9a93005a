import * as acts from "../../client/acts-messages.ts";
import { loadOlder, markRead, setTyping } from "../../client/acts-reading.ts";
import { done, type Plays, roomId } from "./action-stage.ts";
import type { MessageAction } from "./message-action.ts";
import { eventId, placeIn, writtenIn } from "./written.ts";

export const messagePlays: Plays<MessageAction> = {
  async send(actor, action) {
    const room = roomId(actor, action.in);
    actor.client.showRoom(room);
    return {
      ok: true,
      event: await acts.send(actor.client, room, { ...writtenIn(actor, action), ...placeIn(actor, action) }),
    };
  },

  async edit(actor, action) {
    const room = roomId(actor, action.in);
    const event = eventId(actor, room, action.event);
    return { ok: true, event: await acts.edit(actor.client, room, event, writtenIn(actor, action)) };
  },

  async react(actor, { in: ref, event, key, remove = false }) {
    const room = roomId(actor, ref);
    const done = await acts.react(actor.client, room, eventId(actor, room, event), { key, remove });
    return { ok: true, ...(done !== undefined && { event: done }) };
  },

  async redact(actor, { in: ref, event, reason }) {
    const room = roomId(actor, ref);
    return { ok: true, event: await acts.redact(actor.client, room, eventId(actor, room, event), reason) };
  },

  async retry(actor, { in: ref, event }) {
    return { ok: true, event: await acts.retry(actor.client, roomId(actor, ref), event) };
  },

  async discard(actor, { in: ref, event }) {
    await acts.discard(actor.client, roomId(actor, ref), event);
    return done;
  },

  async setTyping(actor, { in: ref, typing }) {
    await setTyping(actor.client, roomId(actor, ref), typing);
    return done;
  },

  async markRead(actor, { in: ref, event }) {
    await markRead(actor.client, roomId(actor, ref), event);
    return done;
  },

  async loadOlder(actor, { in: ref, thread }) {
    const room = roomId(actor, ref);
    await loadOlder(actor.client, room, thread === undefined ? undefined : eventId(actor, room, thread));
    return done;
  },

  async listEdits(actor, { in: ref, event }) {
    const room = roomId(actor, ref);
    await acts.listEdits(actor.client, room, eventId(actor, room, event));
    return done;
  },
};
