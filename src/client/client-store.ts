import type { IEvent, MemoryStore } from "matrix-js-sdk";
import type { Sdk } from "./sdk.ts";

/** Messages that the homeserver has not accepted yet, by room, as the SDK keeps them. */
export type Unsent = Record<string, Partial<IEvent>[]>;

/**
 * The SDK's store. Only what the homeserver does not have is kept over a reload, the unsent messages: everything
 * else comes back with a first sync from the homeserver, which is restored together with its clients.
 */
export function createClientStore(sdk: Sdk, unsent: Unsent, changed: (unsent: Unsent) => void): MemoryStore {
  const kept: Unsent = { ...unsent };
  class ClientStore extends sdk.MemoryStore {
    override async getPendingEvents(room: string): Promise<Partial<IEvent>[]> {
      return kept[room] ?? [];
    }

    override async setPendingEvents(room: string, pending: Partial<IEvent>[]): Promise<void> {
      // With an id of the homeserver's it is accepted, and comes back with the room.
      const events = pending.filter((event) => !event.event_id?.startsWith("$"));
      if (events.length > 0) kept[room] = events;
      else delete kept[room];
      changed(structuredClone(kept));
    }
  }
  return new ClientStore();
}
