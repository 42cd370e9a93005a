import { html, nothing, type TemplateResult } from "lit";
import { say } from "../../catalogue/late.ts";
import type { HostFact } from "../../homeserver/ports.ts";
import type { Json } from "../../protocol/json.ts";
import type { Refusal } from "../../protocol/refusal.ts";
import type { ExchangeId, HostName } from "../../simulation/log.ts";
import { type InspectedExchange, type InspectorState, newestExchanges } from "./inspector-fold.ts";
import { hostTemplate, type InspectorScene, refusalText } from "./inspector-scene.ts";

/** An event that a server threw away: its form or its signature is wrong. */
export type InspectedDropped = {
  host: HostName;
  origin: HostName;
  refusal: Refusal;
  pdu: Json;
  /** The request or answer that brought it, where that is still known. */
  exchange?: ExchangeId;
};

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

/** What was thrown away of what an exchange brought, and why. */
export function droppedOf(scene: InspectorScene, { id }: InspectedExchange): TemplateResult | typeof nothing {
  const dropped = scene.state.dropped.filter(({ exchange }) => exchange === id);
  if (dropped.length === 0) return nothing;
  return html`<ul class="copies dropped">${dropped.map((one) => html`<li class="bad">${sentence(scene, one)}</li>`)}</ul>`;
}

/** What a server threw away, with the way to what brought it. */
export function droppedBy(scene: InspectorScene, host: HostName): TemplateResult | typeof nothing {
  const dropped = scene.state.dropped.filter((one) => one.host === host).toReversed();
  if (dropped.length === 0) return nothing;
  return html`<section><h3>${say("inspector.thrown-away")}</h3>
    <ul class="copies dropped">${dropped.map((one) => {
      const { exchange } = one;
      const look = () => exchange !== undefined && scene.look({ exchange: { id: exchange } });
      return html`<li class="bad">${sentence(scene, one)}
        ${exchange === undefined ? nothing : html`<button class="link" type="button" @click=${look}>${say("inspector.what-brought-it")}</button>`}
      </li>`;
    })}</ul>
  </section>`;
}

function sentence(scene: InspectorScene, { host, origin, refusal }: InspectedDropped): unknown[] {
  const mark = "\u{F0000}";
  const facts = { host: `${mark}host${mark}`, origin: `${mark}origin${mark}`, reason: refusalText(refusal) };
  return say("log.event-dropped", facts)
    .split(mark)
    .map((piece, index) => (index % 2 === 0 ? piece : hostTemplate(scene, piece === "host" ? host : origin)));
}
