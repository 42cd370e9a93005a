import type { IEvent, ISyncResponse, MemoryStore } from "matrix-js-sdk";
import type { ISavedSync } from "matrix-js-sdk/lib/store/index.js";
import { isSaved, type SavedSync } from "./saved-sync.ts";
import type { Sdk } from "./sdk.ts";
import type { Unsent } from "./unsent.ts";

export interface ClientStore extends MemoryStore {
  /** What the client has had from its homeserver by now, if anything. */
  saved(): SavedSync | undefined;
  /** Does it begin with what it had, not with a first sync? */
  readonly isResumed: boolean;
}

/**
 * The SDK's store. What the homeserver does not have, the unsent messages, is always kept over a reload. Everything else
 * comes back with a first sync from the homeserver, which is restored together with its clients; but not to a client that
 * cannot reach it: that one begins with what it had.
 */
export function createClientStore(
  sdk: Sdk,
  kept: { unsent: Unsent; saved?: SavedSync | undefined },
  changed: (unsent: Unsent) => void,
): ClientStore {
  const unsent: Unsent = { ...kept.unsent };
  const resumed = accumulated(sdk, kept.saved);
  const sync = resumed ?? new sdk.SyncAccumulator();
  /** Accepted by the homeserver, and not heard of again from there. */
  const accepted: Unsent = resumed ? { ...kept.saved?.accepted } : {};
  /** Made when it is asked for, and good until something comes. */
  let saved: SavedSync | undefined;

  class SavingStore extends sdk.MemoryStore implements ClientStore {
    readonly isResumed = resumed !== undefined;

    saved(): SavedSync | undefined {
      if (sync.getNextBatchToken()) saved ??= { sync: sync.getJSON(true), accepted: { ...accepted } };
      return saved;
    }

    override async getSavedSync(): Promise<ISavedSync | null> {
      // The SDK writes into what it is given.
      return resumed ? structuredClone(resumed.getJSON()) : null;
    }

    override async getSavedSyncToken(): Promise<string | null> {
      return resumed?.getNextBatchToken() ?? null;
    }

    override async setSyncData(response: ISyncResponse): Promise<void> {
      sync.accumulate(response);
      saved = undefined;
    }

    override async getPendingEvents(room: string): Promise<Partial<IEvent>[]> {
      return [...(accepted[room] ?? []), ...(unsent[room] ?? [])];
    }

    override async setPendingEvents(room: string, pending: Partial<IEvent>[]): Promise<void> {
      // With an id of the homeserver's it is accepted, and comes back with the room.
      const isAccepted = ({ event_id: id }: Partial<IEvent>) => id?.startsWith("$") === true;
      put(accepted, room, structuredClone(pending.filter(isAccepted)));
      put(
        unsent,
        room,
        pending.filter((event) => !isAccepted(event)),
      );
      saved = undefined;
      changed(structuredClone(unsent));
    }
  }
  return new SavingStore();
}

function put(messages: Unsent, room: string, events: Partial<IEvent>[]): void {
  if (events.length > 0) messages[room] = events;
  else delete messages[room];
}

/** What was saved, to be added to; undefined where nothing was, or it is damaged. */
function accumulated(sdk: Sdk, saved: SavedSync | undefined) {
  if (!isSaved(saved)) return undefined;
  const { nextBatch, roomsData, accountData } = structuredClone(saved.sync);
  const sync = new sdk.SyncAccumulator();
  try {
    sync.accumulate({ next_batch: nextBatch, rooms: roomsData, account_data: { events: accountData } }, true);
    return sync;
  } catch {
    return undefined;
  }
}
