import { css, html, nothing, type PropertyValues, type TemplateResult } from "lit";
import { refusalWords } from "../../catalogue/refusal-words.ts";
import { say } from "../../catalogue/room-words.ts";
import type { SpaceRoom } from "../../client/room-facts.ts";
import { textOf } from "../../client/room-state.ts";
import { avatar } from "./chat-avatar.ts";
import { icon } from "./chat-icons.ts";
import { OpenRoomEvent, PaneEvent } from "./chat-pane.ts";
import { ChatPaneElement } from "./chat-pane-element.ts";
import { type RoomDeed, roomCard, roomCardStyles, roomDeed } from "./chat-room-card.ts";
import { childrenOf, Powers, stateOf } from "./chat-room-state.ts";
import { shortName } from "./chat-words.ts";

/** A space on a device's screen: what it is for, and the rooms in it, also those that one is not in. */
export class HomeroomChatSpace extends ChatPaneElement {
  #asked = "";

  static override styles = [
    ...super.styles,
    roomCardStyles,
    css`
      :host {
        overflow-y: auto;
      }
      .inside {
        max-inline-size: 36rem;
      }
      .title {
        display: flex;
        align-items: center;
        gap: 0.65rem;
      }
      .title .topic {
        color: var(--ink-soft);
        font-size: 0.92rem;
        line-height: 1.4;
        overflow-wrap: anywhere;
      }
      ul ul {
        padding-inline-start: 1.2rem;
        border-inline-start: 2px solid var(--line);
      }
    `,
  ];

  protected override updated(changed: PropertyValues<this>): void {
    super.updated(changed);
    if (this.readonly) return;
    // What lies in it is asked for once it is looked at, and again when the space changes.
    const now = `${this.roomId} ${childrenOf(this.room).join(" ")}`;
    if (now === this.#asked) return;
    this.#asked = now;
    void this.do({ type: "browseSpace", space: this.roomId });
  }

  protected override render(): TemplateResult {
    const { room } = this;
    const name = room?.summary?.name ?? "";
    const topic = textOf(stateOf(room)("m.room.topic")?.content.topic);
    const found = this.state.hierarchies.get(this.roomId);
    const may = new Powers(this.state, room).may("m.space.child");
    const rooms = new Map((found ?? []).map((each) => [each.id, each]));
    const children = childrenOf(room).flatMap((id) => rooms.get(id) ?? []);
    return html`<div class="inside">
      <div class="title">
        ${avatar(name, room?.summary?.alias ?? this.roomId, this.looks, "big")}
        <div>
          <p><strong><bdi>${shortName(name)}</bdi></strong></p>
          ${topic === undefined ? nothing : html`<p class="topic"><bdi>${topic.slice(0, 500)}</bdi></p>`}
        </div>
      </div>
      ${
        may
          ? html`<div class="row">
              <button data-act="add-rooms" ?disabled=${this.readonly} @click=${() => this.dispatchEvent(new PaneEvent("space-rooms"))}>${say("rooms.add-rooms")}</button>
            </div>`
          : nothing
      }
      <p class="wrong-words" role="alert">${this.refused ? refusalWords(this.refused) : nothing}</p>
      ${
        found && children.length > 0
          ? this.#rooms(
              children,
              rooms,
              may,
              say("rooms.rooms-of", { space: shortName(name) }),
              new Set([this.roomId]),
            )
          : html`<p class="said" role="status">${say(found ? "rooms.space-empty" : "rooms.loading")}</p>`
      }
    </div>`;
  }

  #rooms(
    list: readonly SpaceRoom[],
    all: ReadonlyMap<string, SpaceRoom>,
    may: boolean,
    label: string,
    above: ReadonlySet<string>,
  ): TemplateResult {
    return html`<ul class="cards" role="list" aria-label=${label}>
      ${list.map((room) => {
        const deed = roomDeed(this.state, room, true);
        // Spaces may hold one another: each is opened once on a way down.
        const inner = room.children.flatMap(({ room: id }) => (above.has(id) ? [] : (all.get(id) ?? [])));
        const name = shortName(room.name ?? room.id);
        return html`<li>
          ${roomCard({
            room,
            deed,
            looks: this.looks,
            off: this.off,
            act: () => this.#deed(room, deed),
            more: may
              ? html`<button class="icon" data-act="take-out" aria-label=${say("rooms.take-out", { room: name })} title=${say("rooms.take-out", { room: name })} ?disabled=${this.off} @click=${() => this.do({ type: "removeFromSpace", space: this.roomId, room: room.id })}>${icon("close")}</button>`
              : nothing,
          })}
          ${
            inner.length > 0
              ? this.#rooms(
                  inner,
                  all,
                  false,
                  say("rooms.rooms-of", { space: name }),
                  new Set([...above, room.id]),
                )
              : nothing
          }
        </li>`;
      })}
    </ul>`;
  }

  async #deed(room: SpaceRoom, deed: RoomDeed): Promise<void> {
    if (deed === "open") return void this.dispatchEvent(new OpenRoomEvent(room.id));
    const via = this.#via(room.id);
    const result = await this.do({ type: deed === "knock" ? "knock" : "join", room: room.id, via });
    if (result.ok && deed === "join") this.dispatchEvent(new OpenRoomEvent(result.room ?? room.id));
  }

  /** The servers that the space names for its room. */
  #via(room: string): string[] {
    const via = stateOf(this.room)("m.space.child", room)?.content.via;
    return Array.isArray(via) ? via.filter((server) => typeof server === "string") : [];
  }
}

customElements.define("homeroom-chat-space", HomeroomChatSpace);

declare global {
  interface HTMLElementTagNameMap {
    "homeroom-chat-space": HomeroomChatSpace;
  }
}
