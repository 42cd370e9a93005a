import { css, html, nothing, type TemplateResult } from "lit";
import { say } from "../../catalogue/encryption-words.ts";
import { refusalWords } from "../../catalogue/refusal-words.ts";
import type { UnreachedDevice } from "../../client/crypto/crypto-fact.ts";
import { lacksSecrets } from "../../client/crypto/lacks-secrets.ts";
import { isUnderWay, verificationShown } from "./chat-keys-fold.ts";
import { type Pane, PaneEvent } from "./chat-pane.ts";
import { ChatPaneElement } from "./chat-pane-element.ts";
import { localpartOf, named, sayRich } from "./chat-words.ts";

function nameOf({ user, device, why }: UnreachedDevice): string {
  return `unreached ${user} ${device} ${why}`;
}

/** One line over a device's chats, where something about its keys wants to be done. */
export class HomeroomChatKeysBanner extends ChatPaneElement {
  static override properties = { put: { state: true } };

  /** What the learner has put off. */
  declare private put: ReadonlySet<string>;

  static override styles = [
    ...super.styles,
    css`
      :host {
        block-size: auto;
        background: none;
      }
      .line {
        display: flex;
        flex-wrap: wrap;
        align-items: center;
        gap: 0.3rem 0.6rem;
        padding: 0.4rem 0.8rem;
        border-block-end: 1px solid var(--line);
        background: var(--accent-soft);
        font-size: 0.84rem;
        line-height: 1.4;
      }
      .line.doubt {
        background: color-mix(in srgb, var(--warn), transparent 88%);
      }
      p {
        flex: 1 1 12rem;
      }
      button {
        min-block-size: 1.9rem;
        font-size: 0.84rem;
      }
    `,
  ];

  constructor() {
    super();
    this.put = new Set();
  }

  protected override render(): TemplateResult | typeof nothing {
    const { keys } = this.state;
    if (!keys.own) return nothing;
    const verification = verificationShown(keys);
    if (verification && isUnderWay(verification)) {
      const words =
        verification.phase === "asked" && !verification.mine
          ? sayRich("keys.asked", { who: named(this.#partner(verification)) })
          : say("keys.under-way");
      return this.#line(words, html`${this.#pane("verification", "keys.look")}`);
    }
    const changed = this.#changed();
    if (changed !== undefined) return this.#doubt(changed);
    const unreached = this.#unreached();
    if (unreached) return this.#notReached(unreached);
    if (keys.own.identity && !keys.own.verified && !this.put.has("verify"))
      return this.#line(
        say("keys.new-device"),
        html`${this.#pane("encryption", "keys.verify")}${this.#later("verify")}`,
      );
    if (lacksSecrets(keys.own) && this.#hasSealed() && !this.put.has("lacks"))
      return this.#line(
        say("keys.lacks"),
        html`${this.#pane("encryption", "keys.look")}${this.#later("lacks")}`,
      );
    if (!keys.own.identity && this.#isInSecret() && !this.put.has("recovery"))
      return this.#line(
        say("keys.no-recovery"),
        html`${this.#pane("encryption", "keys.set-up")}${this.#later("recovery")}`,
      );
    return nothing;
  }

  #partner({ own, user, device }: { own: boolean; user: string; device?: string }): string {
    if (!own) return localpartOf(user);
    const known = this.state.keys.people.get(user)?.devices.find(({ id }) => id === device);
    return known?.name ?? say("keys.verify-own");
  }

  /** Somebody in the open room who has another identity than before. */
  #changed(): string | undefined {
    return [...(this.room?.members.keys() ?? [])].find((user) => {
      const identity = this.state.keys.people.get(user)?.identity;
      return identity?.changed || identity?.wasVerified;
    });
  }

  /** A device of somebody in the open room that what is written here is not encrypted for. */
  #unreached(): UnreachedDevice | undefined {
    if (!this.room?.summary?.encrypted) return undefined;
    return this.state.keys.unreached.find(
      (each) => this.room?.members.get(each.user)?.membership === "join" && !this.put.has(nameOf(each)),
    );
  }

  #notReached(each: UnreachedDevice): TemplateResult {
    const { user, device, why } = each;
    const known = this.state.keys.people.get(user)?.devices.find(({ id }) => id === device);
    return html`<div class="line doubt" role="status">
      <p>
        ${sayRich("keys.unreached", { who: named(localpartOf(user)), device: named(known?.name ?? device) })}
        ${say(`keys.unreached-${why}`)}
      </p>
      ${this.#later(nameOf(each))}
    </div>`;
  }

  /** Recovery is offered to whoever has something to lose. */
  #isInSecret(): boolean {
    return [...this.state.rooms.values()].some(({ summary }) => summary?.encrypted);
  }

  #hasSealed(): boolean {
    return this.room?.events.some(({ sealed }) => sealed?.reason !== undefined) ?? false;
  }

  #doubt(user: string): TemplateResult {
    return html`<div class="line doubt" role="status">
      <p>
        ${sayRich("keys.changed", { who: named(localpartOf(user)) })}
        <span class="wrong-words" role="alert">${this.refused ? refusalWords(this.refused) : nothing}</span>
      </p>
      <button data-act="accept-identity" ?disabled=${this.off} @click=${() => this.do({ type: "acceptIdentity", user })}>
        ${say("keys.go-on")}
      </button>
    </div>`;
  }

  #line(words: unknown, buttons: TemplateResult): TemplateResult {
    return html`<div class="line" role="status"><p>${words}</p>${buttons}</div>`;
  }

  #pane(pane: Pane, words: "keys.look" | "keys.verify" | "keys.set-up"): TemplateResult {
    return html`<button data-pane=${pane} @click=${() => this.dispatchEvent(new PaneEvent(pane))}>${say(words)}</button>`;
  }

  #later(what: string): TemplateResult {
    return html`<button
      class="plain"
      @click=${() => {
        this.put = new Set(this.put).add(what);
      }}
    >
      ${say("keys.later")}
    </button>`;
  }
}

customElements.define("homeroom-chat-keys-banner", HomeroomChatKeysBanner);

declare global {
  interface HTMLElementTagNameMap {
    "homeroom-chat-keys-banner": HomeroomChatKeysBanner;
  }
}
