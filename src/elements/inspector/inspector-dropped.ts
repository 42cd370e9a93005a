import { html, nothing, type TemplateResult } from "lit";
import { say } from "../../catalogue/late.ts";
import type { HostName } from "../../simulation/log.ts";
import { hostTemplate, type InspectorScene, refusalText } from "./inspector-scene.ts";
import type { InspectedDropped, InspectedExchange } from "./inspector-state.ts";

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
