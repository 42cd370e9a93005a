import { css, html, nothing, type TemplateResult } from "lit";
import { refusalWords } from "../../catalogue/refusal-words.ts";
import { say } from "../../catalogue/room-words.ts";
import { joinRuleOf, successorOf, textOf } from "../../client/room-state.ts";
import type { Doing } from "./chat-act.ts";
import { type ChatRoom, noRoom, userOf } from "./chat-fold.ts";
import { OpenRoomEvent } from "./chat-pane.ts";
import { ChatPaneElement } from "./chat-pane-element.ts";
import { stateOf } from "./chat-room-state.ts";
import { localpartOf, named, sayRich } from "./chat-words.ts";

/**
 * What stands in place of the line to write in: for those outside, who knocked, left, or were removed; and for all
 * once the room has moved.
 */
export class HomeroomChatDoorway extends ChatPaneElement {
  static override styles = [
    ...super.styles,
    css`
      :host {
        block-size: auto;
        border-block-start: 1px solid var(--line);
      }
      .doorway {
        display: grid;
        justify-items: center;
        gap: 0.5rem;
        padding: 0.65rem 0.9rem;
        color: var(--ink-soft);
        font-size: 0.9rem;
        line-height: 1.4;
        text-align: center;
        overflow-wrap: anywhere;
      }
    `,
  ];

  protected override render(): TemplateResult {
    const next = successorOf(stateOf(this.room));
    return html`<div class="doorway">
      ${next ? this.#moved(next) : this.#outside()}
      <p class="wrong-words" role="alert">${this.refused ? refusalWords(this.refused) : nothing}</p>
    </div>`;
  }

  #moved({ room, words }: { room: string; words?: string }): TemplateResult {
    // Whoever moved the room is in the new one.
    const sender = stateOf(this.room)("m.room.tombstone")?.sender ?? "";
    const via = [sender.slice(sender.indexOf(":") + 1)];
    const there = this.state.rooms.get(room)?.summary?.membership === "join";
    const go = (): void => {
      if (there) this.dispatchEvent(new OpenRoomEvent(room));
      else void this.#then({ type: "join", room, via }, room);
    };
    return html`<p>
        <strong>${say("rooms.moved")}</strong>${words === undefined ? nothing : html` <bdi>${words.slice(0, 300)}</bdi>`}
      </p>
      <div class="row">
        <button class="primary" data-act="go-there" ?disabled=${this.off && !there} @click=${go}>${say("rooms.go-there")}</button>
      </div>`;
  }

  #outside(): TemplateResult {
    const room = this.roomId;
    const { membership } = this.room?.summary ?? {};
    if (membership === "knock")
      return html`<p>${say("chat.knocked")}</p>
        <div class="row">
          <button data-act="leave-knock" ?disabled=${this.off} @click=${() => this.#then({ type: "leave", room }, null)}>${say("rooms.leave-knock")}</button>
        </div>`;
    const open = membership === "leave" && joinRuleOf(stateOf(this.room)) === "public";
    return html`<p>${howItEnded(this.room ?? noRoom, userOf(this.state.session) ?? "")}</p>
      <div class="row">
        ${
          open
            ? html`<button data-act="join" ?disabled=${this.off} @click=${() => this.do({ type: "join", room })}>${say("rooms.join-again")}</button>`
            : nothing
        }
        <button data-act="forget" ?disabled=${this.off} @click=${() => this.#then({ type: "forget", room }, null)}>${say("rooms.forget")}</button>
      </div>`;
  }

  async #then(doing: Doing, open: string | null): Promise<void> {
    const result = await this.do(doing);
    if (result.ok) this.dispatchEvent(new OpenRoomEvent(open));
  }
}

/** By whom, and why, as the newest word about this user says. */
function howItEnded({ events, members }: ChatRoom, me: string): TemplateResult | string {
  const last = events.findLast(({ type, stateKey }) => type === "m.room.member" && stateKey === me);
  if (!last || last.sender === me) return say("rooms.left");
  const who = named(members.get(last.sender)?.name ?? localpartOf(last.sender));
  const why = textOf(last.content.reason);
  const form = last.content.membership === "ban" ? "banned-you" : "removed";
  return why === undefined
    ? sayRich(`rooms.ended-${form}`, { who })
    : sayRich(`rooms.ended-${form}-because`, { who, why: named(why) });
}

customElements.define("homeroom-chat-doorway", HomeroomChatDoorway);

declare global {
  interface HTMLElementTagNameMap {
    "homeroom-chat-doorway": HomeroomChatDoorway;
  }
}
