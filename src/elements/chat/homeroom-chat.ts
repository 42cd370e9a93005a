import { html, LitElement, nothing, type PropertyValues, type TemplateResult } from "lit";
import { say } from "../../catalogue/catalogue.ts";
import type { Action, ClientManner, DeviceKind } from "../../world/action.ts";
import type { Bindings } from "../../world/world.ts";
import { deviceName } from "../device-name.ts";
import type { Demonstrates, Hand } from "../hand.ts";
import { act, type By } from "./chat-act.ts";
import { avatar } from "./chat-avatar.ts";
import { focusedIn, KeptFocus } from "./chat-focus.ts";
import { type ChatRoom, type ChatState, noChat, userOf } from "./chat-fold.ts";
import { chatFrameStyles } from "./chat-frame-styles.ts";
import { icon } from "./chat-icons.ts";
import { OpenRoomEvent, type Pane, PaneEvent, roomlessPanes } from "./chat-pane.ts";
import { chatStyles } from "./chat-styles.ts";
import { shortName } from "./chat-words.ts";
import "../addresses/homeroom-address.ts";
import "./homeroom-chat-entry.ts";
import type { ServerLooks } from "../server-look.ts";
import type { Suggestions } from "./homeroom-chat-entry.ts";
import type { HomeroomChatConversation } from "./messages/homeroom-chat-conversation.ts";

/**
 * One device with its chat program: the door with its forms, the list of chats, a room. Wide, list and room stand side
 * by side; narrow, one at a time. What it shows is `state`, what the learner does goes out as ActEvents.
 */
export class HomeroomChat extends LitElement implements Demonstrates {
  static override properties = {
    host: {},
    person: {},
    kind: {},
    manner: { reflect: true },
    state: { attribute: false },
    server: {},
    bindings: { attribute: false },
    looks: { attribute: false },
    suggestions: { attribute: false },
    arriving: { type: Boolean },
    readonly: { type: Boolean },
    pane: { state: true },
    wanted: { state: true },
    attended: { state: true },
  };

  /** The device's host: `you/laptop`. */
  declare host: string;
  /** Its owner's name, as shown. */
  declare person: string;
  declare kind: DeviceKind;
  declare manner: ClientManner;
  declare state: ChatState;
  /** The homeserver where the owner lives, or will. */
  declare server: string;
  declare bindings: Bindings | undefined;
  declare looks: ServerLooks | undefined;
  declare suggestions: Suggestions | undefined;
  /** The program or its world is still being loaded. */
  declare arriving: boolean;
  declare readonly: boolean;
  declare pane: Pane | undefined;
  /** The room asked for, until the device shows it. */
  declare private wanted: string | null | undefined;
  /** The learner's focus is in here. */
  declare private attended: boolean;

  #behindDoor: Promise<unknown> | undefined;
  #cameFrom: HTMLElement | undefined;

  static override styles = [...chatStyles, chatFrameStyles];

  constructor() {
    super();
    this.host = "you/laptop";
    this.person = "";
    this.kind = "laptop";
    this.manner = "bubbles";
    this.state = noChat;
    this.server = "";
    this.bindings = undefined;
    this.looks = undefined;
    this.suggestions = undefined;
    this.arriving = false;
    this.readonly = false;
    this.pane = undefined;
    this.wanted = undefined;
    this.attended = false;
    new KeptFocus(this);
    this.addEventListener("focusin", () => {
      this.attended = true;
    });
    this.addEventListener("focusout", () => {
      this.attended = false;
    });
    this.addEventListener(PaneEvent.type, this.#paneWanted);
    this.addEventListener(OpenRoomEvent.type, this.#roomWanted);
  }

  get by(): By {
    const [person = "", device = ""] = this.host.split("/");
    return { person, device };
  }

  /** The room on the screen. */
  get openRoom(): string | null {
    const id = this.wanted === undefined ? this.state.openRoom : this.wanted;
    return id !== null && this.state.rooms.has(id) ? id : null;
  }

  async demonstrate(action: Action, hand: Hand): Promise<boolean> {
    const { demonstrateChat } = await import("./chat-parts.ts");
    return demonstrateChat(this, action, hand);
  }

  protected override updated(): void {
    if (this.#behindDoor || this.arriving) return;
    // Not needed before the world is there, and soon after.
    this.#behindDoor = import("./chat-parts.ts").then(() => this.requestUpdate());
  }

  protected override willUpdate(changed: PropertyValues<this>): void {
    const before = changed.get("state");
    if (before && before.openRoom !== this.state.openRoom) this.wanted = undefined;
    if (before && userOf(before.session) !== userOf(this.state.session)) {
      this.pane = undefined;
      this.wanted = undefined;
    }
    if (changed.has("readonly")) this.wanted = undefined;
    if (this.pane !== undefined && !roomlessPanes.includes(this.pane) && this.openRoom === null)
      this.pane = undefined;
  }

  protected override render(): TemplateResult {
    const { session } = this.state;
    const own = this.by.person === "you";
    const { device } = this.by;
    const kind = device === this.kind ? say(`chat.kind-${this.kind}`) : deviceName(device);
    const label = own
      ? say("chat.device-own", { kind })
      : say("chat.device", { name: shortName(this.person), kind });
    return html`<section class="frame" aria-label=${label}>
      ${this.#head(label)}
      <div role="status">${
        session.state === "offline"
          ? html`<p class="banner">${say("chat.offline", { server: this.server })}</p>`
          : nothing
      }${
        this.state.keys.own && this.pane === undefined
          ? html`<homeroom-chat-keys-banner .by=${this.by} .state=${this.state} .roomId=${this.openRoom ?? ""} .manner=${this.manner} .readonly=${this.readonly}></homeroom-chat-keys-banner>`
          : nothing
      }</div>
      <div class="body">${this.#body()}</div>
    </section>`;
  }

  #head(label: string): TemplateResult {
    const { session } = this.state;
    const user = userOf(session);
    const room = this.openRoom === null ? undefined : this.state.rooms.get(this.openRoom);
    const name = html`${avatar(this.person, user || this.server, this.looks)}<bdi class="one-line" aria-hidden="true"
        >${shortName(this.person)}</bdi
      >${icon(this.kind)}${
        this.by.device === this.kind
          ? nothing
          : html`<small class="device" aria-hidden="true">${deviceName(this.by.device)}</small>`
      }`;
    return html`<div class="head">
      <h2 class="unseen" tabindex="-1">${label}</h2>
      ${
        room
          ? html`<button class="icon back" aria-label=${say("chat.back-to-chats")} title=${say("chat.back-to-chats")} @click=${this.#back}>
              ${icon("back")}
            </button>`
          : nothing
      }
      ${
        user && session.state !== "starting"
          ? html`<button class="owner" @click=${() => this.#openPane("account")}>
              <span class="unseen">${say("chat.account", { name: shortName(this.person) })}</span>${name}
            </button>`
          : html`<span class="owner">${name}</span>`
      }
      <div class="where">${room ? this.#roomName(room) : user ? this.#address(user) : nothing}</div>
      ${
        room?.summary?.membership === "join"
          ? html`<homeroom-chat-room-menu .by=${this.by} .state=${this.state} .roomId=${this.openRoom ?? ""} .inside=${true} .manner=${this.manner} .readonly=${this.readonly}></homeroom-chat-room-menu>`
          : nothing
      }
    </div>`;
  }

  #roomName({ summary }: ChatRoom): TemplateResult {
    return html`<h3 class="one-line">
      ${summary?.alias ? this.#address(summary.alias) : html`<bdi>${shortName(summary?.name ?? "")}</bdi>`}
    </h3>`;
  }

  #address(text: string): TemplateResult {
    return html`<homeroom-address .text=${text} .looks=${this.looks}></homeroom-address>`;
  }

  #body(): TemplateResult {
    const { session } = this.state;
    if (session.state === "signed-out")
      return html`<homeroom-chat-entry
        .by=${this.by}
        .server=${this.server}
        .looks=${this.looks}
        .suggestions=${this.suggestions}
        .arriving=${this.arriving}
        .manner=${this.manner}
        .readonly=${this.readonly}
        .gone=${session.reason}
      ></homeroom-chat-entry>`;
    if (session.state === "starting" && this.state.rooms.size === 0)
      return html`<p class="starting" role="status">${say("chat.starting")}</p>`;
    const open = this.openRoom;
    const room = open === null ? undefined : this.state.rooms.get(open);
    return html`<div class=${room ? "two in-room" : "two"} ?inert=${this.pane !== undefined}>
        <homeroom-chat-list
          .by=${this.by}
          .state=${this.state}
          .open=${open}
          .looks=${this.looks}
          .manner=${this.manner}
          .readonly=${this.readonly}
        ></homeroom-chat-list>
        <div class="room">
          ${
            room
              ? html`<homeroom-chat-room
                  .by=${this.by}
                  .state=${this.state}
                  .roomId=${open ?? ""}
                  .room=${room}
                  .me=${userOf(session)}
                  .server=${this.server}
                  .looks=${this.looks}
                  .manner=${this.manner}
                  .readonly=${this.readonly}
                  .attended=${this.attended}
                ></homeroom-chat-room>`
              : html`<p class="empty">${say("chat.choose-chat")}</p>`
          }
        </div>
      </div>
      ${this.pane ? html`<div class="over">${this.#over(this.pane)}</div>` : nothing}`;
  }

  #over(pane: Pane): TemplateResult {
    const open = this.openRoom ?? "";
    switch (pane) {
      case "new":
        return html`<homeroom-chat-new .by=${this.by} .state=${this.state} .server=${this.server} .bindings=${this.bindings} .looks=${this.looks} .manner=${this.manner} .readonly=${this.readonly}></homeroom-chat-new>`;
      case "account":
        return html`<homeroom-chat-account .by=${this.by} .state=${this.state} .looks=${this.looks} .suggestions=${this.suggestions} .manner=${this.manner} .readonly=${this.readonly}></homeroom-chat-account>`;
      case "members":
        return html`<homeroom-chat-members .by=${this.by} .state=${this.state} .roomId=${open} .server=${this.server} .looks=${this.looks} .manner=${this.manner} .readonly=${this.readonly}></homeroom-chat-members>`;
      case "invite":
        return html`<homeroom-chat-invite .by=${this.by} .state=${this.state} .roomId=${open} .server=${this.server} .bindings=${this.bindings} .looks=${this.looks} .manner=${this.manner} .readonly=${this.readonly}></homeroom-chat-invite>`;
      case "settings":
        return html`<homeroom-chat-settings .by=${this.by} .state=${this.state} .roomId=${open} .server=${this.server} .looks=${this.looks} .manner=${this.manner} .readonly=${this.readonly}></homeroom-chat-settings>`;
      case "directory":
        return html`<homeroom-chat-directory .by=${this.by} .state=${this.state} .server=${this.server} .looks=${this.looks} .manner=${this.manner} .readonly=${this.readonly}></homeroom-chat-directory>`;
      case "search":
        return html`<homeroom-chat-search .by=${this.by} .state=${this.state} .roomId=${open} .looks=${this.looks} .manner=${this.manner} .readonly=${this.readonly}></homeroom-chat-search>`;
      case "space-rooms":
        return html`<homeroom-chat-space-rooms .by=${this.by} .state=${this.state} .roomId=${open} .looks=${this.looks} .manner=${this.manner} .readonly=${this.readonly}></homeroom-chat-space-rooms>`;
      case "encryption":
        return html`<homeroom-chat-encryption .by=${this.by} .state=${this.state} .bindings=${this.bindings} .looks=${this.looks} .manner=${this.manner} .readonly=${this.readonly}></homeroom-chat-encryption>`;
      case "verification":
        return html`<homeroom-chat-verification .by=${this.by} .state=${this.state} .roomId=${open} .looks=${this.looks} .manner=${this.manner} .readonly=${this.readonly}></homeroom-chat-verification>`;
      case "leave":
        return html`<homeroom-chat-leave .by=${this.by} .state=${this.state} .roomId=${open} .manner=${this.manner} .readonly=${this.readonly}></homeroom-chat-leave>`;
    }
  }

  readonly #paneWanted = (event: PaneEvent): void => {
    event.stopPropagation();
    void this.#openPane(event.pane);
  };

  /** Opens a pane, with the focus in it; closes it, with the focus where it came from. */
  async #openPane(pane: Pane | undefined): Promise<void> {
    if (pane && !this.pane) this.#cameFrom = focusedIn(this.shadowRoot);
    this.pane = pane;
    await this.updateComplete;
    if (pane) {
      const element = this.renderRoot.querySelector(".over")?.firstElementChild;
      if (element instanceof LitElement) await element.updateComplete;
      element?.shadowRoot?.querySelector<HTMLElement>("h3")?.focus();
      return;
    }
    const back = this.#cameFrom?.isConnected
      ? this.#cameFrom
      : this.renderRoot.querySelector<HTMLElement>(".owner");
    back?.focus();
  }

  readonly #roomWanted = async (event: OpenRoomEvent): Promise<void> => {
    event.stopPropagation();
    const { room, message } = event;
    const left = this.openRoom;
    this.pane = undefined;
    this.wanted = room;
    if (!this.readonly) void act(this, this.by, { type: "openRoom", room });
    await this.updateComplete;
    await this.#focusRoom(room, left);
    if (message !== undefined) await this.#conversation?.goTo(message);
  };

  get #conversation(): HomeroomChatConversation | null | undefined {
    return this.renderRoot.querySelector("homeroom-chat-room")?.conversation;
  }

  readonly #back = (): void => {
    this.dispatchEvent(new OpenRoomEvent(null));
  };

  /** The list is gone on a narrow device: the focus goes on with the room, and back with the list. */
  async #focusRoom(room: string | null, left: string | null): Promise<void> {
    if (room === null) {
      const list = this.renderRoot.querySelector("homeroom-chat-list");
      await list?.updateComplete;
      const line = [...(list?.renderRoot.querySelectorAll<HTMLElement>(".room") ?? [])].find(
        (each) => each.dataset.room === left,
      );
      line?.focus();
      return;
    }
    await this.renderRoot.querySelector("homeroom-chat-room")?.updateComplete;
    const composer = this.#conversation?.renderRoot.querySelector("homeroom-chat-composer");
    await composer?.updateComplete;
    // On touch, a keyboard that nobody asked for would cover half of the room.
    if (matchMedia("(pointer: fine)").matches) composer?.field?.focus();
    else {
      const timeline = this.#conversation?.renderRoot.querySelector("homeroom-chat-timeline");
      timeline?.renderRoot.querySelector<HTMLElement>(".scroller")?.focus({ preventScroll: true });
    }
  }
}

customElements.define("homeroom-chat", HomeroomChat);

declare global {
  interface HTMLElementTagNameMap {
    "homeroom-chat": HomeroomChat;
  }
}
