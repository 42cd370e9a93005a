import {
  html,
  nothing,
  type ReactiveController,
  type ReactiveControllerHost,
  type TemplateResult,
} from "lit";
import { say, spokenLanguage } from "../../../catalogue/message-words.ts";
import { refusalWords } from "../../../catalogue/refusal-words.ts";
import { holdFile, letGoFile } from "../../../client/picked-files.ts";
import { pictureTypes } from "../../../client/picture.ts";
import type { ActionResult } from "../../../world/action.ts";
import { icon } from "../chat-icons.ts";
import { shortName } from "../chat-words.ts";
import { sizeWords } from "./file-content.ts";

type Refusal = Extract<ActionResult, { ok: false }>["refusal"];

/** A file that waits to be sent. */
export type AttachedFile = {
  /** Its id among the picked files. */
  id: string;
  name: string;
  size: number;
  as: "sendImage" | "sendFile";
  /** Of a picture's bytes in this page. */
  preview?: string;
  refusal?: Refusal;
};

/** The files that are attached to the message that is being written: picked, pasted or dropped. */
export class FileTray implements ReactiveController {
  readonly #host: ReactiveControllerHost;
  #files: readonly AttachedFile[] = [];

  constructor(host: ReactiveControllerHost) {
    this.#host = host;
    host.addController(this);
  }

  hostConnected(): void {}

  get files(): readonly AttachedFile[] {
    return this.#files;
  }

  /** Attaches files. */
  take(files: Iterable<File>): void {
    const added = [...files].map((file): AttachedFile => {
      const isPicture = pictureTypes.includes(file.type);
      return {
        id: holdFile(file),
        name: file.name || "file",
        size: file.size,
        as: isPicture ? "sendImage" : "sendFile",
        ...(isPicture && { preview: URL.createObjectURL(file) }),
      };
    });
    this.#set([...this.#files, ...added]);
  }

  /** All files leave the tray, to be sent. */
  empty(): readonly AttachedFile[] {
    const files = this.#files;
    this.#set([]);
    return files;
  }

  /** Another room's files take their place. */
  replace(files: readonly AttachedFile[]): void {
    this.#set(files);
  }

  /** A file could not be sent: it is back, and says why. */
  giveBack(file: AttachedFile, refusal: Refusal): void {
    this.#set([{ ...file, refusal }, ...this.#files]);
  }

  /** The file is sent. */
  letGo({ id, preview }: AttachedFile): void {
    letGoFile(id);
    if (preview) URL.revokeObjectURL(preview);
  }

  render(off: boolean): TemplateResult | typeof nothing {
    if (this.#files.length === 0) return nothing;
    return html`<ul class="tray" role="list" aria-label=${say("messages.attached")}>
      ${this.#files.map((file) => this.#row(file, off))}
    </ul>`;
  }

  #row(file: AttachedFile, off: boolean): TemplateResult {
    const name = shortName(file.name);
    return html`<li class="attached">
      ${file.preview ? html`<img src=${file.preview} alt="" />` : icon("file")}
      <span class="about"
        ><bdi class="one-line">${name}</bdi><small>${sizeWords(file.size, spokenLanguage())}</small></span
      >
      ${
        file.as === "sendImage" && file.refusal
          ? html`<button type="button" class="plain" data-act="as-file" ?disabled=${off} @click=${() => this.#asFile(file)}>
              ${say("messages.as-file")}
            </button>`
          : nothing
      }
      <button
        type="button"
        class="icon"
        aria-label=${say("messages.remove-file", { name })}
        title=${say("messages.remove-file", { name })}
        @click=${() => this.#remove(file)}
      >
        ${icon("close")}
      </button>
      ${file.refusal ? html`<p class="wrong-words" role="alert">${refusalWords(file.refusal)}</p>` : nothing}
    </li>`;
  }

  #asFile(file: AttachedFile): void {
    const { refusal: _, preview, ...rest } = file;
    if (preview) URL.revokeObjectURL(preview);
    this.#set(this.#files.map((each) => (each === file ? { ...rest, as: "sendFile" } : each)));
  }

  #remove(file: AttachedFile): void {
    this.letGo(file);
    this.#set(this.#files.filter((each) => each !== file));
  }

  #set(files: readonly AttachedFile[]): void {
    this.#files = files;
    this.#host.requestUpdate();
  }
}
