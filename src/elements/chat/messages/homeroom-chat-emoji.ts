import { css, html, LitElement, type TemplateResult } from "lit";
import { say } from "../../../catalogue/message-words.ts";
import type { ClientManner } from "../../../world/action.ts";
import { chatPanel, panelStyles } from "../chat-panel.ts";
import { chatStyles } from "../chat-styles.ts";
import { emojiGroups } from "./emoji-groups.ts";

/** Fired when an emoji was chosen. */
export class EmojiEvent extends Event {
  static readonly type = "homeroom-chat-emoji-chosen";
  readonly emoji: string;

  constructor(emoji: string) {
    super(EmojiEvent.type, { bubbles: true, composed: true });
    this.emoji = emoji;
  }
}

/** A small choice of emoji. Arrow keys go through them. */
export class HomeroomChatEmoji extends LitElement {
  static override properties = { manner: { reflect: true } };

  declare manner: ClientManner;

  static override styles = [
    ...chatStyles,
    panelStyles,
    css`
      .emoji {
        display: grid;
        grid-template-columns: repeat(auto-fill, minmax(2.5rem, 1fr));
      }
      .emoji button {
        min-block-size: 2.5rem;
        padding: 0;
        border: 0;
        border-radius: 8px;
        background: none;
        font-size: 1.35rem;
      }
      .emoji button:hover {
        background: var(--surface-soft);
      }
    `,
  ];

  constructor() {
    super();
    this.manner = "bubbles";
  }

  protected override render(): TemplateResult {
    return chatPanel(
      this,
      say("messages.emoji"),
      html`<div @keydown=${this.#pressed}>
        ${emojiGroups.map(
          ({ name, emoji }, group) => html`<h4 class="sub" id=${`group-${group}`}>${say(name)}</h4>
            <div class="emoji" role="group" aria-labelledby=${`group-${group}`}>
              ${emoji.map(
                (each, at) => html`<button
                  tabindex=${group === 0 && at === 0 ? "0" : "-1"}
                  data-key=${each}
                  @click=${() => this.dispatchEvent(new EmojiEvent(each))}
                >
                  ${each}
                </button>`,
              )}
            </div>`,
        )}
      </div>`,
    );
  }

  readonly #pressed = (event: KeyboardEvent): void => {
    const all = [...this.renderRoot.querySelectorAll<HTMLElement>(".emoji button")];
    const at = all.findIndex((each) => each.matches(":focus"));
    const across = Math.max(1, all.filter((each) => each.offsetTop === all[0]?.offsetTop).length);
    const step = { ArrowRight: 1, ArrowLeft: -1, ArrowDown: across, ArrowUp: -across }[event.key];
    const next = step === undefined || at < 0 ? undefined : all[at + step];
    if (!next) return;
    event.preventDefault();
    next.focus();
  };
}

customElements.define("homeroom-chat-emoji", HomeroomChatEmoji);

declare global {
  interface HTMLElementEventMap {
    "homeroom-chat-emoji-chosen": EmojiEvent;
  }
  interface HTMLElementTagNameMap {
    "homeroom-chat-emoji": HomeroomChatEmoji;
  }
}
