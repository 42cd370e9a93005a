import { css, html, LitElement, type PropertyValues, type TemplateResult } from "lit";
import { MediaEvent } from "./messages/media-event.ts";

/** A room's picture in place of its letter, once its bytes have come. Decoration: the name stands beside it. */
export class HomeroomChatPicture extends LitElement {
  static override properties = { mxc: { attribute: false }, source: { state: true } };

  declare mxc: string | undefined;
  declare private source: string | undefined;

  static override styles = css`
    :host {
      display: inline-grid;
      flex: none;
    }
    img {
      inline-size: 2.4rem;
      block-size: 2.4rem;
      border-radius: 10px;
      object-fit: cover;
    }
  `;

  constructor() {
    super();
    this.mxc = undefined;
    this.source = undefined;
  }

  override disconnectedCallback(): void {
    super.disconnectedCallback();
    this.#drop();
  }

  override connectedCallback(): void {
    super.connectedCallback();
    if (this.hasUpdated) void this.#load();
  }

  protected override updated(changed: PropertyValues<this>): void {
    if (!changed.has("mxc")) return;
    this.#drop();
    void this.#load();
  }

  #drop(): void {
    if (this.source !== undefined) URL.revokeObjectURL(this.source);
    this.source = undefined;
  }

  async #load(): Promise<void> {
    const { mxc } = this;
    if (mxc === undefined) return;
    const event = new MediaEvent(mxc);
    this.dispatchEvent(event);
    // Bytes that do not come leave the letter in place.
    const bytes = await event.result?.catch(() => undefined);
    if (!bytes || mxc !== this.mxc || !this.isConnected) return;
    this.#drop();
    this.source = URL.createObjectURL(bytes);
  }

  protected override render(): TemplateResult {
    return this.source === undefined
      ? html`<slot></slot>`
      : html`<img src=${this.source} alt="" @error=${() => this.#drop()} />`;
  }
}

customElements.define("homeroom-chat-picture", HomeroomChatPicture);

declare global {
  interface HTMLElementTagNameMap {
    "homeroom-chat-picture": HomeroomChatPicture;
  }
}
