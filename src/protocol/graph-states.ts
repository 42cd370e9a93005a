import type { Pdu } from "./pdu.ts";
import { findRoomVersion } from "./room-versions.ts";
import { type KnownEvents, resolveState, type StateMap, stateKeyOf } from "./state-resolution.ts";

/** The events of a room, as far as they are known. */
export interface RoomEvents {
  readonly version: string;
  pdu(eventId: string): Pdu | undefined;
  /** The events whose states an event's own follows from; absent: those that it names. */
  parents?(eventId: string): readonly string[];
  rejected(eventId: string): boolean;
}

/**
 * A room's states at places of its graph, worked out from its events alone: for who has no homeserver at hand. Each
 * is worked out once. https://spec.matrix.org/v1.19/server-server-api/#room-state-resolution
 */
export class GraphStates {
  readonly #events: RoomEvents;
  readonly #known: KnownEvents;
  readonly #after = new Map<string, StateMap | undefined>();

  constructor(events: RoomEvents) {
    this.#events = events;
    this.#known = {
      get(eventId) {
        const pdu = events.pdu(eventId);
        return pdu && { pdu, rejected: events.rejected(eventId) };
      },
    };
  }

  /** The state before an event that follows these; undefined where their past is not known. */
  between(parents: readonly string[]): StateMap | undefined {
    const states = parents.map((parent) => this.after(parent));
    const version = findRoomVersion(this.#events.version);
    if (!version || states.includes(undefined)) return undefined;
    return resolveState(version, states as StateMap[], this.#known).state;
  }

  /** The state after an event. Goes back without recursion: a room's past can be longer than a stack. */
  after(eventId: string): StateMap | undefined {
    const open = [eventId];
    while (open.length > 0) {
      const id = open.at(-1)!;
      const pdu = this.#events.pdu(id);
      const waits = this.#after.has(id)
        ? []
        : (pdu ? this.#parents(id, pdu) : []).filter((parent) => !this.#after.has(parent));
      if (waits.length > 0) {
        open.push(...waits);
        continue;
      }
      open.pop();
      if (!this.#after.has(id)) this.#after.set(id, pdu && this.#with(id, pdu));
    }
    return this.#after.get(eventId);
  }

  #parents(id: string, pdu: Pdu): readonly string[] {
    return this.#events.parents?.(id) ?? pdu.prev_events;
  }

  #with(id: string, pdu: Pdu): StateMap | undefined {
    const before = this.between(this.#parents(id, pdu));
    if (!before || pdu.state_key === undefined || this.#events.rejected(id)) return before;
    return new Map(before).set(stateKeyOf(pdu.type, pdu.state_key), id);
  }
}
