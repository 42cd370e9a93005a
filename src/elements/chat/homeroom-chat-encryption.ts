import { css, html, nothing, type TemplateResult } from "lit";
import { say, type WordsKey } from "../../catalogue/encryption-words.ts";
import { refusalWords } from "../../catalogue/refusal-words.ts";
import type { OwnCrypto } from "../../client/crypto/crypto-fact.ts";
import { lacksSecrets } from "../../client/crypto/lacks-secrets.ts";
import { copyText } from "../inspector/inspector-copy.ts";
import { PaneEvent } from "./chat-pane.ts";
import { ChatPaneElement } from "./chat-pane-element.ts";
import { chatPanel } from "./chat-panel.ts";

/** A device's keys on its screen: whether it is verified, recovery, and the reset of the identity. */
export class HomeroomChatEncryption extends ChatPaneElement {
  static override properties = {
    key: { state: true },
    told: { state: true },
    unlocked: { state: true },
    resetting: { state: true },
  };

  /** The recovery key that was just made: nowhere else is it to be read. */
  declare private key: string | undefined;
  /** What came of copying. */
  declare private told: WordsKey | undefined;
  declare private unlocked: boolean;
  declare private resetting: boolean;

  static override styles = [
    ...super.styles,
    css`
      .key {
        padding: 0.6rem 0.75rem;
        border: 1px solid var(--accent);
        border-radius: 9px;
        background: var(--accent-soft);
        font: 500 0.95rem/1.6 var(--font-wire);
        overflow-wrap: anywhere;
        user-select: all;
      }
      a[download] {
        align-self: center;
        padding-inline: 0.4rem;
        color: var(--accent);
        font-weight: 600;
      }
      .print {
        font: 500 0.8rem/1.5 var(--font-wire);
        overflow-wrap: anywhere;
      }
      .is-good {
        color: var(--good);
      }
      .is-open {
        color: var(--warn);
      }
    `,
  ];

  constructor() {
    super();
    this.key = undefined;
    this.told = undefined;
    this.unlocked = false;
    this.resetting = false;
  }

  protected override render(): TemplateResult {
    const { own } = this.state.keys;
    return chatPanel(
      this,
      say("keys.title"),
      own
        ? html`${this.#device(own)}
            <hr />
            ${this.key === undefined ? this.#recovery(own) : this.#made(this.key)}
            ${own.identity && this.key === undefined ? html`<hr />${this.#reset()}` : nothing}`
        : nothing,
    );
  }

  #device(own: OwnCrypto): TemplateResult {
    const { keys, identity, verified, secretStorage } = own;
    const lacks = lacksSecrets(own);
    return html`<div>
        <h4 class="sub">${say("keys.this-device")}</h4>
        <p class=${verified && !lacks ? "is-good" : "is-open"} role="status">${say(standing(own))}</p>
      </div>
      ${
        identity && (!verified || (lacks && secretStorage.key !== undefined))
          ? html`<div class="row">
                <button class="primary" data-act="ask" ?disabled=${this.off} @click=${this.#ask}>${say("keys.with-device")}</button>
              </div>
              ${this.#wrong("ask")}
              ${this.#entry()}`
          : nothing
      }
      <div>
        <h4 class="sub">${say("keys.fingerprint")}</h4>
        <p class="print">${keys.ed25519.replace(/.{4}(?=.)/g, "$& ")}</p>
      </div>
      <p class="said is-good" role="status">${this.unlocked ? say("keys.unlocked") : nothing}</p>`;
  }

  readonly #ask = async (): Promise<void> => {
    const result = await this.do({ type: "askToVerify" }, "ask");
    if (result.ok) this.dispatchEvent(new PaneEvent("verification"));
  };

  /** Where the recovery key is written in. */
  #entry(): TemplateResult {
    const own = this.bindings?.people[this.by.person]?.recoveryKey;
    const wrong = this.refused?.field === "key";
    return html`<form novalidate @submit=${this.#unlock}>
      <div>
        <h4 class="sub">${say("keys.with-key")}</h4>
        <label for="key">${say("keys.enter")}</label>
        <div class=${wrong ? "field wrong" : "field"}>
          <input
            id="key"
            class="wire"
            dir="ltr"
            autocomplete="off"
            spellcheck="false"
            ?readonly=${this.off}
            aria-invalid=${wrong ? "true" : nothing}
            aria-describedby="key-said"
          />
        </div>
        <p class="said" id="key-said">${say("keys.enter-said")}</p>
        ${this.#wrong("key")}
      </div>
      <div class="row">
        ${
          own === undefined
            ? nothing
            : html`<button
                type="button"
                data-act="from-notes"
                ?disabled=${this.off}
                @click=${() => {
                  const field = this.input("key");
                  if (field) field.value = own;
                }}
              >
                ${say("keys.from-notes")}
              </button>`
        }
        <button class="primary" data-act="recover" ?disabled=${this.off}>${say(this.waiting ? "chat.working" : "keys.unlock")}</button>
      </div>
    </form>`;
  }

  readonly #unlock = async (event: SubmitEvent): Promise<void> => {
    event.preventDefault();
    const written = this.input("key")?.value.trim() ?? "";
    if (this.off) return;
    if (written === "") {
      this.refused = { code: "recovery/no-key", facts: {}, field: "key" };
      return;
    }
    // A passphrase may be any words; a key has an alphabet of its own.
    const isKey =
      /^(\s*[1-9A-HJ-NP-Za-km-z]{4}){11,12}\s*$/.test(written) ||
      !this.state.keys.own?.secretStorage.passphrase;
    const result = await this.do(
      { type: "recover", ...(isKey ? { key: written } : { passphrase: written }) },
      "key",
    );
    this.unlocked = result.ok;
    if (!result.ok) this.input("key")?.focus();
  };

  #recovery(own: OwnCrypto): TemplateResult {
    const { secretStorage, backup, identity, verified, messageKeys } = own;
    const isSet = secretStorage.key !== undefined && backup.version !== undefined;
    const may = !identity || (verified && !lacksSecrets(own));
    return html`<form novalidate @submit=${this.#make}>
      <div>
        <h4 class="sub">${say("keys.recovery")}</h4>
        <p class=${isSet ? "is-good" : ""} role="status">
          ${isSet && !this.waiting ? say("keys.recovery-on") : say("keys.recovery-said")}
          ${isSet && !this.waiting && backup.active ? say("keys.recovery-holds", { n: messageKeys.backedUp }) : nothing}
        </p>
      </div>
      ${
        may
          ? html`<div>
                <label for="passphrase">${say("keys.passphrase")}</label>
                <div class="field">
                  <input id="passphrase" dir="auto" autocomplete="off" spellcheck="false" ?readonly=${this.off} />
                </div>
              </div>
              ${this.#wrong("make")}
              <div class="row">
                <button class=${isSet ? "" : "primary"} data-act="set-up-recovery" ?disabled=${this.off}>
                  ${say(this.waiting ? "chat.working" : isSet ? "keys.new-key" : "keys.make-key")}
                </button>
              </div>`
          : nothing
      }
    </form>`;
  }

  readonly #make = async (event: SubmitEvent): Promise<void> => {
    event.preventDefault();
    if (this.off) return;
    const passphrase = this.input("passphrase")?.value.trim() ?? "";
    const result = await this.do({ type: "setUpRecovery", ...(passphrase !== "" && { passphrase }) }, "make");
    if (result.ok) this.key = result.recoveryKey;
    await this.updateComplete;
    this.renderRoot.querySelector<HTMLElement>("[data-act=copy-key]")?.focus();
  };

  /** The key, the only time that it is shown. */
  #made(key: string): TemplateResult {
    return html`<div>
        <h4 class="sub" id="key-title">${say("keys.your-key")}</h4>
        <p class="key" dir="ltr" aria-labelledby="key-title">${key}</p>
        <p class="said">${say("keys.your-key-said")}</p>
      </div>
      <div class="row">
        <button
          data-act="copy-key"
          @click=${async () => {
            this.told = (await copyText(key)) ? "keys.copied" : "keys.copy-failed";
          }}
        >
          ${say("keys.copy")}
        </button>
        <a href=${this.#file(key)} download="recovery-key.txt" data-act="download-key">${say("keys.download")}</a>
        <button
          class="primary"
          data-act="kept-key"
          @click=${() => {
            this.key = undefined;
            this.told = undefined;
          }}
        >
          ${say("keys.kept-it")}
        </button>
      </div>
      <p class="said" role="status">${this.told ? say(this.told) : nothing}</p>`;
  }

  /** A file with the key, as an address: it goes with the page. */
  #file(key: string): string {
    return `data:text/plain,${encodeURIComponent(`${key}\n`)}`;
  }

  #reset(): TemplateResult {
    const ask = (asking: boolean) => (): void => {
      this.resetting = asking;
      this.refused = undefined;
    };
    if (!this.resetting)
      return html`<div class="row">
        <button class="danger" data-act="reset" ?disabled=${this.off} @click=${ask(true)}>${say("keys.reset")}</button>
      </div>`;
    return html`<form class="ask" tabindex="-1" aria-labelledby="reset-ask" novalidate @submit=${this.#resetNow}>
      <p id="reset-ask"><strong>${say("keys.reset-ask")}</strong></p>
      <p class="said">${say("keys.reset-said")}</p>
      <div>
        <label for="password">${say("chat.password")}</label>
        <div class="field"><input id="password" type="password" autocomplete="off" ?readonly=${this.off} /></div>
        ${this.#wrong("password")}
      </div>
      <div class="row">
        <button type="button" @click=${ask(false)}>${say("chat.cancel")}</button>
        <button class="danger" data-act="reset-now" ?disabled=${this.off}>${say(this.waiting ? "chat.working" : "keys.reset-now")}</button>
      </div>
    </form>`;
  }

  readonly #resetNow = async (event: SubmitEvent): Promise<void> => {
    event.preventDefault();
    if (this.off) return;
    const password = this.input("password")?.value ?? "";
    const result = await this.do({ type: "resetIdentity", password }, "password");
    if (result.ok) this.resetting = false;
    else this.input("password")?.focus();
  };

  #wrong(field: string): TemplateResult {
    const words = this.refused?.field === field ? refusalWords(this.refused) : nothing;
    return html`<p class="wrong-words" role="alert">${words}</p>`;
  }
}

function standing(own: OwnCrypto): WordsKey {
  if (!own.identity) return "keys.no-identity";
  if (!own.verified) return "keys.is-not-verified";
  return lacksSecrets(own) ? "keys.is-lacking" : "keys.is-verified";
}

customElements.define("homeroom-chat-encryption", HomeroomChatEncryption);

declare global {
  interface HTMLElementTagNameMap {
    "homeroom-chat-encryption": HomeroomChatEncryption;
  }
}
