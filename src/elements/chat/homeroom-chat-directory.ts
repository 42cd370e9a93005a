import { html, nothing, type TemplateResult } from "lit";
import { refusalWords } from "../../catalogue/refusal-words.ts";
import { say } from "../../catalogue/room-words.ts";
import type { PublicRoom } from "../../client/room-facts.ts";
import { chatField } from "./chat-field.ts";
import { OpenRoomEvent } from "./chat-pane.ts";
import { ChatPaneElement } from "./chat-pane-element.ts";
import { chatPanel } from "./chat-panel.ts";
import { type RoomDeed, roomCard, roomCardStyles, roomDeed } from "./chat-room-card.ts";
import { named, sayRich } from "./chat-words.ts";

/** Rooms that a server's directory lists: to be found, joined and knocked at. */
export class HomeroomChatDirectory extends ChatPaneElement {
  static override properties = { knockAt: { state: true }, asked: { state: true } };

  /** The room at whose door words are being found. */
  declare private knockAt: PublicRoom | undefined;
  /** The directory was asked since the pane was opened. */
  declare private asked: boolean;

  static override styles = [...super.styles, roomCardStyles];

  constructor() {
    super();
    this.knockAt = undefined;
    this.asked = false;
  }

  protected override render(): TemplateResult {
    return chatPanel(
      this,
      say("rooms.find-rooms"),
      html`<form novalidate role="search" @submit=${this.#search}>
          ${chatField({ id: "term", label: say("rooms.search-term"), off: this.off })}
          ${chatField({ id: "server", label: say("rooms.directory-of"), value: this.server, wire: true, off: this.off, refused: this.refused })}
          <button class="primary" data-act="search" ?disabled=${this.off}>
            ${say(this.waiting ? "chat.working" : "rooms.search")}
          </button>
        </form>
        <p class="wrong-words" role="alert">
          ${this.refused && this.refused.field !== "server" ? refusalWords(this.refused) : nothing}
        </p>
        ${this.knockAt ? this.#knock(this.knockAt) : nothing} ${this.asked ? this.#rooms() : nothing}`,
    );
  }

  #rooms(): TemplateResult | typeof nothing {
    const { directory } = this.state;
    if (!directory) return nothing;
    const { rooms, more } = directory;
    const words =
      rooms.length === 0 ? say("rooms.found-none") : say("rooms.found-count", { n: rooms.length });
    return html`<p class="said" role="status">${words}</p>
      <ul class="cards" role="list" aria-label=${say("rooms.find-rooms")}>
        ${rooms.map((room) => {
          const deed = roomDeed(this.state, room);
          return html`<li>${roomCard({ room, deed, looks: this.looks, off: this.off, act: () => this.#deed(room, deed) })}</li>`;
        })}
      </ul>
      ${more ? html`<p class="said">${say("rooms.found-more")}</p>` : nothing}`;
  }

  #knock(room: PublicRoom): TemplateResult {
    return html`<form class="ask" novalidate @submit=${this.#sendKnock}>
      <p><strong>${sayRich("rooms.knock-at", { room: named(room.name ?? room.alias ?? room.id) })}</strong></p>
      ${chatField({ id: "words", label: say("rooms.knock-words"), off: this.off })}
      <div class="row">
        <button class="primary" data-act="knock-now" ?disabled=${this.off}>${say("rooms.deed-knock")}</button>
        <button type="button" @click=${() => this.#askToKnock(undefined)}>${say("rooms.cancel")}</button>
      </div>
    </form>`;
  }

  readonly #search = async (event: SubmitEvent): Promise<void> => {
    event.preventDefault();
    if (this.off) return;
    const term = this.input("term")?.value.trim() ?? "";
    const server = this.input("server")?.value.trim() || this.server;
    this.knockAt = undefined;
    const result = await this.do(
      {
        type: "searchDirectory",
        ...(term !== "" && { term }),
        ...(server !== this.server && { server }),
      },
      "term",
    );
    this.asked = result.ok;
  };

  async #deed(room: PublicRoom, deed: RoomDeed): Promise<void> {
    if (deed === "open") return void this.dispatchEvent(new OpenRoomEvent(room.id));
    if (deed === "knock") return this.#askToKnock(room);
    const result = await this.do({
      type: "join",
      room: room.id,
      via: [this.state.directory?.server ?? this.server],
    });
    if (result.ok) this.dispatchEvent(new OpenRoomEvent(result.room ?? room.id));
  }

  async #askToKnock(room: PublicRoom | undefined): Promise<void> {
    this.knockAt = room;
    await this.updateComplete;
    this.input(room ? "words" : "term")?.focus();
  }

  readonly #sendKnock = async (event: SubmitEvent): Promise<void> => {
    event.preventDefault();
    const room = this.knockAt;
    if (this.off || !room) return;
    const reason = this.input("words")?.value.trim() ?? "";
    const via = [this.state.directory?.server ?? this.server];
    const result = await this.do({ type: "knock", room: room.id, via, ...(reason !== "" && { reason }) });
    if (result.ok) await this.#askToKnock(undefined);
  };
}

customElements.define("homeroom-chat-directory", HomeroomChatDirectory);

declare global {
  interface HTMLElementTagNameMap {
    "homeroom-chat-directory": HomeroomChatDirectory;
  }
}
