import { css, html, LitElement, type TemplateResult } from "lit";
import { say } from "../../../catalogue/message-words.ts";
import { icon } from "../chat-icons.ts";
import { chatStyles } from "../chat-styles.ts";
import { shortName } from "../chat-words.ts";

/** A picture over everything. A click beside it, its button or Escape closes it. */
export class HomeroomChatLightbox extends LitElement {
  static override properties = { address: { attribute: false }, name: {} };

  declare address: string;
  declare name: string;

  static override styles = [
    ...chatStyles,
    css`
      dialog {
        display: grid;
        grid-template: auto minmax(0, 1fr) / minmax(0, 1fr);
        inline-size: 100vw;
        block-size: 100dvh;
        max-inline-size: none;
        max-block-size: none;
        padding: 0.5rem;
        border: 0;
        background: rgb(18 16 26 / 94%);
        color: #f4f1ff;
        font: 400 1rem/1.5 var(--font-text);
      }
      header {
        display: flex;
        align-items: center;
        gap: 0.6rem;
      }
      h2 {
        flex: 1;
      }
      .icon {
        color: inherit;
      }
      .icon:hover:not(:disabled) {
        background: rgb(255 255 255 / 16%);
        color: inherit;
      }
      img {
        place-self: center;
        max-inline-size: 100%;
        max-block-size: 100%;
        min-block-size: 0;
        object-fit: contain;
      }
    `,
  ];

  constructor() {
    super();
    this.address = "";
    this.name = "";
  }

  protected override render(): TemplateResult {
    const name = shortName(this.name);
    return html`<dialog aria-label=${say("messages.image", { name })} @close=${() => this.remove()} @click=${this.#clicked}>
      <header>
        <h2 class="one-line"><bdi>${name}</bdi></h2>
        <button class="icon" aria-label=${say("chat.close")} title=${say("chat.close")} @click=${this.#close}>
          ${icon("close")}
        </button>
      </header>
      <img src=${this.address} alt=${say("messages.image", { name })} />
    </dialog>`;
  }

  protected override firstUpdated(): void {
    this.renderRoot.querySelector("dialog")?.showModal();
  }

  override disconnectedCallback(): void {
    super.disconnectedCallback();
    URL.revokeObjectURL(this.address);
  }

  readonly #close = (): void => {
    this.renderRoot.querySelector("dialog")?.close();
  };

  readonly #clicked = (event: MouseEvent): void => {
    if (event.target instanceof HTMLDialogElement) this.#close();
  };
}

customElements.define("homeroom-chat-lightbox", HomeroomChatLightbox);

/** Shows a picture large. */
export function showLarge(root: ParentNode & Node, picture: Blob, name: string): void {
  const box = document.createElement("homeroom-chat-lightbox");
  box.address = URL.createObjectURL(picture);
  box.name = name;
  root.append(box);
}

declare global {
  interface HTMLElementTagNameMap {
    "homeroom-chat-lightbox": HomeroomChatLightbox;
  }
}
