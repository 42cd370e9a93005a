import { html, nothing, type PropertyValues, type TemplateResult } from "lit";
import { repeat } from "lit/directives/repeat.js";
import { say } from "../../catalogue/message-words.ts";
import type { ShownEvent } from "../../client/client-fact.ts";
import { act } from "./chat-act.ts";
import { heardWords, isBeingOpened, newAtEnd, openedAtEnd } from "./chat-heard.ts";
import { icon } from "./chat-icons.ts";
import { lineRow } from "./chat-line.ts";
import { bubbleRow, type RowScene } from "./chat-message.ts";
import { messageStyles } from "./chat-message-styles.ts";
import { type Reader, readersByRow } from "./chat-readers.ts";
import { ChatRoomElement } from "./chat-room-element.ts";
import { type ChatRow, eventsOfRow, isMessage, timelineRows } from "./chat-rows.ts";
import { chatStyles } from "./chat-styles.ts";
import { timelineStyles } from "./chat-timeline-styles.ts";
import { typingMark } from "./chat-typing.ts";
import { shortName } from "./chat-words.ts";
import { messageToolsStyles } from "./messages/message-tools-styles.ts";
import { TimelineTools } from "./messages/timeline-tools.ts";
import { uploadRows } from "./messages/upload-rows.ts";
import { TimelinePlace } from "./timeline-place.ts";

/** So long the message that one went to is marked, milliseconds. */
const foundLasts = 2500;
/** So many pages of older messages are loaded at most on the way to one. */
const mostPages = 20;

/** A room's timeline, of which the rows around the view are drawn. */
export class HomeroomChatTimeline extends ChatRoomElement {
  static override properties = {
    inThread: { type: Boolean },
    found: { state: true },
    loading: { state: true },
    missed: { state: true },
    away: { state: true },
  };

  /** It is one thread's. */
  declare inThread: boolean;
  /** The message that was gone to just now. */
  declare private found: string | undefined;
  declare loading: boolean;
  /** How many messages came while the view was elsewhere. */
  declare missed: number;
  /** The view is away from the newest row. */
  declare away: boolean;

  #rows: ChatRow[] = [];
  #readers: ReadonlyMap<string, readonly Reader[]> = new Map();
  #newAfter: string | undefined;
  #marked: string | undefined;
  #spoken = "";
  #whole = new Set<string>();
  #foundTimer: ReturnType<typeof setTimeout> | undefined;
  /** The focus passes through: what it scrolls to was not asked for. */
  #isPassing = false;
  /** The focus was on the button that loads older messages. */
  #wasAsking = false;
  /** Older messages are on their way. */
  #loading: Promise<void> | undefined;

  readonly #place = new TimelinePlace(this);
  readonly #tools = new TimelineTools(this);

  static override styles = [...chatStyles, timelineStyles, messageStyles, messageToolsStyles];

  constructor() {
    super();
    this.inThread = false;
    this.found = undefined;
    this.loading = false;
    this.missed = 0;
    this.away = false;
  }

  override connectedCallback(): void {
    super.connectedCallback();
    this.addEventListener("homeroom-resized", () => this.requestUpdate());
    document.addEventListener("visibilitychange", this.#seenOrNot);
  }

  override disconnectedCallback(): void {
    super.disconnectedCallback();
    document.removeEventListener("visibilitychange", this.#seenOrNot);
    this.#place.leave();
  }

  /** Goes to the newest row and stays there. */
  toNewest(): void {
    this.#place.toNewest();
    this.missed = 0;
    this.away = false;
    this.requestUpdate();
  }

  /** Loads what is older until something is there, or nothing is left, or that was far enough. */
  async loadUntil(there: () => boolean): Promise<void> {
    for (let page = 0; page < mostPages && !this.readonly && !there() && this.room.more; page += 1) {
      await this.#older();
      // What came is told before the next frame is drawn.
      await new Promise((resolve) => requestAnimationFrame(resolve));
    }
  }

  /** Goes to a message and gives it the focus; loads what is older until it is there. Answers whether it is. */
  async toMessage(id: string): Promise<boolean> {
    await this.loadUntil(() => this.#tools.message(id) !== undefined);
    const row = this.#rows.find((each) => eventsOfRow(each).some((event) => event.id === id));
    if (!row) return false;
    this.#place.toRow(row.key);
    this.away = true;
    this.found = row.key;
    // Rows on the way get their true heights as they are drawn: it settles in a few rounds.
    for (let round = 0; round < 3; round += 1) {
      this.requestUpdate();
      await this.updateComplete;
    }
    clearTimeout(this.#foundTimer);
    this.#foundTimer = setTimeout(() => {
      this.found = undefined;
    }, foundLasts);
    this.#tools.focus(id);
    return true;
  }

  protected override willUpdate(changed: PropertyValues<this>): void {
    this.#wasAsking = this.shadowRoot?.activeElement?.matches(".older") ?? false;
    if (changed.has("roomId")) this.#enter();
    const before = changed.get("room");
    if (changed.has("room") && before && !changed.has("roomId")) this.#takeNew(before.events);
    if (changed.has("room") || changed.has("me") || changed.has("manner") || changed.has("roomId")) {
      const plain = this.manner === "lines";
      this.#rows = timelineRows(this.room.events, { me: this.me, newAfter: this.#newAfter, plain });
      this.#readers = readersByRow(this.room, this.#rows, this.me);
      this.#place.setRows(this.#rows.map(({ key }) => key));
    }
    if (changed.has("manner")) this.#place.forgetHeights();
    this.#place.chooseRows();
  }

  /** Another room is shown: from where the user last was in it. */
  #enter(): void {
    const { summary, readMarker, receipts } = this.room;
    const last = (this.me && receipts.get(this.me)) ?? readMarker;
    this.#newAfter = summary && summary.unread > 0 ? last : undefined;
    this.#place.enter();
    this.#whole = new Set();
    this.#spoken = "";
    this.missed = 0;
    this.away = false;
  }

  /** Something came at the end: an own message leads there, another's is counted or spoken. */
  #takeNew(before: readonly ShownEvent[]): void {
    const fresh = newAtEnd(before, this.room.events);
    if (fresh.some((event) => event.sender === this.me && isMessage(event))) {
      this.#newAfter = undefined;
      this.toNewest();
    }
    const isHeard = (event: ShownEvent): boolean => event.sender !== this.me && isMessage(event);
    const heard = fresh.filter(isHeard);
    if (!this.#place.isAtNewest) this.missed += heard.length;
    const opened = openedAtEnd(before, this.room.events).filter(isHeard);
    // What is being opened is spoken once it says something.
    const spoken = [...opened, ...heard.filter((event) => !isBeingOpened(event))];
    if (this.attended && spoken.length > 0) this.#spoken = heardWords(spoken);
  }

  protected override render(): TemplateResult {
    const { summary, more } = this.room;
    const name = shortName(summary?.name ?? "");
    const row = this.manner === "lines" ? lineRow : bubbleRow;
    const scene = this.#scene();
    const { from, to } = this.#place.range;
    return html`<div
        class="scroller"
        role="log"
        aria-live="off"
        aria-label=${say("chat.messages", { room: name })}
        tabindex="0"
        @scroll=${this.#scrolled}
        @focusin=${this.#passing}
        @wheel=${{ handleEvent: this.#asked, passive: true }}
        @keydown=${(event: KeyboardEvent) => {
          this.#asked();
          this.#tools.pressed(event);
        }}
        @contextmenu=${this.#tools.contextMenu}
        @pointerdown=${(event: PointerEvent) => {
          this.#asked();
          this.#tools.pointerDown(event);
        }}
        @pointerup=${this.#tools.pointerEnd}
        @pointercancel=${this.#tools.pointerEnd}
      >
        <div class="top">
          ${
            more
              ? html`<button class="plain older" ?disabled=${this.readonly} aria-disabled=${this.loading ? "true" : nothing} @click=${this.#older}>
                  ${say(this.loading ? "chat.loading-older" : "chat.load-older")}
                </button>`
              : this.#rows.length > 0
                ? html`<p class="beginning">${this.inThread ? say("messages.thread-beginning") : say(summary?.direct ? "chat.beginning-direct" : "chat.beginning", { room: name })}</p>`
                : nothing
          }
        </div>
        <div class="rows" role="list">
          ${repeat(
            this.#rows.slice(from, to),
            ({ key }) => key,
            (each, at) =>
              html`<div
                class=${each.key === this.found ? "entry found" : "entry"}
                role="listitem"
                data-key=${each.key}
                aria-setsize=${this.#rows.length}
                aria-posinset=${from + at + 1}
              >
                ${row(each, scene)}
              </div>`,
          )}
        </div>
        ${uploadRows(this.room.uploads)}${typingMark(this.room, this.me)}
      </div>
      ${this.#tools.renderMenu()}
      ${
        this.away
          ? html`<button class="newest" @click=${this.toNewest}>
              ${icon("down")}${this.missed > 0 ? say("chat.newest-count", { n: this.missed }) : say("chat.newest")}
            </button>`
          : nothing
      }
      <p class="unseen" role="status">${this.#spoken}</p>`;
  }

  #scene(): RowScene {
    return {
      ...this.#tools.scene(),
      me: this.me,
      looks: this.looks,
      server: this.server,
      named: !this.room.summary?.direct || this.room.summary.joined > 2,
      readonly: this.readonly,
      now: this.room.events.at(-1)?.at ?? 0,
      readers: (key) => this.#readers.get(key) ?? [],
      retry: (event) => void act(this, this.by, { type: "retry", in: this.roomId, event: event.id }),
      discard: (event) => void act(this, this.by, { type: "discard", in: this.roomId, event: event.id }),
      isWhole: (event) => this.#whole.has(event.id),
      showWhole: (event) => {
        this.#whole.add(event.id);
        this.requestUpdate();
      },
    };
  }

  protected override updated(): void {
    if (this.#place.rowsDrawn()) this.#markRead();
    // Once the beginning is reached there is no more to ask for, and no button.
    if (this.#wasAsking && !this.shadowRoot?.activeElement)
      this.renderRoot.querySelector<HTMLElement>(".scroller")?.focus({ preventScroll: true });
  }

  readonly #scrolled = (): void => {
    const scrolled = this.#place.scrolled();
    if (!scrolled) return;
    this.away = scrolled.away;
    if (this.#place.isAtNewest) this.missed = 0;
    if (scrolled.atBeginning && this.room.more && !this.#isPassing) void this.#older();
    this.#markRead();
  };

  readonly #passing = ({ target, currentTarget }: FocusEvent): void => {
    this.#isPassing = target !== currentTarget;
  };

  readonly #asked = (): void => {
    this.#isPassing = false;
  };

  readonly #older = (): Promise<void> => {
    this.#loading ??= this.#loadOlder().finally(() => {
      this.#loading = undefined;
    });
    return this.#loading;
  };

  async #loadOlder(): Promise<void> {
    if (this.readonly) return;
    this.loading = true;
    const root = this.inThread ? this.room.events[0]?.id : undefined;
    await act(this, this.by, {
      type: "loadOlder",
      in: this.roomId,
      ...(root !== undefined && { thread: root }),
    });
    this.loading = false;
  }

  readonly #seenOrNot = (): void => {
    if (document.visibilityState === "hidden") this.#newAfter = this.room.events.at(-1)?.id;
    else this.#markRead();
  };

  /** What is on the screen of somebody who looks has been read. */
  #markRead(): void {
    if (
      this.readonly ||
      !this.#place.isAtNewest ||
      document.visibilityState !== "visible" ||
      !this.checkVisibility()
    )
      return;
    const last = this.room.events.findLast(({ status, id }) => status === "sent" && !id.startsWith("~"));
    if (!last || last.sender === this.me || last.id === this.#marked) return;
    this.#marked = last.id;
    if (this.me && this.room.receipts.get(this.me) === last.id) return;
    void act(this, this.by, { type: "markRead", in: this.roomId, event: last.id });
  }
}

customElements.define("homeroom-chat-timeline", HomeroomChatTimeline);

declare global {
  interface HTMLElementTagNameMap {
    "homeroom-chat-timeline": HomeroomChatTimeline;
  }
}
