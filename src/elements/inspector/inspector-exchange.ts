import { html, nothing, type TemplateResult } from "lit";
import { isWordsKey, say, spokenLanguage } from "../../catalogue/late.ts";
import type { HttpRequest, HttpResponse } from "../../simulation/http.ts";
import { trafficOf } from "../../simulation/traffic.ts";
import "./json-view.ts";
import { reasonWords } from "../network/network-scene.ts";
import { curlOf } from "./inspector-curl.ts";
import { droppedOf } from "./inspector-dropped.ts";
import { endpointLink, endpointOf, type MatchedEndpoint, pathOf } from "./inspector-endpoint.ts";
import { partWords } from "./inspector-fields.ts";
import {
  editButton,
  hostTemplate,
  type InspectorScene,
  type InspectorTab,
  markButton,
  marks,
  readBody,
  refusalText,
  specificationLink,
  statusOf,
} from "./inspector-scene.ts";
import {
  isSecretHeader,
  masked,
  maskedBody,
  maskedHeader,
  maskedUrl,
  secretMask,
} from "./inspector-secrets.ts";
import { exchangeOf, type InspectedExchange, type InspectorState } from "./inspector-state.ts";
import { draftOfExchange, type RequestDraft } from "./request-draft.ts";

/** The exchange before or after this one; past quiet ones, if this one is no quiet one itself. */
export function neighbour(
  state: InspectorState,
  exchange: InspectedExchange,
  way: 1 | -1,
): number | undefined {
  const { exchangeOrder: order } = state;
  let place = -1;
  for (let index = order.end - 1; index >= order.first; index--) {
    if (order.at(index) !== exchange.id) continue;
    place = index;
    break;
  }
  for (let index = place + way; place >= 0 && index >= order.first && index < order.end; index += way) {
    const other = exchangeOf(state, order.at(index)!);
    if (other && (other.story || !exchange.story)) return other.id;
  }
  return undefined;
}

/** Does the exchange hold anything that is masked? */
export function hasSecrets({ request, response }: InspectedExchange): boolean {
  const headers = [...request.headers, ...(response?.headers ?? [])].some(([name]) => isSecretHeader(name));
  const bodies = [request.body, response?.body].some(
    (body) => typeof body === "string" && maskedBody(body) !== body,
  );
  return headers || bodies || maskedUrl(request.url) !== request.url;
}

/** A request with its answer. */
export function exchangeTemplate(scene: InspectorScene, exchange: InspectedExchange): TemplateResult {
  const { request, from, to } = exchange;
  const status = statusOf(exchange);
  const { name } = trafficOf(request.method, request.url);
  const endpoint = endpointOf(request.method, request.url);
  const about = `about.${name}`;
  const [previous, next] = [neighbour(scene.state, exchange, -1), neighbour(scene.state, exchange, 1)];
  const go = (id: number | undefined) =>
    id === undefined ? undefined : () => scene.look({ exchange: { id } });
  return html`
    <header>
      <h2 tabindex="-1">${hostTemplate(scene, from)} <span class="arrow" role="img" aria-label=${say("inspector.to")}>→</span> ${hostTemplate(scene, to)}</h2>
      <span class="status ${status.kind}">${status.text}</span>
      <span class="tools">
        ${markButton(say("inspector.previous"), marks.previous, go(previous))} ${markButton(say("inspector.next"), marks.next, go(next))}
      </span>
    </header>
    <div class="scroll">
      <p class="line" dir="ltr" translate="no"><span class="method">${request.method}</span> ${pathTemplate(request, endpoint, name)}</p>
      ${isWordsKey(about) ? html`<p class="about"><span aria-hidden="true"># </span>${say(about)}</p>` : nothing}
      ${endpoint ? specificationLink(endpointLink(endpoint), endpoint.section) : html`<p class="about">${say("inspector.not-specified")}</p>`}
      <div class="actions">
        <button class="tool" type="button" @click=${() => scene.copy(curlOf(request, scene.revealed), say(scene.revealed || !hasSecrets(exchange) ? "inspector.copied-curl" : "inspector.copied-curl-masked"))}>${say("inspector.copy-curl")}</button>
        ${copyJson(scene, exchange)} ${editButton(scene, draftOf(scene, exchange), say("inspector.edit"))}
        ${hasSecrets(exchange) ? html`<button class="tool" type="button" aria-pressed=${scene.revealed} @click=${scene.reveal}>${say("inspector.show-secrets")}</button>` : nothing}
      </div>
      ${droppedOf(scene, exchange)} ${tabs(scene)}
      <div role="tabpanel" id="panel" aria-labelledby="tab-${scene.tab}" tabindex="-1">
        ${scene.tab === "request" ? requestTemplate(scene, exchange, name) : responseTemplate(scene, exchange, name)}
      </div>
    </div>
  `;
}

/** What stands masked in the body is not written out either. */
function draftOf({ revealed }: InspectorScene, exchange: InspectedExchange): RequestDraft | undefined {
  const { body } = exchange.request;
  const masks = typeof body === "string" && maskedBody(body) !== body;
  return masks && !revealed ? undefined : draftOfExchange(exchange);
}

/** The path, each part of it that says something explained. */
function pathTemplate(
  { url }: HttpRequest,
  endpoint: MatchedEndpoint | undefined,
  about: string,
): TemplateResult {
  const parts = pathOf(url).split("/");
  const template = endpoint?.template.split("/") ?? [];
  return html`${parts.map((part, index) => {
    const slot = template[index];
    const slash = index > 0 ? html`/<wbr>` : nothing;
    if (!slot?.startsWith("{")) return html`${slash}${part}`;
    const name = slot.slice(1, -1);
    const words = partWords("path", name, about);
    const text = endpoint?.parameters[name] ?? part;
    return html`${slash}<span class="part" tabindex=${words ? 0 : nothing} data-explain=${words ?? nothing}>${text}</span>`;
  })}`;
}

function copyJson(
  scene: InspectorScene,
  { request, response }: InspectedExchange,
): TemplateResult | typeof nothing {
  const body = readBody(scene.tab === "request" ? request.body : response?.body);
  if (!body || !("json" in body)) return nothing;
  const shown = scene.revealed ? body.json : masked(body.json);
  const whole = JSON.stringify(shown) === JSON.stringify(body.json);
  const copy = () =>
    scene.copy(
      JSON.stringify(shown, undefined, 2),
      say(whole ? "inspector.copied-json" : "inspector.copied-json-masked"),
    );
  return html`<button class="tool" type="button" @click=${copy}>${say("inspector.copy-json")}</button>`;
}

function tabs(scene: InspectorScene): TemplateResult {
  const names: InspectorTab[] = ["request", "response"];
  const key = (event: KeyboardEvent) => {
    if (event.key !== "ArrowLeft" && event.key !== "ArrowRight") return;
    event.preventDefault();
    const other = scene.tab === "request" ? "response" : "request";
    scene.choose(other);
    (event.currentTarget as HTMLElement).querySelector<HTMLElement>(`#tab-${other}`)?.focus();
  };
  return html`<div class="tabs" role="tablist" aria-label=${say("inspector.tabs")} @keydown=${key}>
    ${names.map(
      (
        name,
      ) => html`<button role="tab" type="button" id="tab-${name}" aria-controls="panel" aria-selected=${scene.tab === name}
        tabindex=${scene.tab === name ? 0 : -1} @click=${() => scene.choose(name)}>${say(`inspector.${name}`)}</button>`,
    )}
  </div>`;
}

function requestTemplate(scene: InspectorScene, exchange: InspectedExchange, about: string): TemplateResult {
  const { request, left } = exchange;
  return html`${queryTemplate(scene, request, about)} ${bodyTemplate(scene, request, about, "inspector.request")} ${headersTemplate(scene, request, about)}
    <p class="note">${say("inspector.sent-at", { time: timeOfDay(left) })}</p>`;
}

function responseTemplate(scene: InspectorScene, exchange: InspectedExchange, about: string): TemplateResult {
  const { response, failed, refusal, left, arrived, answered, done } = exchange;
  if (failed)
    return html`<p class="note bad">${say("inspector.no-answer", { reason: reasonWords(failed.reason) })}</p>`;
  if (!response)
    return html`<p class="note">${say(arrived === undefined ? "inspector.on-the-way" : "inspector.no-answer-yet")}</p>`;
  const body = readBody(response.body);
  const errcode =
    body && "json" in body && body.json !== null && typeof body.json === "object" && !Array.isArray(body.json)
      ? body.json.errcode
      : undefined;
  const known = `inspector.errcode.${errcode}`;
  const ms = Math.round((done ?? answered ?? left) - left);
  return html`${
    response.status >= 400 && refusal
      ? html`<p class="note bad">${say("inspector.refused", { reason: refusalText(refusal) })}</p>`
      : response.status >= 400 && isWordsKey(known)
        ? html`<p class="note bad">${say(known)}</p>`
        : nothing
  }
    ${bodyTemplate(scene, response, about, "inspector.response")} ${headersTemplate(scene, response, about)}
    <p class="note">${say("inspector.took-all", { time: timeOfDay(left), ms })}</p>`;
}

function timeOfDay(at: number): string {
  return new Date(at).toLocaleTimeString(spokenLanguage(), {
    hour: "2-digit",
    minute: "2-digit",
    second: "2-digit",
    fractionalSecondDigits: 1,
  });
}

function named(name: string, value: string, words: string | undefined, secret = false): TemplateResult {
  return html`<div class="pair">
    <dt><span class="key ${words ? "explained" : ""}" tabindex=${words ? 0 : nothing} data-explain=${words ?? nothing}>${name}</span></dt>
    <dd class=${secret ? "secret" : ""} dir="ltr">${value}</dd>
  </div>`;
}

function queryTemplate(
  scene: InspectorScene,
  { url }: HttpRequest,
  about: string,
): TemplateResult | typeof nothing {
  const query = new URLSearchParams(url.split("#")[0]!.split("?").slice(1).join("?"));
  const shown = scene.revealed ? query : new URLSearchParams(maskedUrl(url).split("?").slice(1).join("?"));
  if (query.size === 0) return nothing;
  return html`<section class="query"><h3>${say("inspector.query")}</h3>
    <dl translate="no">${[...shown].map(([name, value]) => named(name, value, partWords("query", name, about), value === secretMask))}</dl>
  </section>`;
}

function headersTemplate(
  scene: InspectorScene,
  { headers }: HttpRequest | HttpResponse,
  about: string,
): TemplateResult | typeof nothing {
  if (headers.length === 0) return nothing;
  return html`<details class="headers"><summary>${say("inspector.headers", { n: headers.length })}</summary>
    <dl translate="no">
      ${headers.map(([name, value]) => {
        const shown = scene.revealed ? value : maskedHeader(name, value);
        return named(name, shown, partWords("header", name.toLowerCase(), about), shown !== value);
      })}
    </dl>
  </details>`;
}

function bodyTemplate(
  scene: InspectorScene,
  message: HttpRequest | HttpResponse,
  about: string,
  label: "inspector.request" | "inspector.response",
): TemplateResult {
  const body = readBody(message.body);
  const { bodySize } = message;
  if (!body) return html`<p class="note">${say("inspector.no-body")}</p>`;
  if ("bytes" in body)
    return html`<p class="note">${say("inspector.bytes", { n: bodySize ?? body.bytes })}</p>`;
  if ("text" in body)
    return html`<pre class="text" tabindex="0" dir="auto">${body.text.slice(0, 20_000)}</pre>`;
  return html`<json-view .value=${body.json} .context=${{ about }} .looks=${scene.looks} .label=${say(label)} ?revealed=${scene.revealed}></json-view>`;
}
