import { html, nothing, type TemplateResult } from "lit";
import { refusalWords } from "../../catalogue/refusal-words.ts";
import { say } from "../../catalogue/room-words.ts";
import { avatar } from "./chat-avatar.ts";
import { ChatPaneElement } from "./chat-pane-element.ts";
import { chatPanel } from "./chat-panel.ts";
import { childrenOf } from "./chat-room-state.ts";
import { named, sayRich, shortName } from "./chat-words.ts";

/** Puts rooms that this user is in into a space. */
export class HomeroomChatSpaceRooms extends ChatPaneElement {
  protected override render(): TemplateResult {
    const inside = new Set([this.roomId, ...childrenOf(this.room)]);
    const rooms = [...this.state.rooms].filter(
      ([id, { summary }]) => summary?.membership === "join" && !summary.direct && !inside.has(id),
    );
    return chatPanel(
      this,
      sayRich("rooms.add-to", { space: named(this.room?.summary?.name ?? "") }),
      html`<p class="wrong-words" role="alert">${this.refused ? refusalWords(this.refused) : nothing}</p>
        ${
          rooms.length === 0
            ? html`<p class="said" role="status">${say("rooms.add-none")}</p>`
            : html`<div>
                <h4 class="sub" id="which">${say("rooms.add-which")}</h4>
                <ul class="people" role="list" aria-labelledby="which">
                  ${rooms.map(
                    ([id, { summary }]) => html`<li class="person" data-room=${id}>
                      ${avatar(summary?.name ?? "", summary?.alias ?? id, this.looks)}<span
                        ><bdi class="one-line" id=${`name-${id}`}>${shortName(summary?.name ?? "")}</bdi
                        >${
                          summary?.topic
                            ? html`<small class="one-line"><bdi>${summary.topic.slice(0, 200)}</bdi></small>`
                            : nothing
                        }</span
                      ><button data-act="add" aria-describedby=${`name-${id}`} ?disabled=${this.off} @click=${() => this.#add(id)}>${say("rooms.add")}</button>
                    </li>`,
                  )}
                </ul>
              </div>`
        }`,
    );
  }

  async #add(room: string): Promise<void> {
    await this.do({ type: "addToSpace", space: this.roomId, room });
    await this.updateComplete;
    // The button is gone with its line.
    this.input<HTMLElement>("title")?.focus();
  }
}

customElements.define("homeroom-chat-space-rooms", HomeroomChatSpaceRooms);

declare global {
  interface HTMLElementTagNameMap {
    "homeroom-chat-space-rooms": HomeroomChatSpaceRooms;
  }
}
