import { css, html, LitElement, nothing, type PropertyValues, type TemplateResult } from "lit";
import { say } from "../../catalogue/late.ts";
import { type Refused, refusalWords } from "../../catalogue/refusal-words.ts";
import type { Action, ActionResult } from "../../world/action.ts";
import type { Bindings } from "../../world/world.ts";
import { ActEvent } from "../act-event.ts";
import { hostName, startingWith } from "../network/network-names.ts";
import type { ServerLooks } from "../server-look.ts";
import type { ContentSchema } from "./content-schema.ts";
import { controlStyles } from "./inspector-controls.ts";
import { inspectorFold } from "./inspector-fold.ts";
import { readBody, statusOf } from "./inspector-scene.ts";
import { exchangeOf, type InspectorState } from "./inspector-state.ts";
import { inspectorStyles } from "./inspector-styles.ts";
import { freshPath, type RequestDraft } from "./request-draft.ts";
import "./json-editor.ts";
import "./json-view.ts";

const methods = ["GET", "PUT", "POST", "DELETE"];

/** A request to be written and sent, as whoever in the scene; the answer comes beside it. */
export class HomeroomRequestEditor extends LitElement {
  static override properties = {
    draft: { attribute: false },
    state: { attribute: false },
    bindings: { attribute: false },
    looks: { attribute: false },
    readonly: { type: Boolean },
    host: { state: true },
    method: { state: true },
    schemas: { state: true },
    sending: { state: true },
    refused: { state: true },
    answer: { state: true },
  };

  declare draft: RequestDraft | undefined;
  declare state: InspectorState;
  declare bindings: Bindings | undefined;
  declare looks: ServerLooks | undefined;
  declare readonly: boolean;
  declare private host: string;
  declare private method: string;
  declare private schemas: Readonly<Record<string, ContentSchema>>;
  declare private sending: boolean;
  declare private refused: (Refused & { field?: string }) | undefined;
  /** The exchange that it became. */
  declare private answer: number | undefined;

  static override styles = [
    controlStyles,
    inspectorStyles,
    css`
      :host {
        display: block;
        container-type: inline-size;
      }
      .sides {
        display: grid;
        gap: 1rem;
      }
      @container (inline-size > 44rem) {
        .sides {
          grid-template-columns: minmax(0, 1fr) minmax(0, 1fr);
        }
      }
      form {
        display: grid;
        grid-template-columns: minmax(0, 1fr);
        gap: 0.75rem;
        align-content: start;
      }
      label,
      h3 {
        margin: 0;
        font: 600 0.8125rem / 1.4 var(--font-text);
      }
      .short {
        display: grid;
        grid-template-columns: minmax(0, 1fr) auto;
        gap: 0.6rem;
      }
      select,
      input {
        box-sizing: border-box;
        inline-size: 100%;
        min-block-size: 2.25rem;
        padding: 0.25rem 0.5rem;
        border: 1px solid color-mix(in srgb, var(--ink-soft), transparent 35%);
        border-radius: 9px;
        background: var(--surface);
        color: var(--ink);
        font-size: 0.8125rem;
      }
      input {
        font-family: var(--font-wire);
      }
      .answer {
        display: grid;
        grid-template-columns: minmax(0, 1fr);
        gap: 0.5rem;
        align-content: start;
        min-inline-size: 0;
      }
      @media (pointer: coarse) {
        select,
        input {
          min-block-size: 2.75rem;
        }
      }
    `,
  ];

  constructor() {
    super();
    this.draft = undefined;
    this.state = inspectorFold.initial;
    this.bindings = undefined;
    this.looks = undefined;
    this.readonly = false;
    this.host = "";
    this.method = "GET";
    this.schemas = {};
    this.sending = false;
    this.refused = undefined;
    this.answer = undefined;
  }

  override connectedCallback(): void {
    super.connectedCallback();
    void import("./content-schemas.json").then(({ types }) => {
      this.schemas = types as Record<string, ContentSchema>;
    });
  }

  protected override willUpdate(changed: PropertyValues<this>): void {
    if (!changed.has("draft") || !this.draft) return;
    this.host = this.draft.host;
    this.method = this.draft.method;
    this.answer = undefined;
    this.refused = undefined;
  }

  /** The devices that could send it. */
  get #hosts(): { host: string; name: string }[] {
    return [...this.state.hosts.keys()]
      .filter((host) => this.state.hosts.get(host)?.role === "device")
      .map((host) => ({
        host,
        name: startingWith(hostName(host, { hosts: this.state.hosts, bindings: this.bindings })),
      }));
  }

  protected override render(): TemplateResult | typeof nothing {
    const { draft } = this;
    if (!draft) return nothing;
    const off = this.sending || this.readonly;
    const schema = draft.eventType === undefined ? undefined : this.schemas[draft.eventType];
    const hasBody = this.method === "PUT" || this.method === "POST";
    return html`<div class="sides">
      <form novalidate @submit=${this.#send}>
        <div class="short">
          <div>
            <label for="who">${say("inspector.edit-who")}</label>
            <select id="who" ?disabled=${off} @change=${(event: Event) => {
              this.host = (event.target as HTMLSelectElement).value;
            }}>
              ${this.#hosts.map(({ host, name }) => html`<option value=${host} ?selected=${host === this.host}>${name}</option>`)}
            </select>
          </div>
          <div>
            <label for="method">${say("inspector.edit-method")}</label>
            <select id="method" ?disabled=${off} @change=${(event: Event) => {
              this.method = (event.target as HTMLSelectElement).value;
            }}>
              ${methods.map((method) => html`<option ?selected=${method === this.method}>${method}</option>`)}
            </select>
          </div>
        </div>
        <div>
          <label for="path">${say("inspector.edit-path")}</label>
          <input id="path" dir="ltr" translate="no" autocomplete="off" spellcheck="false" ?readonly=${off} .value=${draft.path} aria-describedby="wrong" />
        </div>
        <div ?hidden=${!hasBody}>
          <h3 aria-hidden="true">${say("inspector.edit-body")}</h3>
          ${schema?.description ? html`<p class="note">${say("inspector.edit-schema", { type: draft.eventType ?? "", words: schema.description })}</p>` : nothing}
          <json-editor .value=${draft.body ?? "{}"} .label=${say("inspector.edit-body")} .schema=${schema} ?readonly=${off}></json-editor>
          ${schema ? html`<p class="note">${say("inspector.edit-body-said")}</p>` : nothing}
        </div>
        <p class="note bad" id="wrong" role="alert" ?hidden=${!this.refused}>${this.refused ? refusalWords(this.refused) : nothing}</p>
        <div><button class="button" data-act="send" ?disabled=${off}>${say(this.sending ? "inspector.sending" : "inspector.send-it")}</button></div>
      </form>
      <section class="answer" aria-label=${say("inspector.answer")}>${this.#answer()}</section>
    </div>`;
  }

  #answer(): TemplateResult {
    const exchange = this.answer === undefined ? undefined : exchangeOf(this.state, this.answer);
    if (!exchange?.response)
      return html`<h3>${say("inspector.answer")}</h3><p class="note" role="status">${say("inspector.answer-none")}</p>`;
    const status = statusOf(exchange);
    const body = readBody(exchange.response.body);
    return html`<h3 role="status">${say("inspector.answer")} <span class="status ${status.kind}">${status.text}</span></h3>
      ${
        body && "json" in body
          ? html`<json-view .value=${body.json} .context=${{ about: "answer" }} .looks=${this.looks} .label=${say("inspector.answer")}></json-view>`
          : html`<p class="note">${say("inspector.no-body")}</p>`
      }
      <div><button class="button" type="button" @click=${() => this.dispatchEvent(new ActEvent({ type: "look", at: { exchange: { id: exchange.id } } }))}>${say("inspector.open-request")}</button></div>`;
  }

  readonly #send = async (event: SubmitEvent): Promise<void> => {
    event.preventDefault();
    if (this.sending || this.readonly) return;
    const [person = "", device = ""] = this.host.split("/");
    const body = this.renderRoot.querySelector("json-editor")?.text ?? "";
    const path = this.renderRoot.querySelector<HTMLInputElement>("#path")?.value.trim() ?? "";
    const action: Action = {
      type: "request",
      person,
      device,
      method: this.method,
      path,
      ...((this.method === "PUT" || this.method === "POST") && { body }),
    };
    this.sending = true;
    this.refused = undefined;
    const act = new ActEvent(action);
    this.dispatchEvent(act);
    const result: ActionResult = (await act.result) ?? { ok: true };
    this.sending = false;
    if (!result.ok) {
      this.refused = result.refusal;
      return;
    }
    this.answer = result.exchange;
    const field = this.renderRoot.querySelector<HTMLInputElement>("#path");
    if (field) field.value = freshPath(field.value);
    await this.updateComplete;
    this.renderRoot.querySelector(".answer")?.scrollIntoView({ block: "nearest" });
  };
}

customElements.define("homeroom-request-editor", HomeroomRequestEditor);

declare global {
  interface HTMLElementTagNameMap {
    "homeroom-request-editor": HomeroomRequestEditor;
  }
}
