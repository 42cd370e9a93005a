import type { ClientFact, ShownEvent } from "../../client/client-fact.ts";
import type { HeldSession } from "../../client/crypto/crypto-fact.ts";
import type { JsonObject } from "../../protocol/json.ts";
import type { Fold, LogEntry } from "../../simulation/log.ts";

/** A message as somebody in a chair has it. */
export type Card = {
  event: string;
  room: string;
  sender: string;
  at: number;
  /** What it says, where that can be read there. */
  text?: string;
  /** Where it is sealed: with which message key, at which index, and what is to be seen of it. */
  session?: string;
  index?: number;
  ciphertext?: string;
  reason?: string;
  /** Bytes of the event as a server keeps it. */
  size?: number;
};

/** What somebody on the cable sees of one packet: never what is in it. */
export type Passed = { exchange: number; from: string; to: string; at: number; size: number };

export type DeviceChair = {
  user?: string;
  cards: readonly Card[];
  /** Room → the message keys in the device's store. */
  held: ReadonlyMap<string, readonly HeldSession[]>;
  /** The device's own curve25519 key: sessions of it were made here. */
  curve25519?: string;
  /** Is it signed by its account's identity? Undefined where there is none. */
  verified?: boolean;
  /** Is there a backup of message keys at the server, as far as the device knows? */
  hasBackup?: boolean;
};

export type ChairsState = {
  devices: ReadonlyMap<string, DeviceChair>;
  servers: ReadonlyMap<string, readonly Card[]>;
  passed: readonly Passed[];
  /** The room of the newest message that any server keeps. */
  room?: string;
};

/** So many of the newest cards and packets are kept in a chair. */
const most = 60;

const noDevice: DeviceChair = { cards: [], held: new Map() };
const messageTypes = new Set(["m.room.message", "m.room.encrypted"]);

/** What is to be seen from each chair: devices, servers, and the cable between them. */
export const chairsFold: Fold<ChairsState> = {
  initial: { devices: new Map(), servers: new Map(), passed: [] },
  step(state, entry) {
    if (entry.type === "host-fact") return serverAfter(state, entry);
    if (entry.type === "client-fact") {
      const before = state.devices.get(entry.host) ?? noDevice;
      const after = deviceAfter(before, entry.fact as unknown as ClientFact);
      return after === before ? state : { ...state, devices: new Map(state.devices).set(entry.host, after) };
    }
    if (entry.type === "exchange-out") return lineAfter(state, entry);
    return state;
  },
};

function serverAfter(state: ChairsState, { host, fact }: LogEntry & { type: "host-fact" }): ChairsState {
  if (fact.type !== "event-stored" || !messageTypes.has(String(fact.pdu.type))) return state;
  const { content, sender, origin_server_ts: at } = fact.pdu as JsonObject & { content: JsonObject };
  const card: Card = {
    event: fact.event,
    room: fact.room,
    sender: String(sender),
    at: Number(at),
    size: new TextEncoder().encode(JSON.stringify(fact.pdu)).length,
    ...(typeof content.body === "string" && { text: content.body }),
    ...(typeof content.session_id === "string" && { session: content.session_id }),
    ...(typeof content.ciphertext === "string" && { ciphertext: content.ciphertext }),
  };
  const cards = [...(state.servers.get(host) ?? []), card].slice(-most);
  return { ...state, servers: new Map(state.servers).set(host, cards), room: fact.room };
}

function deviceAfter(device: DeviceChair, fact: ClientFact): DeviceChair {
  switch (fact.type) {
    case "session":
      if (fact.session.state === "signed-out") return noDevice;
      return device.user === fact.session.user ? device : { ...device, user: fact.session.user };
    case "event":
      return { ...device, cards: cardsAfter(device.cards, fact) };
    case "event-gone":
      return { ...device, cards: device.cards.filter(({ event }) => event !== fact.event) };
    case "timeline-reset":
      return { ...device, cards: device.cards.filter(({ room }) => room !== fact.room) };
    case "message-keys":
      return { ...device, held: new Map(device.held).set(fact.room, fact.sessions) };
    case "crypto": {
      const { keys, identity, verified, backup } = fact.crypto;
      const { verified: _before, ...rest } = device;
      return {
        ...rest,
        curve25519: keys.curve25519,
        hasBackup: backup.version !== undefined,
        ...(identity && { verified }),
      };
    }
    default:
      return device;
  }
}

function cardsAfter(
  cards: readonly Card[],
  { room, event, place, replaces }: Extract<ClientFact, { type: "event" }>,
): readonly Card[] {
  const others = cards.filter((card) => card.event !== replaces && card.event !== event.id);
  if (!messageTypes.has(event.type) || event.redacted) return others;
  const card = deviceCard(room, event);
  const at = cards.findIndex((each) => each.event === (replaces ?? event.id));
  if (at >= 0) return others.toSpliced(at, 0, card);
  return place === "start" ? [card, ...others] : [...others, card].slice(-most);
}

function deviceCard(room: string, { id, sender, at, content, sealed }: ShownEvent): Card {
  const isOpen = sealed?.open !== false;
  return {
    event: id,
    room,
    sender,
    at,
    ...(isOpen && typeof content.body === "string" && { text: content.body }),
    ...(sealed?.session !== undefined && { session: sealed.session }),
    ...(sealed?.index !== undefined && { index: sealed.index }),
    ...(sealed?.reason !== undefined && { reason: sealed.reason }),
  };
}

/** Of what goes over a cable only messages and what servers hand on: polls would hide them. */
function lineAfter(state: ChairsState, entry: LogEntry & { type: "exchange-out" }): ChairsState {
  const { exchange, from, to, at, request } = entry;
  if (!/\/send(ToDevice)?\//.test(new URL(request.url).pathname)) return state;
  const { body = "" } = request;
  const size = typeof body === "string" ? new TextEncoder().encode(body).length : body.length;
  return { ...state, passed: [...state.passed, { exchange, from, to, at, size }].slice(-most) };
}
