import {
  html,
  nothing,
  type ReactiveController,
  type ReactiveControllerHost,
  type TemplateResult,
} from "lit";
import { say } from "../../catalogue/catalogue.ts";
import type { ChatRoom } from "./chat-fold.ts";
import { icon } from "./chat-icons.ts";
import type { Pane } from "./chat-pane.ts";

type MenuHost = ReactiveControllerHost & HTMLElement & { readonly renderRoot: ParentNode };

/** What can be done with the room on the screen. Arrow keys move, Escape closes. */
export class RoomMenu implements ReactiveController {
  readonly #host: MenuHost;
  readonly #choose: (pane: Pane) => void;
  #open = false;

  constructor(host: MenuHost, choose: (pane: Pane) => void) {
    this.#host = host;
    this.#choose = choose;
    host.addController(this);
  }

  hostConnected(): void {
    document.addEventListener("pointerdown", this.#outside);
  }

  hostDisconnected(): void {
    document.removeEventListener("pointerdown", this.#outside);
  }

  render({ summary }: ChatRoom, readonly: boolean): TemplateResult {
    const items: { pane: Pane; words: string; off?: boolean }[] = [
      { pane: "invite", words: say("chat.invite"), off: readonly || !summary?.may.invite },
      { pane: "members", words: say("chat.members") },
      { pane: "settings", words: say("chat.settings-of-room") },
      { pane: "leave", words: say("chat.leave"), off: readonly },
    ];
    return html`<button
        class="icon menu-button"
        aria-label=${say("chat.room-menu")}
        title=${say("chat.room-menu")}
        aria-haspopup="menu"
        aria-expanded=${this.#open ? "true" : "false"}
        @click=${this.#toggle}
      >
        ${icon("more")}
      </button>
      ${
        this.#open
          ? html`<div class="menu" role="menu" aria-label=${say("chat.room-menu")} @keydown=${this.#pressed} @focusout=${this.#left}>
              ${items.map(
                ({ pane, words, off }) => html`<button
                  role="menuitem"
                  data-pane=${pane}
                  ?disabled=${off}
                  tabindex="-1"
                  @click=${() => this.#take(pane)}
                >
                  ${words}
                </button>`,
              )}
            </div>`
          : nothing
      }`;
  }

  readonly #toggle = async (): Promise<void> => {
    this.#set(!this.#open);
    await this.#host.updateComplete;
    if (this.#open) this.#items()[0]?.focus();
  };

  #take(pane: Pane): void {
    this.#button()?.focus();
    this.#set(false);
    this.#choose(pane);
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
      this.#button()?.focus();
      this.#set(false);
    }
  };

  readonly #left = (event: FocusEvent): void => {
    const to = event.relatedTarget;
    if (to === null || (to instanceof Element && to.closest(".menu, .menu-button"))) return;
    this.#set(false);
  };

  readonly #outside = (event: PointerEvent): void => {
    if (!this.#open) return;
    const path = event.composedPath();
    if (!path.some((each) => each instanceof Element && each.matches(".menu, .menu-button")))
      this.#set(false);
  };

  #set(open: boolean): void {
    this.#open = open;
    this.#host.requestUpdate();
  }

  #items(): HTMLElement[] {
    return [...this.#host.renderRoot.querySelectorAll<HTMLElement>(".menu button:enabled")];
  }

  #button(): HTMLElement | null {
    return this.#host.renderRoot.querySelector<HTMLElement>(".menu-button");
  }
}
