import { html, LitElement, nothing, type TemplateResult } from "lit";
import { refusalWords } from "../../catalogue/refusal-words.ts";
import { say } from "../../catalogue/room-words.ts";
import type { ClientManner } from "../../world/action.ts";
import { act, type By, type Doing } from "./chat-act.ts";
import { type ChatRoom, type ChatState, noChat } from "./chat-fold.ts";
import { icon } from "./chat-icons.ts";
import { chatMenuStyles } from "./chat-menu-styles.ts";
import { OpenRoomEvent, type Pane, PaneEvent } from "./chat-pane.ts";
import { chatStyles } from "./chat-styles.ts";
import { isUnread } from "./chat-unread.ts";
import { shortName } from "./chat-words.ts";

/** No menu is lower than this, pixels. */
const lowest = 150;

type Item = { words: string; off?: boolean; chosen?: boolean; pane?: Pane; doing?: Doing; leaves?: true };

/**
 * What can be done with a room: in its head all of it, in the list what needs no look into the room. Arrow keys move,
 * Escape closes.
 */
export class HomeroomChatRoomMenu extends LitElement {
  static override properties = {
    by: { attribute: false },
    state: { attribute: false },
    roomId: { attribute: false },
    inside: { type: Boolean },
    manner: { reflect: true },
    readonly: { type: Boolean },
    open: { type: Boolean, reflect: true },
    refused: { state: true },
  };

  declare by: By;
  declare state: ChatState;
  declare roomId: string;
  /** The room is on the screen. */
  declare inside: boolean;
  declare manner: ClientManner;
  declare readonly: boolean;
  declare open: boolean;
  declare private refused: string;

  static override styles = [...chatStyles, chatMenuStyles];

  constructor() {
    super();
    this.by = { person: "", device: "" };
    this.state = noChat;
    this.roomId = "";
    this.inside = false;
    this.manner = "bubbles";
    this.readonly = false;
    this.open = false;
    this.refused = "";
  }

  override connectedCallback(): void {
    super.connectedCallback();
    document.addEventListener("pointerdown", this.#outside);
  }

  override disconnectedCallback(): void {
    super.disconnectedCallback();
    document.removeEventListener("pointerdown", this.#outside);
  }

  get #room(): ChatRoom | undefined {
    return this.state.rooms.get(this.roomId);
  }

  protected override render(): TemplateResult {
    const name = shortName(this.#room?.summary?.name ?? "");
    const words = this.inside ? say("chat.room-menu") : say("rooms.menu-of", { room: name });
    return html`<button
        class="icon menu-button"
        aria-label=${words}
        title=${words}
        aria-haspopup="menu"
        aria-expanded=${this.open ? "true" : "false"}
        @click=${this.#toggle}
      >
        ${icon("more")}
      </button>
      <p class="wrong-words" role="alert">${this.refused || nothing}</p>
      ${
        this.open
          ? html`<div class="menu" role="menu" tabindex="-1" aria-label=${words} @keydown=${this.#pressed} @focusout=${this.#left}>
              ${this.inside ? this.#panes().map((item) => this.#item(item)) : nothing}
              ${this.#marks().map((item) => this.#item(item))}
              <div class="group" role="group" aria-labelledby="notify">
                <span id="notify">${say("rooms.notify")}</span>
                ${this.#levels().map((item) => this.#item(item))}
              </div>
            </div>`
          : nothing
      }`;
  }

  #panes(): Item[] {
    const may = this.#room?.summary?.may;
    return [
      { pane: "invite", words: say("chat.invite"), off: this.readonly || !may?.invite },
      { pane: "members", words: say("chat.members") },
      { pane: "settings", words: say("chat.settings-of-room") },
      { pane: "leave", words: say("chat.leave"), off: this.readonly },
    ];
  }

  #marks(): Item[] {
    const summary = this.#room?.summary;
    const unread = summary !== undefined && isUnread(summary, this.state.quiet);
    const doing = { type: "markRoom", room: this.roomId, unread: !unread } as const;
    const words = say(unread ? "rooms.mark-read" : "rooms.mark-unread");
    return [{ words, doing, off: this.readonly, ...(!unread && { leaves: true }) }];
  }

  #levels(): Item[] {
    const now = this.state.quiet.get(this.roomId) ?? "all";
    return (["all", "mentions", "mute"] as const).map((notify) => ({
      words: say(`rooms.notify-${notify}`),
      chosen: notify === now,
      off: this.readonly,
      doing: { type: "setRoomNotify", room: this.roomId, notify },
    }));
  }

  #item(item: Item): TemplateResult {
    const { words, off = false, chosen, pane } = item;
    return html`<button
      role=${chosen === undefined ? "menuitem" : "menuitemradio"}
      aria-checked=${chosen === undefined ? nothing : String(chosen)}
      data-pane=${pane ?? nothing}
      ?disabled=${off}
      tabindex="-1"
      @click=${() => this.#take(item)}
    >
      ${words}
    </button>`;
  }

  readonly #toggle = async (): Promise<void> => {
    this.open = !this.open;
    this.refused = "";
    await this.updateComplete;
    if (!this.open) return;
    this.#fit();
    this.#items()[0]?.focus();
  };

  /** The menu ends with what it lies over, and scrolls: a device on the stage may be low. */
  #fit(): void {
    const menu = this.renderRoot.querySelector<HTMLElement>(".menu");
    const around = (this.getRootNode() as ShadowRoot).host.getBoundingClientRect();
    if (menu)
      menu.style.maxBlockSize = `${Math.max(lowest, around.bottom - menu.getBoundingClientRect().top - 4)}px`;
  }

  async #take({ pane, doing, leaves }: Item): Promise<void> {
    this.#close();
    if (pane) this.dispatchEvent(new PaneEvent(pane));
    if (!doing) return;
    const result = await act(this, this.by, doing);
    if (!result.ok) this.refused = refusalWords(result.refusal);
    // What is on the screen would be read at once.
    else if (leaves && this.inside) this.dispatchEvent(new OpenRoomEvent(null));
  }

  readonly #pressed = (event: KeyboardEvent): void => {
    const items = this.#items();
    const at = items.findIndex((item) => item.matches(":focus"));
    const next = { ArrowDown: at + 1, ArrowUp: at - 1, Home: 0, End: items.length - 1 }[event.key];
    if (next !== undefined) {
      event.preventDefault();
      items.at(next % items.length)?.focus();
    } else if (event.key === "Escape") {
      event.stopPropagation();
      this.#close();
    } else if (event.key === "Tab") {
      // It goes on from the button.
      this.#close();
    }
  };

  readonly #left = (event: FocusEvent): void => {
    const to = event.relatedTarget;
    if (to === null || (to instanceof Element && to.closest(".menu, .menu-button"))) return;
    this.open = false;
  };

  readonly #outside = (event: PointerEvent): void => {
    if (this.open && !event.composedPath().includes(this)) this.open = false;
  };

  #close(): void {
    this.renderRoot.querySelector<HTMLElement>(".menu-button")?.focus();
    this.open = false;
  }

  #items(): HTMLElement[] {
    return [...this.renderRoot.querySelectorAll<HTMLElement>(".menu button:enabled")];
  }
}

customElements.define("homeroom-chat-room-menu", HomeroomChatRoomMenu);

declare global {
  interface HTMLElementTagNameMap {
    "homeroom-chat-room-menu": HomeroomChatRoomMenu;
  }
}
