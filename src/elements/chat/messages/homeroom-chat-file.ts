import { css, html, LitElement, nothing, type PropertyValues, type TemplateResult } from "lit";
import { say, spokenLanguage } from "../../../catalogue/message-words.ts";
import { pictureType } from "../../../client/picture.ts";
import { icon } from "../chat-icons.ts";
import { chatStyles } from "../chat-styles.ts";
import { shortName } from "../chat-words.ts";
import { type FileContent, sizeWords } from "./file-content.ts";
import { showLarge } from "./homeroom-chat-lightbox.ts";
import { MediaEvent } from "./media-event.ts";

/** The largest box of a picture in a message, pixels. */
const largest = { width: 320, height: 260 };
const smallest = 48;

/** A message's file: a picture that opens large, or a file to download. */
export class HomeroomChatFile extends LitElement {
  static override properties = {
    file: { attribute: false },
    address: { state: true },
    state: { state: true },
  };

  declare file: FileContent;
  /** Of the picture's bytes in this page. */
  declare private address: string | undefined;
  declare private state: "waiting" | "there" | "away" | "unable";
  #seen: IntersectionObserver | undefined;

  static override styles = [
    ...chatStyles,
    css`
      :host {
        display: block;
        inline-size: 20rem;
        max-inline-size: 100%;
      }
      :host(:not([picture])) {
        inline-size: auto;
      }
      .picture {
        display: grid;
        place-items: center;
        max-inline-size: 100%;
        min-block-size: 0;
        padding: 0;
        border: 0;
        border-radius: 9px;
        background: color-mix(in srgb, var(--ink), transparent 92%);
        overflow: clip;
        cursor: zoom-in;
      }
      .picture img {
        inline-size: 100%;
        block-size: 100%;
        object-fit: contain;
      }
      .note {
        padding: 0.5rem;
        color: var(--ink-soft);
        font-weight: 450;
        font-size: 0.85rem;
        overflow-wrap: anywhere;
      }
      .file {
        display: flex;
        align-items: center;
        gap: 0.6rem;
        min-inline-size: 0;
        max-inline-size: 100%;
        padding: 0.3rem 0.6rem 0.3rem 0.3rem;
        text-align: start;
      }
      .file svg {
        flex: none;
        inline-size: 1.4rem;
        block-size: 1.4rem;
        fill: none;
        stroke: var(--accent);
        stroke-width: 1.8;
        stroke-linecap: round;
        stroke-linejoin: round;
      }
      .file > span {
        display: grid;
        min-inline-size: 0;
      }
      small {
        color: var(--ink-soft);
        font-weight: 450;
        font-size: 0.8rem;
      }
    `,
  ];

  constructor() {
    super();
    this.file = { kind: "file", name: "" };
    this.address = undefined;
    this.state = "waiting";
  }

  override disconnectedCallback(): void {
    super.disconnectedCallback();
    this.#seen?.disconnect();
    this.#seen = undefined;
    this.#forget();
  }

  protected override willUpdate(changed: PropertyValues<this>): void {
    const before = changed.get("file");
    if (before && (before.url !== this.file.url || before.thumbnail !== this.file.thumbnail)) this.#forget();
  }

  protected override render(): TemplateResult {
    this.toggleAttribute("picture", this.file.kind === "image");
    return this.file.kind === "image" ? this.#picture() : this.#fileButton();
  }

  protected override updated(): void {
    if (this.file.kind !== "image" || this.state !== "waiting" || this.address || this.#seen) return;
    // Only what comes on the screen is loaded.
    this.#seen = new IntersectionObserver((entries) => {
      if (!entries.some(({ isIntersecting }) => isIntersecting)) return;
      this.#seen?.disconnect();
      this.#seen = undefined;
      void this.#load();
    });
    this.#seen.observe(this);
  }

  #picture(): TemplateResult {
    const name = shortName(this.file.name);
    if (this.state === "unable")
      return html`<p class="note">${say("messages.image-unable", { name })}</p>
        ${this.#fileButton()}`;
    if (this.state === "away" || this.file.url === undefined) return this.#away();
    return html`<button class="picture" aria-label=${say("messages.image-open", { name })} @click=${this.#open}>
      ${
        this.address
          ? html`<img src=${this.address} alt="" draggable="false" @load=${this.#sized} @error=${this.#unable} />`
          : html`<span class="note">${say("messages.image-loading")}</span>`
      }
    </button>`;
  }

  #away(): TemplateResult {
    return html`<p class="note">
      ${say("messages.media-away", { name: shortName(this.file.name) })}
      ${
        this.file.url === undefined
          ? nothing
          : html`<button class="plain" @click=${() => void this.#load()}>${say("messages.try-again")}</button>`
      }
    </p>`;
  }

  #fileButton(): TemplateResult {
    const { name, size, url } = this.file;
    if (this.state === "away" || url === undefined) return this.#away();
    const said =
      size === undefined ? shortName(name) : `${shortName(name)} ${sizeWords(size, spokenLanguage())}`;
    // What is read out holds what is seen.
    return html`<button class="file" aria-label=${say("messages.download", { name: said })} @click=${this.#download}>
      ${icon("file")}<span
        ><bdi class="one-line">${shortName(name)}</bdi>${
          size === undefined ? nothing : html` <small>${sizeWords(size, spokenLanguage())}</small>`
        }</span
      >
    </button>`;
  }

  /** Pictures keep their place while they load: no row jumps. */
  protected override firstUpdated(): void {
    this.#sized();
  }

  readonly #sized = (): void => {
    const box = this.renderRoot.querySelector<HTMLElement>(".picture");
    const image = this.renderRoot.querySelector("img");
    if (!box) return;
    const { width: said = 0, height: saidHeight = 0 } = this.file;
    const width = image?.naturalWidth || said || largest.width;
    const height = image?.naturalHeight || saidHeight || largest.height / 2;
    const scale = Math.min(1, largest.width / width, largest.height / height);
    // In a narrower bubble as wide as that.
    box.style.inlineSize = `min(${Math.max(smallest, width * scale)}px, 100%)`;
    box.style.aspectRatio = `${Math.max(0.2, Math.min(6, width / height))}`;
    this.dispatchEvent(new Event("homeroom-resized", { bubbles: true, composed: true }));
  };

  readonly #unable = (): void => {
    this.#forget();
    this.state = "unable";
  };

  async #load(): Promise<void> {
    const { url, thumbnail } = this.file;
    const wanted = thumbnail ?? url;
    if (wanted === undefined) return;
    this.state = "waiting";
    const blob = await this.#fetch(wanted);
    if (!this.isConnected || wanted !== (this.file.thumbnail ?? this.file.url)) return;
    if (!blob) {
      this.state = "away";
      return;
    }
    const type = await pictureType(blob);
    if (type === undefined) {
      this.state = "unable";
      return;
    }
    this.address = URL.createObjectURL(blob.slice(0, blob.size, type));
    this.state = "there";
  }

  async #fetch(mxc: string): Promise<Blob | undefined> {
    const event = new MediaEvent(mxc);
    this.dispatchEvent(event);
    return event.result?.catch(() => undefined);
  }

  readonly #open = async (): Promise<void> => {
    const { url, name } = this.file;
    if (url === undefined) return;
    const blob = await this.#fetch(url);
    const type = blob && (await pictureType(blob));
    if (!blob) this.state = "away";
    else if (type === undefined) this.state = "unable";
    else showLarge(this.renderRoot, blob.slice(0, blob.size, type), name);
  };

  readonly #download = async (): Promise<void> => {
    const { url, name } = this.file;
    const blob = url === undefined ? undefined : await this.#fetch(url);
    if (!blob) {
      this.state = "away";
      return;
    }
    // Without a type of its own, whatever it is: a page that is downloaded must not open here.
    const address = URL.createObjectURL(blob.slice(0, blob.size, "application/octet-stream"));
    const link = document.createElement("a");
    link.href = address;
    link.download = name;
    link.click();
    setTimeout(() => URL.revokeObjectURL(address), 10_000);
  };

  #forget(): void {
    if (this.address) URL.revokeObjectURL(this.address);
    this.address = undefined;
    this.state = "waiting";
  }
}

customElements.define("homeroom-chat-file", HomeroomChatFile);

declare global {
  interface HTMLElementTagNameMap {
    "homeroom-chat-file": HomeroomChatFile;
  }
}
