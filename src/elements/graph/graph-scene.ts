import { html, nothing, type TemplateResult } from "lit";
import { say } from "../../catalogue/late.ts";
import { lookOf, type ServerLooks, symbolMark } from "../server-look.ts";
import type { GraphNodes } from "./graph-runs.ts";
import { eventOf, type GraphRoom } from "./graph-state.ts";
import { eventWords, placeWords, signerOf } from "./graph-words.ts";

/** All that the parts of the graph's picture are drawn from. */
export type GraphScene = {
  room: GraphRoom;
  nodes: GraphNodes;
  looks: ServerLooks;
  /** The event that is picked. */
  selected: string | undefined;
  /** Picks an event, and opens it. */
  pick(event: string): void;
};

/** An event as a small button, in its server's colour. */
export function chip(scene: GraphScene, id: string): TemplateResult {
  const event = eventOf(scene.room, id);
  if (!event) return html`<code>${id.slice(0, 8)}…</code>`;
  const look = lookOf(scene.looks, signerOf(event.pdu));
  const words = eventWords(event.pdu);
  return html`<button
    class="chip ${look?.className ?? ""}"
    type="button"
    aria-pressed=${scene.selected === id}
    aria-label=${say("graph.node", { words, server: signerOf(event.pdu) })}
    @click=${() => scene.pick(id)}
  >${look ? symbolMark(look, "symbol") : nothing}<span>${words}</span></button>`;
}

export function chips(scene: GraphScene, events: readonly (string | null)[]): TemplateResult {
  return html`<ul class="chips">
    ${events.map((id) => html`<li>${id === null ? html`<i>${say("graph.nothing")}</i>` : chip(scene, id)}</li>`)}
  </ul>`;
}

/** Places of a state, with what is there. */
export function placesTemplate(
  scene: GraphScene,
  rows: readonly { type: string; stateKey: string; events: readonly (string | null)[] }[],
): TemplateResult {
  return html`<dl class="places">
    ${rows.map(
      ({ type, stateKey, events }) =>
        html`<div><dt>${placeWords(type, stateKey)}</dt> <dd>${chips(scene, events)}</dd></div>`,
    )}
  </dl>`;
}
