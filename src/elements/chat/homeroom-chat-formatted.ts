import { css, html, LitElement, type PropertyValues, type TemplateResult } from "lit";

/** Longer HTML is shown as its plain text. */
const longest = 20_000;

/** A message with formatting. Until what cleans its HTML is there, and where that refuses, its plain words. */
export class HomeroomChatFormatted extends LitElement {
  static override properties = { source: {}, plain: { attribute: false }, content: { state: true } };

  /** The message's HTML, as it came. */
  declare source: string;
  declare plain: unknown;
  declare content: DocumentFragment | undefined;

  static override styles = css`
    :host {
      display: block;
    }
    .plain {
      white-space: pre-wrap;
    }
    .content > :first-child {
      margin-block-start: 0;
    }
    .content > :last-child {
      margin-block-end: 0;
    }
    :is(h1, h2, h3, h4, h5, h6) {
      margin: 0.4em 0 0.2em;
      font-size: 1.08em;
      font-weight: 700;
      line-height: 1.3;
    }
    :is(p, ul, ol, blockquote, pre, table) {
      margin: 0.35em 0;
    }
    :is(ul, ol) {
      padding-inline-start: 1.4em;
    }
    blockquote {
      padding-inline-start: 0.7em;
      border-inline-start: 3px solid var(--line);
      color: var(--ink-soft);
    }
    code {
      padding: 0.05em 0.25em;
      border-radius: 4px;
      background: color-mix(in srgb, var(--ink), transparent 92%);
      font: 500 0.9em var(--font-wire);
      overflow-wrap: anywhere;
    }
    pre {
      max-block-size: 20em;
      padding: 0.5em 0.6em;
      border-radius: 7px;
      background: color-mix(in srgb, var(--ink), transparent 92%);
      overflow: auto;
    }
    pre code {
      padding: 0;
      background: none;
    }
    table {
      display: block;
      max-inline-size: 100%;
      border-collapse: collapse;
      overflow-x: auto;
    }
    :is(th, td) {
      padding: 0.15em 0.5em;
      border: 1px solid var(--line);
    }
    a {
      color: var(--accent);
      overflow-wrap: anywhere;
    }
    .pill {
      display: inline-block;
      max-inline-size: 100%;
      padding: 0 0.4em;
      border-radius: 999px;
      background: color-mix(in srgb, var(--accent), transparent 86%);
      color: var(--ink);
      font-weight: 600;
      text-decoration: none;
      unicode-bidi: isolate;
    }
    summary {
      cursor: pointer;
    }
    .spoiler {
      display: inline-block;
    }
    .spoiler[open] > summary {
      color: var(--ink-soft);
    }
  `;

  constructor() {
    super();
    this.source = "";
    this.plain = "";
    this.content = undefined;
  }

  protected override willUpdate(changed: PropertyValues<this>): void {
    if (changed.has("source")) void this.#clean(this.source);
  }

  protected override render(): TemplateResult {
    return this.content
      ? html`<div class="content" dir="auto">${this.content}</div>`
      : html`<div class="plain" dir="auto">${this.plain}</div>`;
  }

  async #clean(source: string): Promise<void> {
    this.content = undefined;
    if (source.length > longest) return;
    const { safeHtml } = await import("./chat-html.ts");
    if (source !== this.source) return;
    this.content = safeHtml(source);
    await this.updateComplete;
    // Whoever placed it measures it again.
    this.dispatchEvent(new Event("homeroom-resized", { bubbles: true, composed: true }));
  }
}

customElements.define("homeroom-chat-formatted", HomeroomChatFormatted);

declare global {
  interface HTMLElementTagNameMap {
    "homeroom-chat-formatted": HomeroomChatFormatted;
  }
}
