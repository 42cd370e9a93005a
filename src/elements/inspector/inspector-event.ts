import { html, nothing, type TemplateResult } from "lit";
import { say } from "../../catalogue/late.ts";
import "./json-view.ts";
import {
  editButton,
  hostTemplate,
  type InspectorScene,
  markButton,
  marks,
  refusalText,
  specificationLink,
} from "./inspector-scene.ts";
import type { EventCopy, InspectedEvent } from "./inspector-state.ts";
import { draftOfState } from "./request-draft.ts";

/** Event types that the specification defines begin so; each has a place of its own in it. */
function eventLink(type: string): string | undefined {
  if (!/^m\.[\w.]+$/.test(type)) return undefined;
  return `https://spec.matrix.org/v1.19/client-server-api/#${type.replace(/[^\w-]/g, "").toLowerCase()}`;
}

/** The event of the same room before or after this one, in the order in which they were first stored. */
function neighbour({ state }: InspectorScene, event: InspectedEvent, way: 1 | -1): string | undefined {
  const order = [...state.eventOrder.items()].filter((id) => state.events.get(id)?.room === event.room);
  return order[order.indexOf(event.id) + way];
}

function copyWords(scene: InspectorScene, { host, verdict, refusal }: EventCopy): TemplateResult {
  const reason = refusal ? refusalText(refusal) : "";
  const [before, after = ""] = say(`inspector.copy-${verdict}`, { host: "\u{F0000}", reason }).split(
    "\u{F0000}",
  );
  return html`<li class=${verdict === "stored" ? "" : "bad"}>${before}${hostTemplate(scene, host)}${after}</li>`;
}

/** The learner's own device, if there is one. */
function firstDevice({ state }: InspectorScene): string {
  const devices = [...state.hosts].filter(([, { role }]) => role === "device").map(([name]) => name);
  return devices.find((name) => name.startsWith("you/")) ?? devices[0] ?? "";
}

/** An event as servers store it, and who has it. */
export function eventTemplate(scene: InspectorScene, event: InspectedEvent): TemplateResult {
  const type = String(event.pdu.type);
  const link = eventLink(type);
  const go = (id: string | undefined) => (id === undefined ? undefined : () => scene.look({ event: { id } }));
  return html`
    <header>
      <h2 tabindex="-1">${say("inspector.event")} <span class="method" translate="no">${type}</span></h2>
      <span class="tools">
        ${markButton(say("inspector.previous-event"), marks.previous, go(neighbour(scene, event, -1)))}
        ${markButton(say("inspector.next-event"), marks.next, go(neighbour(scene, event, 1)))}
      </span>
    </header>
    <div class="scroll">
      <p class="about"><span aria-hidden="true"># </span>${say("inspector.event-id", { id: event.id })}</p>
      ${specificationLink(link, type)}
      <div class="actions">
        <button class="tool" type="button" @click=${() => scene.copy(JSON.stringify(event.pdu, undefined, 2), say("inspector.copied-json"))}>${say("inspector.copy-json")}</button>
        ${editButton(scene, draftOfState(event, firstDevice(scene)), say("inspector.edit-state"))}
      </div>
      <section><h3>${say("inspector.copies")}</h3>
        <ul class="copies">${event.copies.map((copy) => copyWords(scene, copy))}</ul>
      </section>
      <section><h3>${say("inspector.event-as-stored")}</h3>
        <json-view .value=${event.pdu} .context=${{ about: "pdu" }} .looks=${scene.looks} .label=${say("inspector.event")} ?revealed=${scene.revealed}></json-view>
      </section>
      ${event.roomVersion ? html`<p class="note">${say("inspector.room-version", { version: event.roomVersion })}</p>` : nothing}
    </div>
  `;
}
