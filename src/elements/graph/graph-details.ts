import { html, nothing, type TemplateResult } from "lit";
import { say } from "../../catalogue/late.ts";
import { lookOf, symbolMark } from "../server-look.ts";
import { stateBefore } from "./graph-room-state.ts";
import { type GraphScene, placesTemplate } from "./graph-scene.ts";
import { droppedWords, eventWords, signerOf, verdictWords } from "./graph-words.ts";

/** What is known of the picked event: who has it, and how the room stood before it. */
export function detailsTemplate(
  scene: GraphScene,
  showState: boolean,
  toggle: (open: boolean) => void,
): TemplateResult {
  const { room, looks, selected } = scene;
  const event = selected === undefined ? undefined : room.events.get(selected);
  if (!event) return html`<p class="hint">${say("graph.pick")}</p>`;
  const look = lookOf(looks, signerOf(event.pdu));
  return html`<section aria-label=${say("graph.details")}>
    <h3 class=${look?.className ?? ""}>${look ? symbolMark(look, "symbol") : nothing}<span>${eventWords(event.pdu)}</span></h3>
    <p class="type" translate="no">${event.pdu.type}</p>
    <ul class="verdicts">
      ${[...room.copies].map(([host, { events }]) => {
        const copied = events.get(event.id);
        return html`<li class=${copied?.verdict ?? "absent"}>${verdictWords(host, copied)}</li>`;
      })}
    </ul>
    <details ?open=${showState} @toggle=${(change: Event) => toggle((change.currentTarget as HTMLDetailsElement).open)}>
      <summary>${say("graph.state")}</summary>
      ${showState ? stateTemplate(scene, event.id) : nothing}
    </details>
  </section>`;
}

function stateTemplate(scene: GraphScene, id: string): TemplateResult {
  const state = stateBefore(scene.room, id);
  if (!state) return html`<p>${say("graph.state-unknown")}</p>`;
  if (state.length === 0) return html`<p>${say("graph.state-none")}</p>`;
  return placesTemplate(
    scene,
    state.map(({ type, stateKey, event }) => ({ type, stateKey, events: [event] })),
  );
}

/** What servers threw away of this room. */
export function droppedTemplate({ room }: GraphScene): TemplateResult | typeof nothing {
  if (room.dropped.length === 0) return nothing;
  return html`<section>
    <h3>${say("graph.dropped-events")}</h3>
    <ul class="verdicts">
      ${room.dropped.toReversed().map((dropped) => html`<li class="rejected">${droppedWords(dropped)}</li>`)}
    </ul>
  </section>`;
}
