import { html, LitElement, nothing, type PropertyValues, type TemplateResult } from "lit";
import { say } from "../../catalogue/encryption-words.ts";
import { ActEvent } from "../act-event.ts";
import { reasonWords } from "../chat/chat-sealed.ts";
import { lookStyles, type ServerLooks, symbolMark } from "../server-look.ts";
import "../addresses/homeroom-address.ts";
import { type Card, type ChairsState, chairsFold, type DeviceChair, type Passed } from "./chairs-fold.ts";
import { chairsStyles } from "./chairs-styles.ts";

/** Who sits in a chair: a device, a server, or somebody who listens on the cable. */
export type Chair =
  | { kind: "device"; host: string; name: string; device: string }
  | { kind: "server"; host: string }
  | { kind: "line" };

/** So many of the newest messages stand in a chair. */
const shown = 8;
/** So much of a ciphertext is shown: enough to see that it says nothing. */
const cipherShown = 72;

/**
 * The same messages from several chairs, side by side: open at a device with the key, sealed at one without it and at every
 * server. What each chair has and learns stands below. Fires `homeroom-act` with `look`.
 */
export class HomeroomChairs extends LitElement {
  static override properties = {
    state: { attribute: false },
    chairs: { attribute: false },
    looks: { attribute: false },
    names: { attribute: false },
  };

  declare state: ChairsState;
  declare chairs: readonly Chair[];
  declare looks: ServerLooks | undefined;
  /** Host → what it is called: `Your phone`. */
  declare names: ReadonlyMap<string, string>;

  static override styles = [lookStyles, chairsStyles];

  constructor() {
    super();
    this.state = chairsFold.initial;
    this.chairs = [];
    this.looks = undefined;
    this.names = new Map();
  }

  protected override render(): TemplateResult {
    return html`<div class="chairs">${this.chairs.map((chair) => this.#chair(chair))}</div>`;
  }

  /** The newest message is the one that is spoken of. */
  protected override updated(changed: PropertyValues<this>): void {
    if (!changed.has("state")) return;
    for (const list of this.renderRoot.querySelectorAll("ol")) list.scrollTop = list.scrollHeight;
  }

  #chair(chair: Chair): TemplateResult {
    switch (chair.kind) {
      case "device":
        return this.#device(chair, this.state.devices.get(chair.host) ?? { cards: [], held: new Map() });
      case "server":
        return this.#server(chair.host, this.state.servers.get(chair.host) ?? []);
      case "line":
        return this.#line();
    }
  }

  #device({ name, device, host }: Chair & { kind: "device" }, state: DeviceChair): TemplateResult {
    const { verified } = state;
    const standing =
      verified === undefined ? device : say(verified ? "chairs.verified" : "chairs.unverified", { device });
    const cards = this.#inRoom(state.cards);
    return html`<section aria-label=${say("chairs.of", { name, device })} data-chair=${host}>
      <header><h3>${name}</h3><span>${standing}</span></header>
      <ol>${cards.map((card) => html`<li>${this.#deviceCard(card, state)}</li>`)}${this.#none(cards)}</ol>
      <footer><h4>${say("chairs.holds")}</h4>${this.#held(cards, state)}</footer>
    </section>`;
  }

  #deviceCard(card: Card, { user, held }: DeviceChair): TemplateResult {
    if (card.text !== undefined)
      return this.#button(
        card,
        card.sender === user ? "said own" : "said",
        html`<span dir="auto">${card.text}</span>`,
      );
    const words =
      card.reason === undefined ? say("keys.opening") : whySealed(card.reason, card.session, held);
    return this.#button(card, "sealed", html`<span>${say("keys.sealed")}</span><span>${words}</span>`);
  }

  /** The message keys that these messages need, and what the device has of them. */
  #held(cards: readonly Card[], { held, curve25519, hasBackup }: DeviceChair): TemplateResult {
    const wanted = [...new Set(cards.flatMap(({ session }) => session ?? []))];
    if (wanted.length === 0) return html`<p class="none">${say("chairs.no-keys")}</p>`;
    const all = [...held.values()].flat();
    return html`<ul>
      ${wanted.map((session) => {
        const key = all.find((each) => each.session === session);
        if (!key) {
          const lacks = hasBackup === false ? "chairs.lacks-for-good" : "chairs.lacks";
          return html`<li class="lacks">${say(lacks, { session: brief(session) })}</li>`;
        }
        const how =
          key.sender === curve25519
            ? "chairs.made-here"
            : key.imported
              ? "chairs.imported"
              : "chairs.received";
        return html`<li>
          <span class="session">${brief(session)}</span> <span class="has">${say(how, { index: key.index })}</span>
        </li>`;
      })}
    </ul>`;
  }

  #server(host: string, all: readonly Card[]): TemplateResult {
    const cards = this.#inRoom(all);
    const sealed = cards.some(({ ciphertext }) => ciphertext !== undefined);
    return html`<section aria-label=${say("chairs.server-of", { host })} data-chair=${host}>
      <header>${this.#serverName(host)}<span>${say("chairs.server")}</span></header>
      <ol>${cards.map((card) => html`<li>${this.#serverCard(card)}</li>`)}${this.#none(cards)}</ol>
      <footer>
        <h4>${say("chairs.still-knows")}</h4>
        <p class="learns">${say("chairs.knows")}</p>
        ${sealed ? html`<h4>${say("chairs.never-learns")}</h4><p class="never">${say("chairs.secret")}</p>` : nothing}
      </footer>
    </section>`;
  }

  #serverName(host: string): TemplateResult {
    const look = this.looks?.get(host);
    return html`<h3 class=${`server ${look?.className ?? ""}`}>${look ? symbolMark(look) : nothing}${host}</h3>`;
  }

  #serverCard(card: Card): TemplateResult {
    const facts = html`<span class="facts"
      ><homeroom-address .text=${card.sender} .looks=${this.looks}></homeroom-address> <bdi class="size">· ${say("chairs.bytes", { n: card.size ?? 0 })}</bdi></span
    >`;
    if (card.text !== undefined)
      return this.#button(card, "", html`<span dir="auto">${card.text}</span>${facts}`);
    const { ciphertext = "" } = card;
    return this.#button(
      card,
      "sealed",
      html`<span>m.room.encrypted</span><span aria-hidden="true">${ciphertext.slice(0, cipherShown)}…</span>${facts}`,
    );
  }

  #line(): TemplateResult {
    const packets = this.state.passed.slice(-shown);
    return html`<section aria-label=${say("chairs.line")} data-chair="line">
      <header><h3>${say("chairs.line")}</h3><span>${say("chairs.line-said")}</span></header>
      <ol>
        ${packets.map((each) => html`<li>${this.#packet(each)}</li>`)}
        ${packets.length === 0 ? html`<li class="none">${say("chairs.nothing-passed")}</li>` : nothing}
      </ol>
      <footer>
        <h4>${say("chairs.still-knows")}</h4>
        <p class="learns">${say("chairs.line-knows")}</p>
        <h4>${say("chairs.never-learns")}</h4>
        <p class="never">${say("chairs.line-secret")}</p>
      </footer>
    </section>`;
  }

  #name(host: string): string {
    return this.names.get(host) ?? host;
  }

  #packet({ exchange, from, to, size }: Passed): TemplateResult {
    const look = (): void => {
      this.dispatchEvent(new ActEvent({ type: "look", at: { exchange: { id: exchange } } }));
    };
    return html`<button class="card sealed" @click=${look}>${say("chairs.packet", { from: this.#name(from), to: this.#name(to), n: size })}</button>`;
  }

  #button(card: Card, manner: string, content: TemplateResult): TemplateResult {
    const look = (): void => {
      this.dispatchEvent(new ActEvent({ type: "look", at: { event: { id: card.event } } }));
    };
    return html`<button class=${`card ${manner}`} data-event=${card.event} @click=${look}>${content}</button>`;
  }

  #none(cards: readonly Card[]): TemplateResult | typeof nothing {
    return cards.length > 0 ? nothing : html`<li class="none">${say("chairs.nothing")}</li>`;
  }

  /** All chairs look at one room: that of the newest message. */
  #inRoom(cards: readonly Card[]): readonly Card[] {
    return cards.filter(({ room }) => room === this.state.room).slice(-shown);
  }
}

/** Why a message does not open: its key is not here, or can open later ones only. */
function whySealed(reason: string, session: string | undefined, held: DeviceChair["held"]): string {
  if (session === undefined) return reasonWords(reason);
  const key = [...held.values()].flat().find((each) => each.session === session);
  return key
    ? say("chairs.later-only", { session: brief(session), index: key.index })
    : say("chairs.not-here", { session: brief(session) });
}

function brief(session: string | undefined): string {
  return `${session?.slice(0, 4) ?? "?"}…`;
}

customElements.define("homeroom-chairs", HomeroomChairs);

declare global {
  interface HTMLElementTagNameMap {
    "homeroom-chairs": HomeroomChairs;
  }
}
