import { html, nothing, type TemplateResult } from "lit";
import { refusalWords } from "../../catalogue/refusal-words.ts";
import { say } from "../../catalogue/room-words.ts";
import { holdFile, letGoFile } from "../../client/picked-files.ts";
import { textOf } from "../../client/room-state.ts";
import "./homeroom-chat-picture.ts";
import { avatar } from "./chat-avatar.ts";
import { chatField } from "./chat-field.ts";
import { Powers, stateOf } from "./chat-room-state.ts";
import { type Change, ChatSettingsForm } from "./chat-settings-form.ts";

/** What a room is called, and what it is about. */
export class HomeroomChatAbout extends ChatSettingsForm {
  static override properties = { draft: { state: true } };

  declare private draft: { name?: string; topic?: string };

  constructor() {
    super();
    this.draft = {};
  }

  get #powers(): Powers {
    return new Powers(this.state, this.room);
  }

  protected override get mayChange(): boolean {
    const powers = this.#powers;
    return powers.may("m.room.name") || powers.may("m.room.topic");
  }

  protected override fields(): TemplateResult {
    const { name, topic } = this.#now;
    const powers = this.#powers;
    const picture = textOf(stateOf(this.room)("m.room.avatar")?.content.url);
    const version = textOf(stateOf(this.room)("m.room.create")?.content.room_version);
    return html`${this.#picture(picture, this.off || !powers.may("m.room.avatar"))}
    ${chatField({
      id: "name",
      label: say("rooms.name"),
      value: this.draft.name ?? name,
      off: this.off || !powers.may("m.room.name"),
      refused: this.refused,
      changed: (value) => {
        this.draft = { ...this.draft, name: value };
      },
    })}
    ${chatField({
      id: "topic",
      label: say("rooms.topic"),
      value: this.draft.topic ?? topic,
      lines: true,
      off: this.off || !powers.may("m.room.topic"),
      refused: this.refused,
      changed: (value) => {
        this.draft = { ...this.draft, topic: value };
      },
    })}
    ${version === undefined ? nothing : html`<p class="said">${say("rooms.version", { version })}</p>`}`;
  }

  /** A picture is taken at once: there is nothing to write first. */
  #picture(picture: string | undefined, off: boolean): TemplateResult {
    const room = this.roomId;
    const name = this.room?.summary?.name ?? "";
    const picked = async (event: Event): Promise<void> => {
      const input = event.target as HTMLInputElement;
      const file = input.files?.[0];
      if (!file) return;
      const id = holdFile(file);
      await this.do({ type: "setRoomPicture", room, file: { picked: id } }, "picture");
      letGoFile(id);
      input.value = "";
    };
    return html`<div class="row" role="group" aria-label=${say("rooms.picture")}>
        <homeroom-chat-picture .mxc=${picture}>${avatar(name, this.room?.summary?.alias ?? room, this.looks, "big")}</homeroom-chat-picture>
        <input id="picture" type="file" accept="image/*" hidden @change=${picked} />
        <button type="button" data-act="choose-picture" ?disabled=${off} @click=${() => this.input("picture")?.click()}>${say("rooms.choose-picture")}</button>
        ${
          picture === undefined
            ? nothing
            : html`<button type="button" class="plain" data-act="remove-picture" ?disabled=${off} @click=${() => this.do({ type: "setRoomPicture", room })}>${say("rooms.remove-picture")}</button>`
        }
      </div>
      <p class="wrong-words" role="alert">${this.refused?.field === "picture" ? refusalWords(this.refused) : nothing}</p>`;
  }

  get #now(): { name: string; topic: string } {
    const state = stateOf(this.room);
    return {
      name: textOf(state("m.room.name")?.content.name) ?? "",
      topic: textOf(state("m.room.topic")?.content.topic) ?? "",
    };
  }

  protected override changes(): Change[] {
    const now = this.#now;
    const name = this.draft.name?.trim();
    const topic = this.draft.topic?.trim();
    const room = this.roomId;
    const changes: Change[] = [];
    if (name !== undefined && name !== now.name)
      changes.push({ field: "name", doing: { type: "setRoomName", room, name } });
    if (topic !== undefined && topic !== now.topic)
      changes.push({ field: "topic", doing: { type: "setRoomTopic", room, topic } });
    return changes;
  }

  protected override reset(): void {
    this.draft = {};
  }
}

customElements.define("homeroom-chat-about", HomeroomChatAbout);

declare global {
  interface HTMLElementTagNameMap {
    "homeroom-chat-about": HomeroomChatAbout;
  }
}
