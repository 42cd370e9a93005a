import { html, LitElement, nothing, type TemplateResult } from "lit";
import { repeat } from "lit/directives/repeat.js";
import { say } from "../../catalogue/room-words.ts";
import type { RoomSummary } from "../../client/client-fact.ts";
import type { ClientManner } from "../../world/action.ts";
import type { ServerLooks } from "../server-look.ts";
import "./homeroom-chat-picture.ts";
import "./homeroom-chat-room-menu.ts";
import type { By } from "./chat-act.ts";
import { avatar } from "./chat-avatar.ts";
import { type ChatState, noChat, userOf } from "./chat-fold.ts";
import { type ChatIcon, icon } from "./chat-icons.ts";
import { invitation } from "./chat-invitation.ts";
import { chatListStyles } from "./chat-list-styles.ts";
import { OpenRoomEvent, type Pane, PaneEvent } from "./chat-pane.ts";
import { type RoomNode, roomTree } from "./chat-room-tree.ts";
import { chatStyles } from "./chat-styles.ts";
import { isUnread, unreadCount } from "./chat-unread.ts";
import { clockTime, shortName } from "./chat-words.ts";

/** The list of a device's chats: invitations first, then those with the newest words. */
export class HomeroomChatList extends LitElement {
  static override properties = {
    by: { attribute: false },
    state: { attribute: false },
    open: { attribute: false },
    looks: { attribute: false },
    manner: { reflect: true },
    readonly: { type: Boolean },
    folded: { state: true },
  };

  declare by: By;
  declare state: ChatState;
  /** The room beside the list. */
  declare open: string | null;
  declare looks: ServerLooks | undefined;
  declare manner: ClientManner;
  declare readonly: boolean;
  /** Spaces whose rooms are not shown. */
  declare private folded: ReadonlySet<string>;

  static override styles = [...chatStyles, chatListStyles];

  constructor() {
    super();
    this.by = { person: "", device: "" };
    this.state = noChat;
    this.open = null;
    this.looks = undefined;
    this.manner = "bubbles";
    this.readonly = false;
    this.folded = new Set();
  }

  protected override render(): TemplateResult {
    const rooms = listedRooms(this.state);
    const invites = rooms.filter(({ membership }) => membership === "invite");
    const left = leftRooms(this.state);
    const others = roomTree(
      this.state,
      rooms.filter(({ membership }) => membership !== "invite"),
    );
    return html`<div class="top">
        <h3>${say("chat.chats")}</h3>
        ${this.#pane("search", say("rooms.search-messages"), "search")}
        ${this.#pane("directory", say("rooms.find-rooms"), "compass")}
        ${this.#pane("new", say("chat.new"), "write")}
      </div>
      ${
        invites.length > 0
          ? html`<ul class="invites" role="list" aria-label=${say("chat.invitations")}>
              ${repeat(
                invites,
                ({ id }) => id,
                (room) => html`<li>${invitation(this, room, this)}</li>`,
              )}
            </ul>`
          : nothing
      }
      ${this.#rooms(others, say("chat.your-chats"))}
      ${
        rooms.length === 0
          ? html`<p class="empty">
              ${say(this.state.session.state === "starting" ? "chat.loading-chats" : "chat.no-chats")}
            </p>`
          : nothing
      }
      ${
        left.length > 0
          ? html`<details class="left">
              <summary>${say("rooms.left-count", { n: left.length })}</summary>
              ${this.#rooms(
                left.map((room) => ({ room, space: false, inside: [] })),
                say("rooms.left-rooms"),
              )}
            </details>`
          : nothing
      }`;
  }

  #pane(pane: Pane, words: string, drawing: ChatIcon): TemplateResult {
    return html`<button
      class="icon"
      data-pane=${pane}
      aria-label=${words}
      title=${words}
      ?disabled=${this.readonly}
      @click=${() => this.dispatchEvent(new PaneEvent(pane))}
    >
      ${icon(drawing)}
    </button>`;
  }

  #rooms(nodes: readonly RoomNode[], label: string): TemplateResult {
    return html`<ul class="rooms" role="list" aria-label=${label}>
      ${repeat(
        nodes,
        ({ room }) => room.id,
        (node, at) => html`<li>${node.space ? this.#space(node, at) : this.#room(node.room, at)}</li>`,
      )}
    </ul>`;
  }

  /** A space opens like a room, and beside it is what folds its rooms away. */
  #space({ room, inside }: RoomNode, at: number): TemplateResult {
    const name = shortName(room.name);
    const open = !this.folded.has(room.id);
    const toggle = (): void => {
      const folded = new Set(this.folded);
      if (!folded.delete(room.id)) folded.add(room.id);
      this.folded = folded;
    };
    return html`<div class="space">
        ${this.#room(room, at)}
        <button
          class="icon fold"
          aria-expanded=${open ? "true" : "false"}
          aria-label=${say("rooms.show-rooms", { space: name })}
          title=${say("rooms.show-rooms", { space: name })}
          @click=${toggle}
        >
          ${icon("unfold")}
        </button>
      </div>
      ${open && inside.length > 0 ? this.#rooms(inside, say("rooms.rooms-of", { space: name })) : nothing}`;
  }

  #room(room: RoomSummary, at: number): TemplateResult {
    const here = room.id === this.open;
    const unread = isUnread(room, this.state.quiet);
    const typing = this.state.rooms.get(room.id)?.typing.length ?? 0;
    const inside = room.membership === "join";
    return html`<div class="entry"><button
      class=${unread ? "room unread" : "room"}
      data-room=${room.id}
      aria-current=${here ? "true" : nothing}
      @click=${() => this.dispatchEvent(new OpenRoomEvent(room.id))}
    >
      <span class="count" aria-hidden="true">${at + 1}</span>
      <homeroom-chat-picture .mxc=${room.avatar}>${avatar(room.name, this.#addressOf(room), this.looks, "big")}</homeroom-chat-picture>
      <span class="about">
        <span class="line"
          ><bdi class="name one-line">${shortName(room.name)}</bdi
          >${room.latest ? html`<span class="time">${clockTime(room.latest.at)}</span>` : nothing}</span
        >
        <span class="line"
          ><span class="latest one-line">${this.#latest(room, typing > 0)}</span>
          ${this.#attention(room)}</span
        >
      </span>
    </button>
    ${
      inside
        ? html`<homeroom-chat-room-menu
            .by=${this.by}
            .state=${this.state}
            .roomId=${room.id}
            .manner=${this.manner}
            .readonly=${this.readonly}
          ></homeroom-chat-room-menu>`
        : nothing
    }</div>`;
  }

  /** Whether the room is to be noticed, and whether it can be. */
  #attention(room: RoomSummary): unknown {
    const { quiet } = this.state;
    const count = unreadCount(room, quiet);
    const muted = quiet.get(room.id) === "mute";
    return html`${
      muted
        ? html`<span class="muted" title=${say("rooms.muted")}>${icon("mute")}<span class="unseen">${say("rooms.muted")}</span></span>`
        : nothing
    }${
      count > 0
        ? html`<span class=${room.highlights > 0 ? "badge loud" : "badge"}
            >${count}<span class="unseen"> ${say("chat.unread", { n: count })}</span></span
          >`
        : room.markedUnread
          ? html`<span class="badge dot"><span class="unseen">${say("rooms.marked-unread")}</span></span>`
          : nothing
    }`;
  }

  /** What the avatar takes its colour from: in a chat of two the other one, else the room's address. */
  #addressOf(room: RoomSummary): string {
    const me = userOf(this.state.session);
    const members = this.state.rooms.get(room.id)?.members.values() ?? [];
    const other = room.direct ? [...members].find(({ user }) => user !== me)?.user : undefined;
    return other ?? room.alias ?? room.id;
  }

  #latest(room: RoomSummary, typing: boolean): unknown {
    if (typing) return html`<em>${say("chat.is-typing")}</em>`;
    if (room.membership === "knock") return say("chat.knocked");
    const { latest } = room;
    if (!latest) return room.topic ? html`<bdi>${room.topic.slice(0, 200)}</bdi>` : nothing;
    const sender = room.direct ? nothing : html`<bdi>${shortName(latest.sender)}</bdi>: `;
    return html`${sender}<bdi>${latest.text.slice(0, 200)}</bdi>`;
  }
}

/** The rooms of the list, in its order. */
export function listedRooms(state: ChatState): RoomSummary[] {
  const rooms: RoomSummary[] = [];
  for (const { summary } of state.rooms.values()) {
    if (summary && ["join", "invite", "knock"].includes(summary.membership)) rooms.push(summary);
  }
  const rank = ({ membership, latest }: RoomSummary): number =>
    membership === "invite" ? Number.POSITIVE_INFINITY : (latest?.at ?? 0);
  return rooms.sort((a, b) => (rank(a) === rank(b) ? a.name.localeCompare(b.name) : rank(b) - rank(a)));
}

/** The rooms that this user was in, the one with the newest words first. */
function leftRooms(state: ChatState): RoomSummary[] {
  const rooms = [...state.rooms.values()].flatMap(({ summary }) =>
    summary && ["leave", "ban"].includes(summary.membership) ? [summary] : [],
  );
  return rooms.sort((a, b) => (b.latest?.at ?? 0) - (a.latest?.at ?? 0));
}

customElements.define("homeroom-chat-list", HomeroomChatList);

declare global {
  interface HTMLElementTagNameMap {
    "homeroom-chat-list": HomeroomChatList;
  }
}
