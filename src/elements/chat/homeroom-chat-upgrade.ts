import { css, html, nothing, type TemplateResult } from "lit";
import { refusalWords } from "../../catalogue/refusal-words.ts";
import { say } from "../../catalogue/room-words.ts";
import { successorOf, textOf } from "../../client/room-state.ts";
import { defaultRoomVersion } from "../../protocol/room-versions.ts";
import { OpenRoomEvent, PaneEvent } from "./chat-pane.ts";
import { ChatPaneElement } from "./chat-pane-element.ts";
import { Powers, stateOf } from "./chat-room-state.ts";

/** Offers to move a room to one of the version that new rooms have; says first what that does. */
export class HomeroomChatUpgrade extends ChatPaneElement {
  static override properties = { asks: { state: true } };

  /** It was asked for, and waits for a yes. */
  declare private asks: boolean;
  /** The role that the new room gets, when a solution is played. */
  as: string | undefined;

  static override styles = [
    ...super.styles,
    css`
      :host {
        block-size: auto;
        background: none;
      }
      section {
        display: grid;
        justify-items: start;
        gap: 0.6rem;
        margin-block-start: 1rem;
        padding-block-start: 1rem;
        border-block-start: 1px solid var(--line);
      }
    `,
  ];

  constructor() {
    super();
    this.asks = false;
    this.as = undefined;
  }

  protected override render(): TemplateResult | typeof nothing {
    const state = stateOf(this.room);
    const version = textOf(state("m.room.create")?.content.room_version);
    const isNeeded = version !== undefined && version !== defaultRoomVersion && !successorOf(state);
    if (!isNeeded || !new Powers(this.state, this.room).may("m.room.tombstone")) return nothing;
    const versions = { version: defaultRoomVersion, old: version };
    return html`<section role="group" aria-label=${say("rooms.upgrade", versions)}>
      ${
        this.asks
          ? html`<p tabindex="-1">${say("rooms.upgrade-warning", versions)}</p>
              <div class="row">
                <button type="button" @click=${() => this.#ask(false)}>${say("rooms.cancel")}</button>
                <button type="button" class="danger" data-act="upgrade" ?disabled=${this.off} @click=${this.#upgrade}>
                  ${say(this.waiting ? "chat.working" : "rooms.upgrade-now")}
                </button>
              </div>`
          : html`<button type="button" data-act="ask-upgrade" ?disabled=${this.off} @click=${() => this.#ask(true)}>
              ${say("rooms.upgrade", versions)}
            </button>`
      }
      <p class="wrong-words" role="alert">${this.refused ? refusalWords(this.refused) : nothing}</p>
    </section>`;
  }

  async #ask(asks: boolean): Promise<void> {
    this.asks = asks;
    this.refused = undefined;
    await this.updateComplete;
    this.renderRoot.querySelector<HTMLElement>(asks ? "p[tabindex]" : '[data-act="ask-upgrade"]')?.focus();
  }

  readonly #upgrade = async (): Promise<void> => {
    const { as } = this;
    const result = await this.do({
      type: "upgradeRoom",
      room: this.roomId,
      version: defaultRoomVersion,
      ...(as !== undefined && { as }),
    });
    if (!result.ok) return;
    this.dispatchEvent(new PaneEvent());
    if (result.room !== undefined) this.dispatchEvent(new OpenRoomEvent(result.room));
  };
}

customElements.define("homeroom-chat-upgrade", HomeroomChatUpgrade);

declare global {
  interface HTMLElementTagNameMap {
    "homeroom-chat-upgrade": HomeroomChatUpgrade;
  }
}
