import { html, LitElement, nothing, type PropertyValues, type TemplateResult } from "lit";
import { say } from "../../catalogue/message-words.ts";
import type { ShownEvent } from "../../client/client-fact.ts";
import type { ActionResult, ClientManner } from "../../world/action.ts";
import type { Words } from "../../world/actions/message-action.ts";
import type { ServerLooks } from "../server-look.ts";
import { act, type By } from "./chat-act.ts";
import { icon } from "./chat-icons.ts";
import { textOf } from "./chat-notice.ts";
import { chatStyles } from "./chat-styles.ts";
import { shortName } from "./chat-words.ts";
import { composerStyles } from "./messages/composer-styles.ts";
import { type AttachedFile, FileTray } from "./messages/file-tray.ts";
import { FormattedTurns } from "./messages/formatted-turns.ts";
import { MentionList } from "./messages/mention-list.ts";
import { briefly, replyingTo } from "./messages/message-parts.ts";
import type { Nameable } from "./messages/nameable.ts";
import { TypingNotice } from "./messages/typing-notice.ts";
import { WantEvent } from "./messages/want-event.ts";

/** What a message that is being written is about. */
export type Answering = { what: "reply" | "edit"; event: ShownEvent };

type Draft = { text: string; files: readonly AttachedFile[] };

/**
 * Where a message is written: its words, the files with it, what it answers or edits. It keeps what is written for
 * each room and thread.
 */
export class HomeroomChatComposer extends LitElement {
  static override properties = {
    by: { attribute: false },
    roomId: { attribute: false },
    thread: { attribute: false },
    name: {},
    manner: { reflect: true },
    readonly: { type: Boolean },
    allowed: { type: Boolean },
    answering: { attribute: false },
    people: { attribute: false },
    looks: { attribute: false },
    text: { state: true },
  };

  declare by: By;
  declare roomId: string;
  /** The root of the thread that is written in. */
  declare thread: string | undefined;
  /** The room's name. */
  declare name: string;
  declare manner: ClientManner;
  declare readonly: boolean;
  /** The user may send here. */
  declare allowed: boolean;
  declare answering: Answering | undefined;
  /** Who can be named. */
  declare people: readonly Nameable[];
  declare looks: ServerLooks | undefined;
  declare private text: string;

  readonly #tray = new FileTray(this);
  readonly #mentions = new MentionList(this, (text, caret) => this.#setText(text, caret));
  #drafts = new Map<string, Draft>();
  /** What was being written before an edit began. */
  #aside: string | undefined;
  readonly #typing = new TypingNotice(this);
  readonly #turns = new FormattedTurns();

  static override styles = [...chatStyles, composerStyles];

  constructor() {
    super();
    this.by = { person: "", device: "" };
    this.roomId = "";
    this.thread = undefined;
    this.name = "";
    this.manner = "bubbles";
    this.readonly = false;
    this.allowed = true;
    this.answering = undefined;
    this.people = [];
    this.looks = undefined;
    this.text = "";
  }

  /** The field, for a hand that types. */
  get field(): HTMLTextAreaElement | null {
    return this.renderRoot.querySelector("textarea");
  }

  /** Puts a text where the caret is. */
  insert(text: string): void {
    const { field } = this;
    if (!field) return;
    const { selectionStart: from, selectionEnd: to, value } = field;
    this.#setText(value.slice(0, from) + text + value.slice(to), from + text.length);
    field.focus();
  }

  /** Attaches files that were dropped or pasted. */
  attach(files: Iterable<File>): void {
    if (this.readonly || !this.allowed) return;
    this.#tray.take(files);
    this.field?.focus();
  }

  protected override willUpdate(changed: PropertyValues<this>): void {
    if (changed.has("roomId") || changed.has("thread")) this.#changePlace(changed);
    if (changed.has("answering")) this.#changeAnswering(changed.get("answering"));
  }

  #changePlace(changed: PropertyValues<this>): void {
    const room = changed.has("roomId") ? changed.get("roomId") : this.roomId;
    if (room) {
      const thread = changed.has("thread") ? changed.get("thread") : this.thread;
      this.#drafts.set(keyOf(room, thread), { text: this.#aside ?? this.text, files: this.#tray.files });
      this.#typing.stopped(room);
    }
    this.#aside = undefined;
    const draft = this.#drafts.get(keyOf(this.roomId, this.thread));
    this.text = draft?.text ?? "";
    this.#tray.replace(draft?.files ?? []);
    this.#mentions.close();
  }

  /** An edit begins with the message's words, and gives back at its end what was written before. */
  #changeAnswering(before: Answering | undefined): void {
    if (before?.what === "edit" && this.#aside !== undefined) {
      this.text = this.#aside;
      this.#aside = undefined;
    }
    const { answering } = this;
    if (answering?.what === "edit") {
      this.#aside = this.text;
      this.text = textOf(answering.event.content.body) ?? "";
    }
    if (answering) void this.updateComplete.then(() => this.#focusAtEnd());
  }

  #focusAtEnd(): void {
    const { field } = this;
    field?.focus();
    field?.setSelectionRange(field.value.length, field.value.length);
  }

  protected override render(): TemplateResult {
    if (!this.allowed) return html`<p class="note">${say("chat.may-not-send")}</p>`;
    const { files } = this.#tray;
    const room = shortName(this.name);
    const label =
      files.length > 0
        ? say("messages.caption")
        : this.thread === undefined
          ? say("chat.message", { room })
          : say("messages.thread-message");
    const isEdit = this.answering?.what === "edit";
    const empty = this.text.trim() === "" && files.length === 0;
    return html`${this.#above()}${this.#tray.render(this.readonly)}
      <form @submit=${this.#submitted}>
        ${this.#mentions.render(this.looks)}
        <span class="prompt one-line" aria-hidden="true">[<bdi>${room}</bdi>]</span>
        ${
          isEdit
            ? nothing
            : html`<button type="button" class="icon tool" data-act="attach" aria-label=${say("messages.attach")} title=${say("messages.attach")} ?disabled=${this.readonly} @click=${this.#pick}>
                  ${icon("attach")}</button
                ><input type="file" multiple hidden tabindex="-1" aria-label=${say("messages.attach")} @change=${this.#picked} />`
        }
        <textarea
          rows="1"
          dir="auto"
          .value=${this.text}
          aria-label=${label}
          aria-autocomplete="list"
          aria-controls=${this.#mentions.isOpen ? "mentions" : nothing}
          aria-activedescendant=${this.#mentions.active ?? nothing}
          placeholder=${this.readonly ? say("chat.readonly") : label}
          ?readonly=${this.readonly}
          maxlength="60000"
          enterkeyhint="send"
          @input=${this.#typed}
          @keydown=${this.#pressed}
          @paste=${this.#pasted}
          @blur=${this.#blurred}
        ></textarea>
        <button type="button" class="icon tool" data-act="emoji" aria-label=${say("messages.emoji")} title=${say("messages.emoji")} ?disabled=${this.readonly} @click=${() => this.dispatchEvent(new WantEvent("emoji"))}>
          ${icon("smile")}
        </button>
        <button class="send" ?disabled=${this.readonly || empty}>${say(isEdit ? "messages.save" : "chat.send")}</button>
      </form>`;
  }

  #above(): TemplateResult | typeof nothing {
    const { answering } = this;
    if (!answering) return nothing;
    return html`<div class="above">
      <span
        ><strong class="one-line">${answering.what === "edit" ? say("messages.editing") : replyingTo(answering.event)}</strong
        ><bdi class="one-line">${briefly(answering.event)}</bdi></span
      >
      <button type="button" class="icon" aria-label=${say("messages.cancel")} title=${say("messages.cancel")} @click=${this.#cancel}>
        ${icon("close")}
      </button>
    </div>`;
  }

  protected override updated(): void {
    const { field } = this;
    if (!field) return;
    // As high as its text, up to the limit in the style sheet.
    field.style.blockSize = "auto";
    field.style.blockSize = `${field.scrollHeight}px`;
  }

  #setText(text: string, caret: number): void {
    this.text = text;
    void this.updateComplete.then(() => this.field?.setSelectionRange(caret, caret));
  }

  readonly #cancel = (): void => {
    this.dispatchEvent(new WantEvent());
    this.field?.focus();
  };

  readonly #pick = (): void => {
    this.renderRoot.querySelector<HTMLInputElement>('input[type="file"]')?.click();
  };

  readonly #picked = (event: Event): void => {
    const input = event.target as HTMLInputElement;
    if (input.files) this.attach(input.files);
    input.value = "";
  };

  readonly #pasted = (event: ClipboardEvent): void => {
    const files = event.clipboardData?.files;
    if (!files || files.length === 0 || this.answering?.what === "edit") return;
    event.preventDefault();
    this.attach(files);
  };

  readonly #typed = (event: Event): void => {
    this.text = (event.target as HTMLTextAreaElement).value;
    this.#mentions.look(this.people);
    if (this.text.trim() === "") this.#typing.stopped(this.roomId);
    else this.#typing.typed(this.roomId);
  };

  readonly #blurred = (): void => {
    this.#mentions.close();
    this.#typing.stopped(this.roomId);
  };

  readonly #pressed = (event: KeyboardEvent): void => {
    if (this.#mentions.press(event)) return;
    if (event.key === "Escape" && this.answering) {
      event.stopPropagation();
      this.#cancel();
    } else if (event.key === "ArrowUp" && this.text === "" && !this.answering) {
      event.preventDefault();
      // The room knows which of one's messages is the last.
      this.dispatchEvent(new WantEvent("edit"));
    } else if (event.key === "Enter" && !event.shiftKey && !event.isComposing) {
      event.preventDefault();
      this.#send();
    }
  };

  readonly #submitted = (event: SubmitEvent): void => {
    event.preventDefault();
    this.#send();
    this.field?.focus();
  };

  #send(): void {
    const text = this.text.trim();
    const { answering, people } = this;
    if ((text === "" && this.#tray.files.length === 0) || this.readonly) return;
    if (answering?.what === "edit" && text === "") return;
    const place = {
      in: this.roomId,
      ...(this.thread !== undefined && { thread: this.thread }),
      ...(answering?.what === "reply" && { replyTo: answering.event.id }),
    };
    const files = answering?.what === "edit" ? [] : this.#tray.empty();
    this.text = "";
    this.#drafts.delete(keyOf(this.roomId, this.thread));
    this.#typing.sent();
    if (answering) this.dispatchEvent(new WantEvent());
    const { roomId, thread } = this;
    this.#turns.take(text, people, (words) => {
      if (files.length > 0) void this.#sendFiles(files, text, words, place);
      else if (answering?.what === "edit") {
        void act(this, this.by, { type: "edit", in: roomId, event: answering.event.id, ...words });
      } else {
        void act(this, this.by, { type: "send", ...place, ...words }).then((result) => {
          // A message that became none comes back, unless something else is being written.
          if (!result.ok && result.refusal.errcode === undefined) this.#giveBack(roomId, thread, text);
        });
      }
    });
  }

  /** One after the other; the first has the words as its caption. What could not be sent is back, and says why. */
  async #sendFiles(
    files: readonly AttachedFile[],
    text: string,
    words: Words,
    place: { in: string; thread?: string; replyTo?: string },
  ): Promise<void> {
    for (const [at, file] of files.entries()) {
      const result: ActionResult = await act(this, this.by, {
        type: file.as,
        ...place,
        ...(at === 0 && text !== "" && words),
        name: file.name,
        file: { picked: file.id },
      });
      if (result.ok) {
        this.#tray.letGo(file);
        continue;
      }
      if (at === 0 && text !== "") this.#giveBack(place.in, place.thread, text);
      if (place.in === this.roomId && place.thread === this.thread) this.#tray.giveBack(file, result.refusal);
      else {
        const key = keyOf(place.in, place.thread);
        const draft = this.#drafts.get(key);
        const back = { ...file, refusal: result.refusal };
        this.#drafts.set(key, { text: draft?.text ?? "", files: [back, ...(draft?.files ?? [])] });
      }
    }
  }

  #giveBack(room: string, thread: string | undefined, text: string): void {
    const key = keyOf(room, thread);
    if (this.roomId === room && this.thread === thread) {
      if (this.text === "") this.text = text;
    } else if (!this.#drafts.get(key)?.text) {
      this.#drafts.set(key, { text, files: this.#drafts.get(key)?.files ?? [] });
    }
  }
}

function keyOf(room: string, thread: string | undefined): string {
  return `${room} ${thread ?? ""}`;
}

customElements.define("homeroom-chat-composer", HomeroomChatComposer);

declare global {
  interface HTMLElementTagNameMap {
    "homeroom-chat-composer": HomeroomChatComposer;
  }
}
