import { html, nothing, type TemplateResult } from "lit";
import { repeat } from "lit/directives/repeat.js";
import { say } from "../../catalogue/late.ts";
import { symbolMark } from "../server-look.ts";
import { droppedBy } from "./inspector-dropped.ts";
import { shortRequest } from "./inspector-endpoint.ts";
import { hostTemplate, type InspectorScene, lookOfHost, statusOf } from "./inspector-scene.ts";
import { type InspectedExchange, type InspectedHost, newestExchanges } from "./inspector-state.ts";

/** A list of requests to open. */
export function exchangeList(scene: InspectorScene, exchanges: readonly InspectedExchange[]): TemplateResult {
  return html`<ul class="requests">
    ${repeat(
      exchanges,
      // A new request must not slip under a pointer that is about to click.
      ({ id }) => id,
      (exchange) => {
        const status = statusOf(exchange);
        return html`<li>
        <button type="button" data-exchange=${exchange.id} @click=${() => scene.look({ exchange: { id: exchange.id } })}>
          <span class="request" dir="ltr" translate="no">${shortRequest(exchange.request.method, exchange.request.url)}</span>
          <span class="way">${hostTemplate(scene, exchange.from)} <span role="img" aria-label=${say("inspector.to")}>→</span> ${hostTemplate(scene, exchange.to)}</span>
          <span class="status ${status.kind}">${status.text}</span>
        </button>
      </li>`;
      },
    )}
  </ul>`;
}

/** The newest exchanges that fit. */
export function newest(
  scene: InspectorScene,
  most: number,
  fits: (exchange: InspectedExchange) => boolean,
): InspectedExchange[] {
  const found: InspectedExchange[] = [];
  for (const exchange of newestExchanges(scene.state)) {
    if (fits(exchange)) found.push(exchange);
    if (found.length === most) break;
  }
  return found;
}

/** A homeserver or a device. */
export function hostPage(scene: InspectorScene, host: InspectedHost): TemplateResult {
  const { state } = scene;
  const server = host.role === "homeserver";
  const look = lookOfHost(scene, host.name);
  const lodgers = [...state.hosts.values()].filter(({ home, gone }) => home === host.name && !gone);
  let kept = 0;
  if (server)
    for (const event of state.events.values())
      if (event.copies.some((copy) => copy.host === host.name && copy.verdict === "stored")) kept += 1;
  const exchanges = newest(
    scene,
    12,
    ({ from, to, story }) => story && (from === host.name || to === host.name),
  );
  const fact = (name: string, value: unknown) =>
    html`<div class="pair"><dt><span class="key">${name}</span></dt><dd>${value}</dd></div>`;
  return html`
    <header>
      <h2 tabindex="-1" class=${look?.className ?? ""}>${server && look ? symbolMark(look) : nothing} ${hostTemplate(scene, host.name)}</h2>
      <span class="status ${host.gone || !host.running ? "bad" : "good"}">${say(host.gone ? "inspector.host-gone" : host.running ? "inspector.host-running" : "inspector.host-stopped")}</span>
    </header>
    <div class="scroll">
      <p class="about"><span aria-hidden="true"># </span>${say(`inspector.host-about-${host.role}`)}</p>
      <dl>
        ${
          server
            ? html`${fact(
                say("inspector.host-people"),
                lodgers.length > 0
                  ? html`<ul class="lodgers">${lodgers.map(({ name }) => html`<li><button class="link" type="button" @click=${() => scene.look({ host: name })}>${hostTemplate(scene, name)}</button></li>`)}</ul>`
                  : say("inspector.host-none"),
              )}${fact(say("inspector.host-events"), kept)}`
            : html`${fact(say("inspector.host-account"), host.account ? html`<homeroom-address .text=${host.account} .looks=${scene.looks}></homeroom-address>` : say("inspector.host-no-account"))}
                ${host.home ? fact(say("inspector.host-home"), html`<button class="link" type="button" @click=${() => scene.look({ host: host.home! })}>${hostTemplate(scene, host.home)}</button>`) : nothing}`
        }
      </dl>
      ${droppedBy(scene, host.name)}
      <section><h3>${say("inspector.host-requests")}</h3>
        ${exchanges.length > 0 ? exchangeList(scene, exchanges) : html`<p class="note">${say("inspector.host-none")}</p>`}
      </section>
    </div>
  `;
}
