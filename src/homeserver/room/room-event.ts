import type { Pdu } from "../../protocol/pdu.ts";
import type { Refusal } from "../../protocol/refusal.ts";
import type { StateTrie } from "./state-trie.ts";

/** A room's state at one place: `stateKeyOf` → the event. */
export type RoomState = StateTrie<RoomEvent>;

/** A client's own name for an event that it sent. https://spec.matrix.org/v1.19/client-server-api/#transaction-identifiers */
export type Transaction = {
  deviceId: string;
  /** Of the endpoint within the room, for example `send/m.room.message`: the id counts for that path alone. */
  path: string;
  id: string;
};

/** An event as this server has it. */
export type RoomEvent = {
  readonly id: string;
  readonly roomId: string;
  /** What is left of it, once it was redacted. */
  pdu: Pdu;
  /** When it came to this server, among all that happened here. */
  readonly stream: number;
  /**
   * Whether its place in the graph is known, and so the state before it. Others are here only for the states
   * that they are part of, and for what they allow.
   */
  readonly placed: boolean;
  /** Came as history, later than what came after it: no news. */
  readonly historical?: boolean | undefined;
  /** Not allowed by its auth events, or by the state before it. */
  readonly rejected?: Refusal | undefined;
  /** Not allowed by what was the current state when it came. */
  readonly softFailed?: Refusal | undefined;
  /** Whether clients may see it. */
  shown: boolean;
  readonly before: RoomState;
  readonly after: RoomState;
  /** The room's current state once the event was there. */
  readonly current: RoomState;
  /** The redaction that took effect on it. */
  redactedBy?: RoomEvent | undefined;
  readonly transaction?: Transaction | undefined;
  /** This server tells the others of it, though it is of a user elsewhere. */
  readonly relayed?: boolean | undefined;
};

/** Changes of a state: `stateKeyOf` → event id, or `null` where nothing is any more. */
export type StateChanges = Record<string, string | null>;

/** How the journal keeps an event: states as changes of others, and nothing where they follow from the graph. */
export type RoomEventRecord = {
  room: string;
  pdu: Pdu;
  stream: number;
  /** When it first came, if `stream` was changed since. */
  knownAt?: number;
  /** The position at which its place in the graph became known, if that is not `stream`; `null`: it is not. */
  placedAt?: number | null;
  historical?: true;
  relayed?: true;
  /** The server came back to the room by it: earlier ends of the graph count no more. */
  restarts?: true;
  rejected?: Refusal;
  softFailed?: Refusal;
  /** What differs from the state after its first parent that is here. */
  before?: StateChanges;
  /** What differs in the room's state, once it was there, from the state after it. */
  current?: StateChanges;
  redactedBy?: string;
  transaction?: Transaction;
};

/** Before in the order of the graph; of equals what came here first. */
export function compareTopologically(a: Place, b: Place): number {
  return a.depth - b.depth || a.stream - b.stream;
}

/** Where an event stands in the order of the graph; also between two events. */
export type Place = { depth: number; stream: number };

/** How far a reader of the live events has come with an event: what was fetched of old lies before all of them. */
export function livePosition({ historical, stream }: RoomEvent): number {
  return historical ? 0 : stream;
}

export function placeOf(event: RoomEvent): Place {
  return { depth: event.pdu.depth, stream: event.stream };
}

export function placeBefore(event: RoomEvent): Place {
  return { depth: event.pdu.depth, stream: event.stream - 1 };
}
