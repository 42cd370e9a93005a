import type { HostFact } from "../../homeserver/ports.ts";
import type { Json } from "../../protocol/json.ts";
import type { HostName } from "../../simulation/log.ts";
import { type InspectedExchange, type InspectorState, newestExchanges } from "./inspector-state.ts";

const droppedKept = 40;
/** So many requests back at most came what a server throws away now. */
const searched = 200;

/** A server threw away an event that another sent it. */
export function withDropped(
  state: InspectorState,
  host: HostName,
  { origin, pdu, refusal }: Extract<HostFact, { type: "event-dropped" }>,
): InspectorState {
  const exchange = exchangeWith(state, host, origin, pdu);
  const dropped = { host, origin, refusal, pdu, ...(exchange && { exchange: exchange.id }) };
  return { ...state, dropped: [...state.dropped, dropped].slice(-droppedKept) };
}

/** The newest exchange between two servers that brought an event: the other's request, or its answer. */
function exchangeWith(
  state: InspectorState,
  host: HostName,
  origin: HostName,
  pdu: Json,
): InspectedExchange | undefined {
  let looked = 0;
  for (const exchange of newestExchanges(state)) {
    const { from, to, request, response } = exchange;
    if (from === origin && to === host && carries(request.body, pdu)) return exchange;
    if (from === host && to === origin && carries(response?.body, pdu)) return exchange;
    looked += 1;
    if (looked === searched) break;
  }
  return undefined;
}

/** Whether a body has an event in it, as servers write JSON. */
export function carries(body: string | Uint8Array | undefined, pdu: Json): boolean {
  return typeof body === "string" && body.includes(JSON.stringify(pdu));
}
