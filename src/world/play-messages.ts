import * as acts from "../client/acts-messages.ts";
import { loadOlder, markRead, setTyping } from "../client/acts-reading.ts";
import { done, type Plays, roomId } from "./action-stage.ts";
import type { MessageAction } from "./message-action.ts";

export const messagePlays: Plays<MessageAction> = {
  async send(actor, { in: ref, say = "", text = actor.stage.say(say) }) {
    const room = roomId(actor, ref);
    actor.client.showRoom(room);
    return { ok: true, event: await acts.send(actor.client, room, text) };
  },

  async redact(actor, { in: ref, event, reason }) {
    return { ok: true, event: await acts.redact(actor.client, roomId(actor, ref), event, reason) };
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

  async loadOlder(actor, { in: ref }) {
    await loadOlder(actor.client, roomId(actor, ref));
    return done;
  },
};
