import type { MatrixEvent, Room } from "matrix-js-sdk";
import type { JsonObject } from "../protocol/json.ts";
import { type StateEvent, stateName } from "./room-facts.ts";

/** What a room's state holds, members left out, as far as it has changed since it was read last. */
export class ShownRoomState {
  /** Events that were looked at, with whether they were redacted then. */
  readonly #known = new WeakMap<MatrixEvent, boolean>();

  /** @param told gives what was told last under a name */
  changes(room: Room, told: (name: string) => string | undefined): StateEvent[] {
    const changed: StateEvent[] = [];
    for (const [type, byKey] of room.currentState.events) {
      if (type === "m.room.member") continue;
      for (const [key, event] of byKey) {
        if (this.#known.get(event) === event.isRedacted()) continue;
        this.#known.set(event, event.isRedacted());
        const shown: StateEvent = {
          type,
          key,
          sender: event.getSender() ?? "",
          content: structuredClone(event.getContent()) as JsonObject,
        };
        if (told(stateName(room.roomId, shown)) !== JSON.stringify(shown)) changed.push(shown);
      }
    }
    return changed;
  }
}
