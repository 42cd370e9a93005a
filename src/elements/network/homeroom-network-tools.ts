import { html, LitElement, nothing, type TemplateResult } from "lit";
import { say } from "../../catalogue/late.ts";
import type { Action } from "../../world/action.ts";
import { ActEvent } from "../act-event.ts";
import { controlStyles } from "../inspector/inspector-controls.ts";
import { lookOf, lookStyles, type ServerLooks, symbolMark } from "../server-look.ts";
import { handlesMost } from "./network-links.ts";
import { hostName, type NameSource } from "./network-names.ts";
import { linkKey, type NetworkLink, type NetworkState } from "./network-state.ts";
import type { ToolsSubject } from "./network-tools.ts";
import { networkToolsStyles } from "./network-tools-styles.ts";

/** Milliseconds one way that a link can be slowed down to. */
const slowest = 5000;

/** What can be done to a link or a homeserver: a small card beside it. Fires `homeroom-act`. */
export class HomeroomNetworkTools extends LitElement {
  static override properties = {
    state: { attribute: false },
    names: { attribute: false },
    looks: { attribute: false },
    subject: { attribute: false },
    drawn: { state: true },
  };

  declare state: NetworkState;
  declare names: NameSource;
  declare looks: ServerLooks;
  declare subject: ToolsSubject | undefined;
  /** What a slider shows while it is being moved. */
  declare private drawn: { latency?: number; loss?: number };

  static override styles = [controlStyles, networkToolsStyles, lookStyles];

  #anchor: Element | undefined;

  constructor() {
    super();
    this.drawn = {};
  }

  override connectedCallback(): void {
    super.connectedCallback();
    this.popover = "auto";
  }

  /** Opens beside a control, which has the focus again afterwards. */
  async openAt(subject: ToolsSubject, anchor: Element): Promise<void> {
    this.subject = subject;
    this.drawn = {};
    this.#anchor = anchor;
    await this.updateComplete;
    if (!this.matches(":popover-open")) this.showPopover();
    this.#place();
    this.renderRoot
      .querySelector<HTMLElement>("button, input")
      ?.focus({ focusVisible: false } as FocusOptions);
    this.addEventListener("toggle", this.#toggled);
  }

  close(): void {
    if (this.matches(":popover-open")) this.hidePopover();
  }

  #toggled = (event: Event): void => {
    if ((event as ToggleEvent).newState !== "closed") return;
    this.removeEventListener("toggle", this.#toggled);
    const anchor = this.#anchor as HTMLElement | undefined;
    if (anchor?.isConnected && (this.matches(":focus-within") || document.activeElement === document.body))
      anchor.focus();
    this.subject = undefined;
  };

  /** Below what it is about, or above where there is more room. */
  #place(): void {
    if (!this.#anchor) return;
    const about = this.#anchor.getBoundingClientRect();
    const { offsetWidth: width, offsetHeight: height } = this;
    const edge = 8;
    const x = Math.min(Math.max(edge, about.left + about.width / 2 - width / 2), innerWidth - width - edge);
    const below = about.bottom + edge;
    const y = below + height + edge <= innerHeight ? below : Math.max(edge, about.top - height - edge);
    this.style.left = `${Math.round(x)}px`;
    this.style.top = `${Math.round(y)}px`;
  }

  #act(action: Action, stay = false): void {
    this.dispatchEvent(new ActEvent(action));
    if (!stay) this.close();
  }

  protected override render(): TemplateResult | typeof nothing {
    const { subject } = this;
    if (!subject) return nothing;
    return "host" in subject ? this.#host(subject.host) : this.#link(...subject.between);
  }

  #name(host: string): TemplateResult {
    const look = lookOf(this.looks, host);
    return html`<span class="name ${look?.className ?? ""}">${look ? symbolMark(look, "mark") : nothing}${hostName(host, this.names)}</span>`;
  }

  #host(host: string): TemplateResult {
    const running = this.state.hosts.get(host)?.running !== false;
    return html`<section role="dialog" aria-label=${say("network.tools-host", { host })}>
      <h2>${this.#name(host)}</h2>
      ${
        running
          ? html`<button class="button" data-act="stopHost" type="button" @click=${() => this.#act({ type: "stopHost", host })}>${say("network.stop")}</button>
              <p>${say("network.stop-about")}</p>
              <button class="button" data-act="crashHost" type="button" @click=${() => this.#act({ type: "crashHost", host })}>${say("network.crash")}</button>
              <p>${say("network.crash-about")}</p>
              <button class="button" data-act="changeKey" type="button" @click=${() => this.#act({ type: "changeKey", host })}>${say("network.change-key")}</button>
              <p>${say("network.change-key-about")}</p>`
          : html`<button class="button" data-act="startHost" type="button" @click=${() => this.#act({ type: "startHost", host })}>${say("network.start")}</button>
              <p>${say("network.start-about")}</p>`
      }
      ${this.#linksOf(host)}
    </section>`;
  }

  /** Where the map has no room for a handle on each link. */
  #linksOf(host: string): TemplateResult | typeof nothing {
    const others = [...this.state.hosts.values()].filter(
      ({ name, role }) => role === "homeserver" && name !== host,
    );
    if (others.length < handlesMost) return nothing;
    return html`<h3>${say("network.links")}</h3>
      <ul>
        ${others.map(({ name }) => {
          const cut = this.state.links.get(linkKey(host, name))?.cut === true;
          return html`<li>
            <button class="button row" type="button" @click=${() => this.#turnTo([host, name])}>
              ${this.#name(name)}${cut ? html`<span class="ill">${say("network.link-cut")}</span>` : nothing}
            </button>
          </li>`;
        })}
      </ul>`;
  }

  #turnTo(between: readonly [string, string]): void {
    this.subject = { between };
    void this.updateComplete.then(() => {
      this.#place();
      this.renderRoot.querySelector<HTMLElement>("button")?.focus();
    });
  }

  #link(one: string, other: string): TemplateResult {
    const known = this.state.links.get(linkKey(one, other));
    const link: NetworkLink = known ?? { between: [one, other], cut: false, latency: 0, usual: 0, loss: 0 };
    const between: [string, string] = [one, other];
    const latency = this.drawn.latency ?? link.latency;
    const loss = this.drawn.loss ?? link.loss;
    const names = { one: hostName(one, this.names), other: hostName(other, this.names) };
    return html`<section role="dialog" aria-label=${say("network.link-name", names)}>
      <h2>${this.#name(one)} <span aria-hidden="true">—</span> ${this.#name(other)}</h2>
      ${
        link.cut
          ? html`<button class="button" data-act="mendLink" type="button" @click=${() => this.#act({ type: "mendLink", between })}>${say("network.mend")}</button>`
          : html`<button class="button" data-act="cutLink" type="button" @click=${() => this.#act({ type: "cutLink", between })}>${say("network.cut")}</button>`
      }
      <label>
        <span>${say("network.latency")} <output>${say("network.latency-is", { seconds: latency / 1000 })}</output></span>
        <input
          type="range"
          name="latency"
          min="0"
          max=${slowest}
          step="50"
          .value=${String(latency)}
          @input=${(event: Event) => this.#draw({ latency: sliderAt(event) })}
          @change=${(event: Event) => this.#act({ type: "setLink", between, latency: sliderAt(event) }, true)}
        />
      </label>
      <label>
        <span>${say("network.loss")} <output>${say("network.loss-is", { percent: Math.round(loss * 100) })}</output></span>
        <input
          type="range"
          name="loss"
          min="0"
          max="100"
          step="5"
          .value=${String(loss * 100)}
          @input=${(event: Event) => this.#draw({ loss: sliderAt(event) / 100 })}
          @change=${(event: Event) => this.#act({ type: "setLink", between, loss: sliderAt(event) / 100 }, true)}
        />
      </label>
    </section>`;
  }

  #draw(change: { latency?: number; loss?: number }): void {
    this.drawn = { ...this.drawn, ...change };
  }
}

function sliderAt(event: Event): number {
  return Number((event.currentTarget as HTMLInputElement).value);
}

customElements.define("homeroom-network-tools", HomeroomNetworkTools);

declare global {
  interface HTMLElementTagNameMap {
    "homeroom-network-tools": HomeroomNetworkTools;
  }
}
