import { type Holds, isHost, isIn, isRoom, isUser, of } from "./known.ts";
import type { MessageCondition } from "./message-condition.ts";

export const messageHolds: Holds<MessageCondition> = {
  message({ observation, bindings }, { in: room, notIn, from: person, device, text }) {
    return of(
      ...observation.messages.filter(
        (message) =>
          isRoom(bindings, message.room, room) &&
          (notIn === undefined || !isRoom(bindings, message.room, notIn)) &&
          isUser(bindings, message.sender, person) &&
          (device === undefined || message.device === `${person}/${device}` || message.device === device) &&
          isIn(message.text, text),
      ),
    );
  },

  shown({ observation, bindings }, { person, device, in: room, from, text }) {
    return of(
      ...observation.shown.filter(
        (shown) =>
          isHost(shown.host, device === undefined ? person : `${person}/${device}`) &&
          isRoom(bindings, shown.room, room) &&
          isUser(bindings, shown.sender, from) &&
          isIn(shown.text, text),
      ),
    );
  },
};
