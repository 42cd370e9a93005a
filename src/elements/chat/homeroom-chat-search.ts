import { css, html, nothing, type TemplateResult } from "lit";
import { refusalWords } from "../../catalogue/refusal-words.ts";
import { say } from "../../catalogue/room-words.ts";
import type { FoundMessage } from "../../client/room-facts.ts";
import { avatar } from "./chat-avatar.ts";
import { chatChoice, chatField } from "./chat-field.ts";
import { OpenRoomEvent } from "./chat-pane.ts";
import { ChatPaneElement } from "./chat-pane-element.ts";
import { chatPanel } from "./chat-panel.ts";
import { clockTime, localpartOf, named, sayRich, shortName } from "./chat-words.ts";

/** Looks for what was said, everywhere or in the room on the screen. */
export class HomeroomChatSearch extends ChatPaneElement {
  static override properties = { here: { state: true }, asked: { state: true } };

  declare private here: boolean;
  declare private asked: boolean;

  static override styles = [
    ...super.styles,
    css`
      .found {
        display: grid;
        gap: 2px;
      }
      .message {
        display: flex;
        gap: 0.65rem;
        inline-size: 100%;
        padding: 0.5rem 0.4rem;
        border: 0;
        border-radius: 9px;
        background: none;
        font-weight: 400;
        text-align: start;
      }
      .message:hover {
        background: var(--surface-soft);
      }
      .message > span:last-child {
        display: grid;
        min-inline-size: 0;
        overflow-wrap: anywhere;
      }
      mark {
        border-radius: 3px;
        background: color-mix(in srgb, var(--sealed), transparent 65%);
        color: inherit;
      }
    `,
  ];

  constructor() {
    super();
    this.here = false;
    this.asked = false;
  }

  protected override render(): TemplateResult {
    const { room } = this;
    return chatPanel(
      this,
      say("rooms.search-messages"),
      html`<form novalidate role="search" @submit=${this.#search}>
          ${chatField({ id: "text", label: say("rooms.words"), off: this.off, refused: this.refused })}
          ${
            room
              ? chatChoice<"all" | "here">({
                  name: "where",
                  legend: say("rooms.where"),
                  options: [
                    { value: "all", words: say("rooms.everywhere") },
                    {
                      value: "here",
                      words: sayRich("rooms.only-here", { room: named(room.summary?.name ?? "") }),
                    },
                  ],
                  chosen: this.here ? "here" : "all",
                  off: this.off,
                  choose: (where) => {
                    this.here = where === "here";
                  },
                })
              : nothing
          }
          <button class="primary" data-act="search" ?disabled=${this.off}>
            ${say(this.waiting ? "chat.working" : "rooms.search")}
          </button>
        </form>
        <p class="wrong-words" role="alert">
          ${this.refused && this.refused.field !== "text" ? refusalWords(this.refused) : nothing}
        </p>
        ${this.asked ? this.#messages() : nothing}`,
    );
  }

  #messages(): TemplateResult | typeof nothing {
    const { found } = this.state;
    if (!found) return nothing;
    const words =
      found.messages.length === 0
        ? say("rooms.messages-none")
        : say("rooms.messages-count", { n: Math.max(found.count, found.messages.length) });
    return html`<p class="said" role="status">${words}</p>
      <ul class="found" role="list" aria-label=${say("rooms.search-messages")}>
        ${found.messages.map((message) => html`<li>${this.#message(message, found.text)}</li>`)}
      </ul>`;
  }

  #message({ room: id, event, sender, at, text }: FoundMessage, words: string): TemplateResult {
    const room = this.state.rooms.get(id);
    const name = room?.members.get(sender)?.name ?? localpartOf(sender);
    return html`<button class="message" data-event=${event} @click=${() => this.dispatchEvent(new OpenRoomEvent(id, event))}>
      ${avatar(name, sender, this.looks)}
      <span
        ><span><strong><bdi>${shortName(name)}</bdi></strong> <small>${shortName(room?.summary?.name ?? "")}, ${clockTime(at)}</small></span
        ><bdi>${marked(text.slice(0, 300), words)}</bdi></span
      >
    </button>`;
  }

  readonly #search = async (event: SubmitEvent): Promise<void> => {
    event.preventDefault();
    const text = this.input("text")?.value.trim() ?? "";
    if (this.off) return;
    if (text === "") {
      this.refused = { code: "chat/no-words", facts: {}, field: "text" };
      this.input("text")?.focus();
      return;
    }
    const result = await this.do(
      { type: "searchMessages", text, ...(this.here && this.roomId !== "" && { in: this.roomId }) },
      "text",
    );
    this.asked = result.ok;
  };
}

/** The text, with the words that were looked for marked in it. */
function marked(text: string, words: string): unknown {
  const wanted = words
    .split(/\s+/)
    .filter(Boolean)
    .map((word) => word.replace(/[.*+?^${}()|[\]\\]/g, "\\$&"));
  if (wanted.length === 0) return text;
  const parts = text.split(new RegExp(`(${wanted.join("|")})`, "iu"));
  return parts.map((part, at) => (at % 2 === 1 ? html`<mark>${part}</mark>` : part));
}

customElements.define("homeroom-chat-search", HomeroomChatSearch);

declare global {
  interface HTMLElementTagNameMap {
    "homeroom-chat-search": HomeroomChatSearch;
  }
}
