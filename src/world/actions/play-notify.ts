import { markRoom, setRoomNotify } from "../../client/acts-notify.ts";
import { done, type Plays, roomId } from "./action-stage.ts";
import type { NotifyAction } from "./notify-action.ts";

export const notifyPlays: Plays<NotifyAction> = {
  async setRoomNotify(actor, { room, notify }) {
    await setRoomNotify(actor.client, roomId(actor, room), notify);
    return done;
  },

  async markRoom(actor, { room, unread }) {
    await markRoom(actor.client, roomId(actor, room), unread);
    return done;
  },
};
