import { css, html, LitElement, nothing } from "lit";
import { lookOf, lookStyles, type ServerLooks, serverIn, symbolMark } from "../server-look.ts";

/**
 * An address in its server's colour and shape: `@bo:harbor.example`, `#tea:garden.example`, `garden.example`.
 * One that names no server, or a server that the scene does not know, stays plain.
 */
export class HomeroomAddress extends LitElement {
  static override properties = { text: {}, looks: { attribute: false } };

  /** The address. Without it the element's own text is taken. */
  declare text: string;
  declare looks: ServerLooks | undefined;

  static override styles = [
    css`
      :host {
        display: inline;
      }
      .address {
        --look: var(--ink-soft);
        --look-soft: var(--surface-soft);
        border-radius: 5px;
        background: var(--look-soft);
        color: var(--look);
        font: 600 0.88em / 1.35 var(--font-wire);
        padding: 0.1em 0.4em;
        display: inline-block;
        max-inline-size: 100%;
        box-sizing: border-box;
        overflow: clip;
        overflow-wrap: anywhere;
        text-overflow: ellipsis;
        unicode-bidi: isolate;
      }
      .name {
        font-weight: 500;
      }
      .symbol {
        block-size: 0.95em;
        inline-size: 0.95em;
        margin-inline-end: 0.3em;
        vertical-align: -0.12em;
        fill: none;
        stroke: currentColor;
        stroke-width: 2.4;
        stroke-linecap: round;
        stroke-linejoin: round;
      }
    `,
    lookStyles,
  ];

  constructor() {
    super();
    this.text = "";
    this.looks = undefined;
  }

  protected override render(): unknown {
    const text = this.text || (this.textContent ?? "").trim();
    const look = lookOf(this.looks, text);
    const server = serverIn(text);
    const name = server ? text.slice(0, text.length - server.length) : "";
    return html`<span class="address ${look?.className ?? ""}" dir="ltr" translate="no"
      >${look ? symbolMark(look) : nothing}<span class="name">${name}</span>${text.slice(name.length)}</span
    >`;
  }
}

customElements.define("homeroom-address", HomeroomAddress);

declare global {
  interface HTMLElementTagNameMap {
    "homeroom-address": HomeroomAddress;
  }
}
