import { html, LitElement, nothing, type TemplateResult } from "lit";
import { repeat } from "lit/directives/repeat.js";
import { say } from "../../catalogue/encryption-words.ts";
import { type Refused, refusalWords } from "../../catalogue/refusal-words.ts";
import type { ActionResult, ClientManner } from "../../world/action.ts";
import type { ServerLooks } from "../server-look.ts";
import { act, type By, type Doing } from "./chat-act.ts";
import { focusedIn, giveFocusBack, KeptFocus } from "./chat-focus.ts";
import { type ChatDevice, type ChatState, noChat, userOf } from "./chat-fold.ts";
import { PaneEvent } from "./chat-pane.ts";
import { chatPanel, panelStyles } from "./chat-panel.ts";
import { chatStyles } from "./chat-styles.ts";
import { trustTag } from "./chat-trust.ts";
import { named, sayRich } from "./chat-words.ts";
import type { Suggestions } from "./homeroom-chat-entry.ts";
import { ignoredPeople } from "./messages/ignored-people.ts";
import "../addresses/homeroom-address.ts";

type Part = "name" | "session" | "device" | "ignored";

/** The user's own things: the name that others see, the sessions, and the way out. */
export class HomeroomChatAccount extends LitElement {
  static override properties = {
    by: { attribute: false },
    state: { attribute: false },
    looks: { attribute: false },
    suggestions: { attribute: false },
    manner: { reflect: true },
    readonly: { type: Boolean },
    waiting: { state: true },
    refused: { state: true },
    saved: { state: true },
    ending: { state: true },
    losing: { state: true },
  };

  declare by: By;
  declare state: ChatState;
  declare looks: ServerLooks | undefined;
  declare suggestions: Suggestions | undefined;
  declare manner: ClientManner;
  declare readonly: boolean;
  declare private waiting: boolean;
  declare private refused: (Refused & { part: Part }) | undefined;
  declare private saved: boolean;
  /** The session about to be ended. */
  declare private ending: string | undefined;
  declare private losing: boolean;

  static override styles = [...chatStyles, panelStyles];

  constructor() {
    super();
    this.by = { person: "", device: "" };
    this.state = noChat;
    this.looks = undefined;
    this.suggestions = undefined;
    this.manner = "bubbles";
    this.readonly = false;
    this.waiting = false;
    this.refused = undefined;
    this.saved = false;
    this.ending = undefined;
    this.losing = false;
    new KeptFocus(this);
  }

  /** The list of sessions is as new as this pane: another device may have come or gone. */
  protected override firstUpdated(): void {
    if (!this.readonly) void act(this, this.by, { type: "listDevices" });
  }

  get #off(): boolean {
    return this.waiting || this.readonly;
  }

  protected override render(): TemplateResult {
    const user = userOf(this.state.session) ?? "";
    return chatPanel(
      this,
      say("chat.account-title"),
      html`<div>
          <h4 class="sub">${say("chat.your-address")}</h4>
          <homeroom-address .text=${user} .looks=${this.looks}></homeroom-address>
        </div>
        ${
          this.state.keys.own
            ? html`<div class="row">
                <button data-pane="encryption" @click=${() => this.dispatchEvent(new PaneEvent("encryption"))}>${say("keys.title")}</button>
              </div>`
            : nothing
        }
        ${this.#nameForm()}
        <hr />
        <div>
          <h4 class="sub" id="devices">${say("chat.devices")}</h4>
          ${this.state.devices.length === 0 ? html`<p class="said" role="status">${say("chat.loading-devices")}</p>` : nothing}
          <ul class="people" role="list" aria-labelledby="devices">
            ${repeat(
              this.state.devices,
              ({ id }) => id,
              (device) => html`<li>${this.#device(device)}</li>`,
            )}
          </ul>
        </div>
        ${ignoredPeople(this.state.ignored, this.looks, this.#off, (user) => void this.#do("ignored", { type: "ignore", user, ignored: false }))}
        <hr />
        <div class="row">
          <button class="danger" data-act="sign-out" ?disabled=${this.#off} @click=${() => this.#do("device", { type: "signOut" })}>
            ${say("chat.sign-out")}
          </button>
          ${this.state.devices.length > 1 ? this.#lose() : nothing}
        </div>
        ${this.#wrong("device")}`,
    );
  }

  #nameForm(): TemplateResult {
    return html`<form novalidate @submit=${this.#saveName}>
      <div>
        <label for="name">${say("chat.display-name")}</label>
        <div class="row">
          <div class="field" data-grow>
            <input
              id="name"
              dir="auto"
              maxlength="255"
              .value=${this.state.displayName ?? ""}
              ?readonly=${this.#off}
              aria-describedby="name-said"
            />
          </div>
          <button data-act="save-name" ?disabled=${this.#off}>${say("chat.save")}</button>
        </div>
        <p class="said" id="name-said">${say("chat.display-name-said")}</p>
        <p class="said" role="status">${this.saved ? say("chat.saved") : nothing}</p>
        ${this.#wrong("name")}
      </div>
    </form>`;
  }

  #device(device: ChatDevice): TemplateResult {
    const name = device.name ?? say("chat.unnamed-device", { id: device.id });
    if (this.ending === device.id) return this.#ask(device, name);
    return html`<div class="person" data-device=${device.id} data-name=${device.name ?? ""}>
      <span aria-hidden="true"></span><span><bdi class="one-line" id=${`device-${device.id}`}>${name}</bdi><small class="wire">${device.id}</small>${trustTag(this.state, device.id)}</span>
      ${
        device.current
          ? html`<span class="tag">${say("chat.this-device")}</span>`
          : html`<button
              data-act="end-session"
              aria-describedby=${`device-${device.id}`}
              ?disabled=${this.#off}
              @click=${() => {
                this.refused = undefined;
                this.ending = device.id;
              }}
            >
              ${say("chat.end-session")}
            </button>`
      }
    </div>`;
  }

  /** The server wants the password before it ends another session. */
  #ask(device: ChatDevice, name: string): TemplateResult {
    const practice = this.suggestions !== undefined;
    const wrong = this.refused?.part === "session";
    return html`<form class="ask" tabindex="-1" aria-labelledby="end-ask" novalidate data-device=${device.id} @submit=${this.#end}>
      <p id="end-ask"><strong>${sayRich("chat.end-session-of", { device: named(name) })}</strong></p>
      <div>
        <label for="password">${say("chat.password")}</label>
        <div class=${wrong ? "field wrong" : "field"}>
          <input
            id="password"
            class=${practice ? "wire" : ""}
            dir="ltr"
            type=${practice ? "text" : "password"}
            .value=${this.suggestions?.password ?? ""}
            ?readonly=${this.#off}
            autocomplete="off"
            spellcheck="false"
            aria-invalid=${wrong ? "true" : nothing}
            aria-describedby="password-said"
          />
        </div>
        <p class="said" id="password-said">${say("chat.end-session-said")}</p>
        ${this.#wrong("session")}
      </div>
      <div class="row">
        <button
          type="button"
          @click=${() => {
            this.ending = undefined;
          }}
        >
          ${say("chat.cancel")}
        </button>
        <button class="danger" data-act="end-session-now" ?disabled=${this.#off}>
          ${say(this.waiting ? "chat.working" : "chat.end-session")}
        </button>
      </div>
    </form>`;
  }

  #lose(): TemplateResult {
    if (!this.losing)
      return html`<button
        data-act="lose"
        ?disabled=${this.#off}
        @click=${() => {
          this.losing = true;
        }}
      >
        ${say("chat.lose-device")}
      </button>`;
    return html`<div class="ask" role="group" tabindex="-1" aria-labelledby="lose-ask">
      <p id="lose-ask"><strong>${say("chat.lose-device-ask")}</strong></p>
      <p class="said">${say("chat.lose-device-said")}</p>
      <div class="row">
        <button
          @click=${() => {
            this.losing = false;
          }}
        >
          ${say("chat.cancel")}
        </button>
        <button class="danger" data-act="lose-now" ?disabled=${this.#off} @click=${this.#loseNow}>
          ${say("chat.lose-device-now")}
        </button>
      </div>
    </div>`;
  }

  readonly #loseNow = async (): Promise<void> => {
    await this.#do("device", { type: "loseDevice" });
    this.losing = false;
  };

  #wrong(part: Part): TemplateResult {
    const words = this.refused?.part === part ? refusalWords(this.refused) : nothing;
    return html`<p class="wrong-words" role="alert">${words}</p>`;
  }

  async #do(part: Part, doing: Doing): Promise<boolean> {
    const focused = focusedIn(this.shadowRoot);
    this.waiting = true;
    this.refused = undefined;
    this.saved = false;
    let result: ActionResult;
    try {
      result = await act(this, this.by, doing);
    } finally {
      this.waiting = false;
    }
    void giveFocusBack(this, focused);
    if (!result.ok) this.refused = { ...result.refusal, part };
    return result.ok;
  }

  readonly #saveName = async (event: SubmitEvent): Promise<void> => {
    event.preventDefault();
    const name = this.renderRoot.querySelector<HTMLInputElement>("#name")?.value.trim() ?? "";
    if (this.#off || name === "") return;
    this.saved = await this.#do("name", { type: "setDisplayName", name });
  };

  readonly #end = async (event: SubmitEvent): Promise<void> => {
    event.preventDefault();
    const target = this.ending;
    if (this.#off || target === undefined) return;
    const password = this.renderRoot.querySelector<HTMLInputElement>("#password")?.value ?? "";
    if (await this.#do("session", { type: "endSession", target, password })) this.ending = undefined;
    else this.renderRoot.querySelector<HTMLInputElement>("#password")?.focus();
  };
}

customElements.define("homeroom-chat-account", HomeroomChatAccount);

declare global {
  interface HTMLElementTagNameMap {
    "homeroom-chat-account": HomeroomChatAccount;
  }
}
