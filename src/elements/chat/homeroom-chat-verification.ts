import { css, html, nothing, type TemplateResult } from "lit";
import { isWordsKey, say, type WordsKey } from "../../catalogue/encryption-words.ts";
import { refusalWords } from "../../catalogue/refusal-words.ts";
import type { ShownVerification } from "../../client/crypto/crypto-fact.ts";
import { verificationShown } from "./chat-keys-fold.ts";
import { PaneEvent } from "./chat-pane.ts";
import { ChatPaneElement } from "./chat-pane-element.ts";
import { chatPanel } from "./chat-panel.ts";
import { localpartOf, named, sayRich } from "./chat-words.ts";
import { shownCode } from "./shown-code.ts";
import "../addresses/homeroom-address.ts";

type Step =
  | "acceptVerification"
  | "compareEmoji"
  | "confirmVerification"
  | "denyVerification"
  | "cancelVerification"
  | "scanCode";

/** A verification on a device's screen: asking, choosing how, comparing, and what came of it. */
export class HomeroomChatVerification extends ChatPaneElement {
  static override styles = [
    ...super.styles,
    css`
      .emoji {
        display: flex;
        flex-wrap: wrap;
        justify-content: center;
        gap: 0.35rem 0.3rem;
      }
      .emoji li {
        display: grid;
        justify-items: center;
        inline-size: 4.6rem;
        font-size: 0.8rem;
        line-height: 1.35;
      }
      .emoji span {
        font-size: 1.8rem;
        line-height: 1.2;
      }
      .phase {
        display: grid;
        gap: 0.6rem;
      }
      /* Beside each other where there is room: a device on the stage may be low. */
      .ways {
        display: flex;
        flex-wrap: wrap;
        gap: 0.7rem;
      }
      .ways > div {
        flex: 1 1 11rem;
        display: grid;
        gap: 0.6rem;
        align-content: start;
      }
      .code {
        flex: 0 1 10rem;
        min-inline-size: 0;
        border-radius: 8px;
      }
      .inside {
        gap: 0.6rem;
      }
      .good {
        display: flex;
        gap: 0.5rem;
        align-items: center;
        color: var(--good);
        font-weight: 600;
      }
      .good svg {
        flex: none;
        inline-size: 1.5rem;
        fill: none;
        stroke: currentColor;
        stroke-width: 2;
      }
    `,
  ];

  protected override render(): TemplateResult {
    const verification = verificationShown(this.state.keys);
    return chatPanel(
      this,
      say("keys.verification"),
      html`<div class="phase" aria-live="polite">
          ${verification ? html`${this.#partner(verification)}${this.#phase(verification)}` : nothing}
        </div>
        <p class="wrong-words" role="alert">${this.refused ? refusalWords(this.refused) : nothing}</p>`,
    );
  }

  #partner({ own, user, device }: ShownVerification): TemplateResult {
    if (!own) return html`<p><homeroom-address .text=${user} .looks=${this.looks}></homeroom-address></p>`;
    const known = this.state.keys.people.get(user)?.devices.find(({ id }) => id === device);
    const name = known?.name ?? device;
    return html`<p>
      <strong>${name === undefined ? say("keys.verify-own") : sayRich("keys.verify-device", { device: named(name) })}</strong>
    </p>`;
  }

  #phase(verification: ShownVerification): TemplateResult {
    switch (verification.phase) {
      case "asked":
        return verification.mine
          ? html`<p>${say("keys.waits-accept")}</p>
              ${this.#choices()}`
          : html`<p>${this.#asks(verification)}</p>
              ${this.#choices(this.#button("acceptVerification", "keys.accept", "primary"), "keys.decline")}`;
      case "ready":
        return this.#ways(verification);
      case "comparing":
        return html`<p>${say("keys.compare")}</p>
          ${this.#emoji(verification)}
          ${this.#choices(
            html`${this.#button("confirmVerification", "keys.same", "primary")}${this.#button("denyVerification", "keys.not-same", "danger")}`,
          )}`;
      case "scanned":
        return html`<p>${say("keys.scanned")}</p>
          ${this.#choices(
            html`${this.#button("confirmVerification", "keys.says-so", "primary")}${this.#button("denyVerification", "keys.says-not", "danger")}`,
          )}`;
      case "waiting":
        // Whoever looks from the other device still wants to compare.
        return html`<p>${say(verification.hasRead ? "keys.has-read" : "keys.waits")}</p>
          ${this.#emoji(verification)}${this.#choices()}`;
      case "signing":
        return html`<p>${say("keys.signing")}</p>`;
      case "done":
        return html`<p class="good">
          <svg viewBox="0 0 24 24" aria-hidden="true"><path d="M12 3l8 3v6c0 5-3.5 8-8 9-4.5-1-8-4-8-9V6zM8 12l3 3 5-6"></path></svg>
          ${say("keys.done")}
        </p>`;
      case "cancelled":
        return this.#cancelled(verification);
    }
  }

  #asks({ own, user }: ShownVerification): unknown {
    return own ? say("keys.asked-own") : sayRich("keys.asked", { who: named(localpartOf(user)) });
  }

  #emoji({ emoji }: ShownVerification): TemplateResult | typeof nothing {
    if (!emoji) return nothing;
    return html`<ol class="emoji" role="list">
      ${emoji.map(({ symbol, name }) => html`<li><span aria-hidden="true">${symbol}</span>${emojiName(name)}</li>`)}
    </ol>`;
  }

  /** What can be done now, with the way out at the end. */
  #choices(buttons: TemplateResult | typeof nothing = nothing, out: WordsKey = "keys.stop"): TemplateResult {
    return html`<div class="row">${buttons}${this.#button("cancelVerification", out, "danger")}</div>`;
  }

  #ways({ may, code }: ShownVerification): TemplateResult {
    return html`<div class="ways">
      <div>
        <p>${say("keys.choose")}</p>
        ${this.#choices(
          html`${may.emoji ? this.#button("compareEmoji", "keys.by-emoji", "primary") : nothing}
            ${may.scan ? this.#button("scanCode", "keys.scan") : nothing}`,
        )}
        ${code === undefined ? nothing : html`<p>${say("keys.show-code")}</p>`}
      </div>
      ${code === undefined ? nothing : shownCode(code)}
    </div>`;
  }

  #cancelled({ own, user, cancelled }: ShownVerification): TemplateResult {
    const again = (): void => {
      void this.do({ type: "askToVerify", ...(!own && { user, in: this.roomId }) });
    };
    return html`<p>${cancelWords(cancelled?.code ?? "", cancelled?.byMe ?? false)}</p>
      <div class="row">
        <button data-act="ask-again" ?disabled=${this.off} @click=${again}>${say("keys.again")}</button>
        <button @click=${() => this.dispatchEvent(new PaneEvent())}>${say("chat.close")}</button>
      </div>`;
  }

  #button(step: Step, words: WordsKey, manner = ""): TemplateResult {
    return html`<button class=${manner} data-act=${step} ?disabled=${this.off} @click=${() => this.do({ type: step })}>
      ${say(words)}
    </button>`;
  }
}

/** What an emoji is called, in the page's language. */
function emojiName(name: string): string {
  const key = `emoji.${name.toLowerCase().replaceAll(" ", "-")}`;
  return isWordsKey(key) ? say(key) : name;
}

function cancelWords(code: string, byMe: boolean): string {
  switch (code) {
    case "m.mismatched_sas":
    case "m.key_mismatch":
      return say("keys.cancelled-mismatch");
    case "m.user":
      return say(byMe ? "keys.cancelled-user-me" : "keys.cancelled-user");
    case "m.timeout":
      return say("keys.cancelled-timeout");
    case "m.accepted":
      return say("keys.cancelled-accepted");
    case "device-gone":
      return say("keys.cancelled-device-gone");
    case "restarted":
      return say("keys.cancelled-restarted");
    default:
      return say("keys.cancelled-other", { code });
  }
}

customElements.define("homeroom-chat-verification", HomeroomChatVerification);

declare global {
  interface HTMLElementTagNameMap {
    "homeroom-chat-verification": HomeroomChatVerification;
  }
}
