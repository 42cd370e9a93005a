import { serverOf } from "../../protocol/identifiers.ts";
import type { Pdu } from "../../protocol/pdu.ts";
import { isRefusal } from "../../protocol/refusal.ts";
import { stateKeyOf } from "../../protocol/state-resolution.ts";
import type { Room } from "../room/room.ts";
import type { RoomEvent, RoomState } from "../room/room-event.ts";
import { StateTrie } from "../room/state-trie.ts";
import type { Server } from "../server.ts";
import type { CheckedPdu } from "./check-pdu.ts";
import { checkedPdus, idsIn, keepUnplaced, pdusIn, type Sender } from "./incoming-events.ts";

const perRequest = 50;
/** Who gives fewer than this, which is the default limit, has no more to give. */
const fewest = 10;
/** How many events between what is here and what came are asked for one by one, before state is asked for instead. */
const mostMissing = 500;
/** Beyond so many missing events of a state, the whole of it is asked for at once. */
const mostSingles = 20;
/**
 * So long, milliseconds, an event waits for the whole state before it. Who signed a part of that may be away; who is gone
 * for good must not stop the room.
 */
const patience = 3_600_000;

export function missingParents(room: Room, pdu: Pdu): string[] {
  return pdu.prev_events.filter((id) => !room.has(id));
}

/**
 * The events between what is here and some that came, as far as the other server gives them.
 * https://spec.matrix.org/v1.19/server-server-api/#post_matrixfederationv1get_missing_eventsroomid
 */
export async function fetchGap(
  server: Server,
  room: Room,
  came: ReadonlyMap<string, CheckedPdu>,
  sender: Sender,
): Promise<Map<string, CheckedPdu>> {
  const found = new Map<string, CheckedPdu>();
  const minDepth = room.startDepth;
  const isOpen = ({ pdu }: CheckedPdu) =>
    pdu.prev_events.some((id) => !room.has(id) && !found.has(id) && !came.has(id)) && pdu.depth > minDepth;
  let latest = [...came].flatMap(([id, event]) => (isOpen(event) ? [id] : []));
  while (latest.length > 0 && found.size < mostMissing) {
    const answer = await server.federation.request(sender.origin, {
      method: "POST",
      path: `/_matrix/federation/v1/get_missing_events/${encodeURIComponent(room.id)}`,
      body: {
        earliest_events: [...room.extremities],
        latest_events: latest,
        limit: perRequest,
        min_depth: minDepth,
      },
    });
    if (isRefusal(answer)) break;
    const checked = await checkedPdus(server, room, pdusIn(answer, "events"), { ...sender, via: "missing" });
    const fresh = [...checked].filter(([id]) => !found.has(id) && !came.has(id) && !room.has(id));
    if (fresh.length === 0) break;
    for (const [id, event] of fresh) found.set(id, event);
    if (fresh.length < fewest) break;
    latest = fresh.flatMap(([id, event]) => (isOpen(event) ? [id] : []));
  }
  return ancestorsOf(came, found);
}

/**
 * What leads to some events without a step over one that is here: the other server may have sent more, from before this
 * one came, and that is no news.
 */
function ancestorsOf(
  came: ReadonlyMap<string, CheckedPdu>,
  found: ReadonlyMap<string, CheckedPdu>,
): Map<string, CheckedPdu> {
  const between = new Map<string, CheckedPdu>();
  const open = [...came.values()];
  for (let event = open.pop(); event; event = open.pop()) {
    for (const id of event.pdu.prev_events) {
      const parent = found.get(id);
      if (!parent || between.has(id)) continue;
      between.set(id, parent);
      open.push(parent);
    }
  }
  return between;
}

/**
 * Sees to it that all events are here that an event cites. Returns whether they are.
 * https://spec.matrix.org/v1.19/server-server-api/#get_matrixfederationv1event_authroomideventid
 */
export async function fetchCited(
  server: Server,
  room: Room,
  event: CheckedPdu,
  sender: Sender,
): Promise<boolean> {
  const missing = () => event.pdu.auth_events.filter((id) => !isHere(server, room, id));
  if (missing().length === 0) return true;
  const source: Sender = { ...sender, via: "missing" };
  for (const origin of askable(server, event, sender)) {
    const answer = await server.federation.request(origin, {
      method: "GET",
      path: `/_matrix/federation/v1/event_auth/${encodeURIComponent(room.id)}/${encodeURIComponent(event.id)}`,
    });
    if (!isRefusal(answer)) {
      const chain = await checkedPdus(server, room, pdusIn(answer, "auth_chain"), { ...source, origin });
      await keepUnplaced(server, room, chain, { ...source, origin });
    }
    if (missing().length > 0) await fetchSingles(server, room, missing(), { ...source, origin });
    if (missing().length === 0) return true;
  }
  return false;
}

function isHere(server: Server, room: Room, id: string): boolean {
  return room.events.has(id) || server.rooms.ofEvent(id) !== undefined;
}

/** Who sent an event, and whose user it is of. */
function askable(server: Server, { pdu }: CheckedPdu, { origin }: Sender): string[] {
  const author = serverOf(pdu.sender);
  return author === undefined || author === origin || author === server.name ? [origin] : [origin, author];
}

/** Fetches events with the chain of those that they cite, one by one. */
async function fetchSingles(
  server: Server,
  room: Room,
  wanted: readonly string[],
  sender: Sender,
): Promise<void> {
  const found = new Map<string, CheckedPdu>();
  let open = wanted.slice(0, mostMissing);
  while (open.length > 0 && found.size < mostMissing) {
    const answers = await Promise.all(open.map((id) => fetchEvent(server, room, id, sender)));
    const next = new Set<string>();
    for (const event of answers) {
      if (!event || found.has(event.id)) continue;
      found.set(event.id, event);
      for (const id of event.pdu.auth_events) if (!room.events.has(id) && !found.has(id)) next.add(id);
    }
    open = [...next].slice(0, mostMissing - found.size);
  }
  await keepUnplaced(server, room, found, sender);
}

/** https://spec.matrix.org/v1.19/server-server-api/#get_matrixfederationv1eventeventid */
export async function fetchEvent(
  server: Server,
  room: Room,
  id: string,
  sender: Sender,
): Promise<CheckedPdu | undefined> {
  const path = `/_matrix/federation/v1/event/${encodeURIComponent(id)}`;
  const answer = await server.federation.request(sender.origin, { method: "GET", path });
  if (isRefusal(answer)) return undefined;
  return (await checkedPdus(server, room, pdusIn(answer, "pdus").slice(0, 1), sender)).get(id);
}

/**
 * The state before an event as another server has it, with all of its events here.
 * https://spec.matrix.org/v1.19/server-server-api/#get_matrixfederationv1state_idsroomid
 */
export async function fetchStateBefore(
  server: Server,
  room: Room,
  event: CheckedPdu,
  sender: Sender,
): Promise<RoomState | undefined> {
  const mayLack = server.ports.clock.now() - event.pdu.origin_server_ts > patience;
  for (const origin of askable(server, event, sender)) {
    const source: Sender = { ...sender, via: "missing", origin };
    const state = await stateFrom(server, room, event.id, source, mayLack);
    if (state) return state;
  }
  return undefined;
}

async function stateFrom(
  server: Server,
  room: Room,
  eventId: string,
  sender: Sender,
  mayLack: boolean,
): Promise<RoomState | undefined> {
  const request = { method: "GET", query: { event_id: eventId } } as const;
  const roomPath = encodeURIComponent(room.id);
  const path = `/_matrix/federation/v1/state_ids/${roomPath}`;
  const ids = await server.federation.request(sender.origin, { ...request, path });
  if (isRefusal(ids)) return undefined;
  const stateIds = [...new Set(idsIn(ids, "pdu_ids"))];
  const missing = [...stateIds, ...idsIn(ids, "auth_chain_ids")].filter((id) => !room.events.has(id));
  if (missing.length > mostSingles) {
    const whole = await server.federation.request(sender.origin, {
      ...request,
      path: `/_matrix/federation/v1/state/${roomPath}`,
    });
    if (isRefusal(whole)) return undefined;
    const values = [...pdusIn(whole, "auth_chain"), ...pdusIn(whole, "pdus")];
    await keepUnplaced(server, room, await checkedPdus(server, room, values, sender), sender);
  } else if (missing.length > 0) await fetchSingles(server, room, missing, sender);
  const events = stateIds.flatMap((id) => room.events.get(id) ?? []);
  return events.length === stateIds.length || mayLack ? stateOf(events) : undefined;
}

/** A state from its events. */
export function stateOf(events: Iterable<RoomEvent>): RoomState {
  let state: RoomState = StateTrie.empty();
  for (const event of events) {
    const { type, state_key: stateKey } = event.pdu;
    if (stateKey !== undefined && !event.rejected) state = state.with(stateKeyOf(type, stateKey), event);
  }
  return state;
}
