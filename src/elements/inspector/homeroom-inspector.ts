import { html, LitElement, type PropertyValues, type TemplateResult } from "lit";
import { say } from "../../catalogue/late.ts";
import type { Action, LookTarget } from "../../world/action.ts";
import type { Bindings } from "../../world/world.ts";
import "../addresses/homeroom-address.ts";
import { ActEvent } from "../act-event.ts";
import { KeptFocus } from "../chat/chat-focus.ts";
import type { Demonstrates, Hand } from "../hand.ts";
import { lookStyles, type ServerLooks, serverLooks } from "../server-look.ts";
import { controlStyles } from "./inspector-controls.ts";
import { copyText } from "./inspector-copy.ts";
import { eventTemplate } from "./inspector-event.ts";
import { exchangeTemplate } from "./inspector-exchange.ts";
import { inspectorFold } from "./inspector-fold.ts";
import { exchangeList, hostPage, newest } from "./inspector-host.ts";
import { fitsTarget } from "./inspector-match.ts";
import { type InspectorScene, type InspectorTab, markButton, marks } from "./inspector-scene.ts";
import { exchangeOf, type InspectorState } from "./inspector-state.ts";
import { inspectorStyles } from "./inspector-styles.ts";
import { ExplainTip, tipStyles } from "./inspector-tip.ts";
import type { RequestDraft } from "./request-draft.ts";

/** A request, an event or a host, opened: everything that is on the wire, and what it means. */
export class HomeroomInspector extends LitElement implements Demonstrates {
  static override properties = {
    state: { attribute: false },
    subject: { attribute: false },
    looks: { attribute: false },
    bindings: { attribute: false },
    readonly: { type: Boolean },
    draft: { state: true },
    tab: { state: true },
    revealed: { state: true },
    told: { state: true },
  };

  declare state: InspectorState;
  declare subject: { exchange?: number; event?: string; host?: string } | undefined;
  declare looks: ServerLooks | undefined;
  declare bindings: Bindings | undefined;
  /** The past is looked at: nothing can be sent. */
  declare readonly: boolean;
  /** A request that is being changed, to be sent. */
  declare private draft: RequestDraft | undefined;
  declare private tab: InspectorTab;
  declare private revealed: boolean;
  /** What was copied, for those who cannot see it. */
  declare private told: string;

  static override styles = [controlStyles, inspectorStyles, tipStyles, lookStyles];

  #tip = new ExplainTip(this);
  #forget: ReturnType<typeof setTimeout> | undefined;
  #hadFocus = false;

  constructor() {
    super();
    this.state = inspectorFold.initial;
    this.readonly = false;
    this.draft = undefined;
    this.tab = "request";
    this.revealed = false;
    this.told = "";
    new KeptFocus(this);
  }

  override disconnectedCallback(): void {
    super.disconnectedCallback();
    clearTimeout(this.#forget);
  }

  protected override willUpdate(changed: PropertyValues<this>): void {
    if (!changed.has("subject")) return;
    this.#hadFocus = this.shadowRoot?.activeElement != null;
    const before = changed.get("subject");
    if (JSON.stringify(before) === JSON.stringify(this.subject)) return;
    this.revealed = false;
    this.draft = undefined;
    // A client's poll is interesting for its answer.
    const exchange =
      this.subject?.exchange === undefined ? undefined : exchangeOf(this.state, this.subject.exchange);
    this.tab = exchange && exchange.request.method === "GET" && exchange.response ? "response" : "request";
  }

  protected override updated(changed: PropertyValues<this>): void {
    super.updated(changed);
    if (!changed.has("subject")) return;
    this.renderRoot.querySelector(".scroll")?.scrollTo(0, 0);
    // What was pressed to come here is gone: the focus goes to what it opened.
    if (this.#hadFocus && !this.shadowRoot?.activeElement)
      this.renderRoot.querySelector<HTMLElement>("h2")?.focus();
  }

  #scene(): InspectorScene {
    const { state, bindings, tab, revealed } = this;
    const servers = [...state.hosts.values()].filter(({ role }) => role === "homeserver");
    return {
      ...{ state, tab, revealed },
      looks: this.looks ?? serverLooks(servers),
      names: { hosts: state.hosts, bindings },
      look: (at) => this.#look(at),
      choose: (chosen) => {
        this.tab = chosen;
      },
      reveal: () => {
        this.revealed = !this.revealed;
      },
      copy: (text, told) => void this.#copy(text, told),
      ...(!this.readonly && { edit: (draft) => void this.#edit(draft) }),
    };
  }

  #look(at: LookTarget): void {
    this.dispatchEvent(new ActEvent({ type: "look", at }));
  }

  async #copy(text: string, told: string): Promise<void> {
    const done = await copyText(text);
    this.told = say("inspector.copy-failed");
    if (done) this.told = told;
    clearTimeout(this.#forget);
    this.#forget = setTimeout(() => {
      this.told = "";
    }, 4000);
  }

  protected override render(): TemplateResult {
    const scene = this.#scene();
    return html`<section class="panel" aria-label=${say("inspector.name")}>
      ${this.draft ? this.#editor(this.draft) : this.#content(scene)}
      <p class="told ${this.told ? "shown" : ""}" role="status">${this.told}</p>
      ${this.#tip.template()}
    </section>`;
  }

  /** The editor comes with what it is made of, once somebody wants to send. */
  async #edit(draft: RequestDraft | undefined): Promise<void> {
    if (draft) await import("./homeroom-request-editor.ts");
    this.draft = draft;
    await this.updateComplete;
    this.renderRoot.querySelector<HTMLElement>(draft ? ".editing" : '[data-act="edit"]')?.focus();
  }

  #editor(draft: RequestDraft): TemplateResult {
    return html`<header>
        <h2 class="editing" tabindex="-1">${say("inspector.editing")}</h2>
        <span class="tools">${markButton(say("inspector.back"), marks.previous, () => void this.#edit(undefined))}</span>
      </header>
      <div class="scroll">
        <homeroom-request-editor .draft=${draft} .state=${this.state} .bindings=${this.bindings} .looks=${this.looks} ?readonly=${this.readonly}></homeroom-request-editor>
      </div>`;
  }

  #content(scene: InspectorScene): TemplateResult {
    const { exchange: id, event: eventId, host: name } = this.subject ?? {};
    const exchange = id === undefined ? undefined : exchangeOf(this.state, id);
    if (exchange) return exchangeTemplate(scene, exchange);
    const event = eventId === undefined ? undefined : this.state.events.get(eventId);
    if (event) return eventTemplate(scene, event);
    const host = name === undefined ? undefined : this.state.hosts.get(name);
    if (host) return hostPage(scene, host);
    const list = newest(scene, 8, ({ story }) => story);
    return html`<div class="scroll empty">
      <p>${say(this.subject ? "inspector.gone" : "inspector.empty")}</p>
      ${list.length > 0 ? html`<p class="note">${say("inspector.empty-list")}</p>${exchangeList(scene, list)}` : html``}
    </div>`;
  }

  async demonstrate(action: Action, hand: Hand): Promise<boolean> {
    if (action.type !== "look" || !("exchange" in action.at)) return false;
    const target = action.at.exchange;
    const buttons = [...this.renderRoot.querySelectorAll<HTMLElement>("button[data-exchange]")];
    const button = buttons.find((each) => {
      const exchange = exchangeOf(this.state, Number(each.dataset.exchange));
      return exchange && fitsTarget(target, { ...exchange, ...exchange.request });
    });
    if (!button) return false;
    await hand.click(button);
    return true;
  }
}

customElements.define("homeroom-inspector", HomeroomInspector);

declare global {
  interface HTMLElementTagNameMap {
    "homeroom-inspector": HomeroomInspector;
  }
}
