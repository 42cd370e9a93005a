import { css, html, nothing, type TemplateResult } from "lit";
import { refusalWords } from "../../catalogue/refusal-words.ts";
import { say } from "../../catalogue/room-words.ts";
import { textOf } from "../../client/room-state.ts";
import { avatar } from "./chat-avatar.ts";
import { ChatPaneElement } from "./chat-pane-element.ts";
import { Powers } from "./chat-room-state.ts";
import { localpartOf, named, sayRich } from "./chat-words.ts";
import "../addresses/homeroom-address.ts";

/** Those who knock at a room, for whoever may let them in. */
export class HomeroomChatKnocks extends ChatPaneElement {
  static override styles = [
    ...super.styles,
    css`
      :host {
        block-size: auto;
        max-block-size: 50%;
        overflow-y: auto;
      }
      .knock {
        display: flex;
        flex-wrap: wrap;
        align-items: center;
        gap: 0.5rem 0.65rem;
        padding: 0.5rem 0.9rem;
        border-block-end: 1px solid var(--line);
        background: var(--accent-soft);
        font-size: 0.92rem;
        line-height: 1.4;
      }
      .about {
        flex: 1 1 9rem;
        min-inline-size: 0;
        overflow-wrap: anywhere;
      }
    `,
  ];

  protected override render(): TemplateResult | typeof nothing {
    const { room } = this;
    const knocking = [...(room?.members.values() ?? [])].filter(({ membership }) => membership === "knock");
    const powers = new Powers(this.state, room);
    if (knocking.length === 0 || !powers.may("invite")) return nothing;
    return html`<ul role="list" aria-label=${say("rooms.knocks")}>
      ${knocking.map(({ user, name }) => {
        const words = this.#words(user);
        return html`<li class="knock" data-user=${user}>
          ${avatar(name, user, this.looks)}
          <div class="about">
            <p id=${`knock-${user}`}>
              ${sayRich("rooms.knocking", { name: named(name || localpartOf(user)) })}
              ${words === undefined ? nothing : html`<q><bdi>${words.slice(0, 300)}</bdi></q>`}
            </p>
            <p><homeroom-address .text=${user} .looks=${this.looks}></homeroom-address></p>
          </div>
          <div class="row">
            <button class="primary" data-act="let-in" aria-describedby=${`knock-${user}`} ?disabled=${this.off} @click=${() => this.do({ type: "invite", room: this.roomId, user })}>${say("rooms.let-in")}</button>
            ${
              powers.mayAgainst("kick", user)
                ? html`<button data-act="turn-away" aria-describedby=${`knock-${user}`} ?disabled=${this.off} @click=${() => this.do({ type: "kick", room: this.roomId, user })}>${say("rooms.turn-away")}</button>`
                : nothing
            }
          </div>
        </li>`;
      })}
    </ul>
    <p class="wrong-words" role="alert">${this.refused ? refusalWords(this.refused) : nothing}</p>`;
  }

  /** What they say at the door. */
  #words(user: string): string | undefined {
    const event = this.room?.events.findLast(
      ({ type, stateKey }) => type === "m.room.member" && stateKey === user,
    );
    return textOf(event?.content.reason);
  }
}

customElements.define("homeroom-chat-knocks", HomeroomChatKnocks);

declare global {
  interface HTMLElementTagNameMap {
    "homeroom-chat-knocks": HomeroomChatKnocks;
  }
}
