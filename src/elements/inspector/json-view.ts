import { html, LitElement, nothing, type PropertyValues, type TemplateResult } from "lit";
import { repeat } from "lit/directives/repeat.js";
import { say, spokenLanguage } from "../../catalogue/late.ts";
import type { Json } from "../../protocol/json.ts";
import { lookOf, lookStyles, type ServerLooks } from "../server-look.ts";
import { type FieldContext, fieldWords } from "./inspector-fields.ts";
import { isSecretField, secretMask } from "./inspector-secrets.ts";
import { ExplainTip, tipStyles } from "./inspector-tip.ts";
import { type JsonRow, jsonRows, rowId } from "./json-view-rows.ts";
import { jsonViewStyles } from "./json-view-styles.ts";

/** A string longer than this is cut until one asks for all of it. */
const longString = 160;

/** JSON as a tree: coloured, folded, each field explained on hover and focus. Keys as in the ARIA tree pattern. */
export class JsonView extends LitElement {
  static override properties = {
    value: { attribute: false },
    context: { attribute: false },
    looks: { attribute: false },
    revealed: { type: Boolean },
    label: {},
    toggled: { state: true },
    whole: { state: true },
    current: { state: true },
  };

  declare value: Json;
  declare context: FieldContext;
  declare looks: ServerLooks | undefined;
  /** Shows secrets as they are. */
  declare revealed: boolean;
  declare label: string;
  /** Nodes that are not as they are at first: folded or open. */
  declare private toggled: ReadonlySet<string>;
  /** Long strings that are shown whole, and long lists. */
  declare private whole: ReadonlySet<string>;
  /** The row that is in the order of tabs. */
  declare private current: string;

  static override styles = [jsonViewStyles, tipStyles, lookStyles];

  #tip = new ExplainTip(this);
  #rows: JsonRow[] = [];
  #focusNext = false;

  constructor() {
    super();
    this.value = null;
    this.context = { about: "" };
    this.revealed = false;
    this.label = "";
    this.toggled = new Set();
    this.whole = new Set();
    this.current = "";
  }

  protected override willUpdate(changed: PropertyValues<this>): void {
    if (changed.has("value") && changed.get("value") !== undefined) {
      this.toggled = new Set();
      this.whole = new Set();
      this.current = "";
    }
    this.#rows = jsonRows(this.value, this.toggled, this.whole);
  }

  protected override render(): TemplateResult {
    const items = this.#rows.filter(({ kind }) => kind !== "close");
    const current = items.some((row) => rowId(row) === this.current) ? this.current : rowId(items[0]!);
    return html`<div role="tree" aria-label=${this.label} @keydown=${this.#key} dir="ltr" translate="no">
        ${repeat(
          this.#rows,
          (row) => `${row.kind === "close" ? "}" : ""}${rowId(row)}`,
          (row) => this.#row(row, current),
        )}
      </div>
      ${this.#tip.template()}`;
  }

  #row(row: JsonRow, current: string): TemplateResult {
    const indent = "  ".repeat(row.path.length);
    if (row.kind === "close")
      return html`<div class="row" role="none" aria-hidden="true">${indent}<span class="mark">${row.list ? "]" : "}"}${row.comma}</span></div>`;
    const id = rowId(row);
    const explained = this.#explain(row);
    return html`<div
      class="row"
      role="treeitem"
      data-id=${id}
      tabindex=${id === current ? 0 : -1}
      aria-level=${row.path.length + 1}
      aria-setsize=${row.of}
      aria-posinset=${row.place}
      aria-expanded=${row.kind === "leaf" || row.kind === "more" ? nothing : row.kind === "open"}
      aria-label=${this.#name(row)}
      data-explain=${explained ?? nothing}
      @click=${() => this.#choose(row)}
    >${indent}${this.#label(row, explained !== undefined)}${this.#value(row)}</div>`;
  }

  #label(row: JsonRow, explained: boolean): TemplateResult | typeof nothing {
    const name = row.path.at(-1);
    if (typeof name !== "string" || row.kind === "more") return nothing;
    const look = lookOf(this.looks, name);
    return html`<span class="key ${explained ? "explained" : ""} ${look ? `address ${look.className}` : ""}" data-anchor>"${name}"</span><span class="mark">: </span>`;
  }

  #value(row: JsonRow): TemplateResult {
    const [open, close] = row.list ? ["[", "]"] : ["{", "}"];
    switch (row.kind) {
      case "more":
        return html`<span class="fold">${say("inspector.json-more", { n: row.size })}</span>`;
      case "open":
        return html`<span class="mark">${open}</span>`;
      case "folded":
        return html`<span class="mark">${open}</span><span class="fold"> ${this.#sizeWords(row)} </span><span class="mark">${close}${row.comma}</span>`;
      default:
        return row.size === 0 && row.list !== undefined
          ? html`<span class="mark">${open}${close}${row.comma}</span>`
          : html`${this.#leaf(row)}<span class="mark">${row.comma}</span>`;
    }
  }

  #leaf(row: JsonRow): TemplateResult {
    const { value } = row;
    if (typeof value !== "string")
      return html`<span class=${value === null || typeof value === "boolean" ? "word" : "number"}>${JSON.stringify(value)}</span>`;
    if (this.#hidden(row)) return html`<span class="string secret">"${secretMask}"</span>`;
    const whole = this.whole.has(rowId(row));
    const cut = value.length > longString && !whole;
    const look = lookOf(this.looks, value);
    const text = JSON.stringify(cut ? value.slice(0, longString) : value);
    return html`<span class="string ${look ? `address ${look.className}` : ""}">${cut ? `${text.slice(0, -1)}…` : text}</span>${
      value.length > longString
        ? html` <span class="fold">${say(cut ? "inspector.json-cut" : "inspector.json-whole", { n: value.length })}</span>`
        : nothing
    }`;
  }

  #hidden({ path, value, beside }: JsonRow): boolean {
    const name = path.at(-1);
    return (
      !this.revealed && typeof value === "string" && typeof name === "string" && isSecretField(name, beside)
    );
  }

  #sizeWords(row: JsonRow): string {
    return say(row.list ? "inspector.json-list" : "inspector.json-object", { n: row.size });
  }

  /** The row as it is read out: without brackets and quotes. */
  #name(row: JsonRow): string {
    const last = row.path.at(-1);
    const name = last === undefined ? this.label : typeof last === "number" ? String(last + 1) : last;
    if (row.kind === "more") return say("inspector.json-more", { n: row.size });
    const value =
      row.list !== undefined
        ? this.#sizeWords(row)
        : this.#hidden(row)
          ? say("inspector.masked")
          : String(row.value).slice(0, longString);
    return `${name}: ${value}`;
  }

  #explain(row: JsonRow): string | undefined {
    const name = row.path.at(-1);
    if (typeof name !== "string" || row.kind === "more") return undefined;
    const words = fieldWords(this.value, row.path, this.context);
    const time = typeof row.value === "number" && /(_ts|^ts|_at)$/.test(name) && row.value > 1e12;
    const date = time
      ? new Date(row.value as number).toLocaleString(spokenLanguage(), {
          dateStyle: "medium",
          timeStyle: "medium",
        })
      : undefined;
    if (!words) return date;
    return date ? `${words}\n${say("inspector.as-date", { date })}` : words;
  }

  #choose(row: JsonRow): void {
    this.current = rowId(row);
    const long = typeof row.value === "string" && row.value.length > longString && !this.#hidden(row);
    if (row.kind === "more" || long) this.whole = flipped(this.whole, rowId(row));
    else if (row.kind !== "leaf") this.toggled = flipped(this.toggled, rowId(row));
  }

  #key = (event: KeyboardEvent): void => {
    const items = this.#rows.filter(({ kind }) => kind !== "close");
    const index = Math.max(
      0,
      items.findIndex((row) => rowId(row) === this.current),
    );
    const row = items[index];
    if (!row || event.altKey || event.ctrlKey || event.metaKey) return;
    const parent = () =>
      items.findLastIndex((other, at) => at < index && other.path.length === row.path.length - 1);
    const to: Record<string, () => number | undefined> = {
      ArrowDown: () => index + 1,
      ArrowUp: () => index - 1,
      Home: () => 0,
      End: () => items.length - 1,
      ArrowRight: () =>
        row.kind === "folded" ? void this.#choose(row) : row.kind === "open" ? index + 1 : undefined,
      ArrowLeft: () => (row.kind === "open" ? void this.#choose(row) : parent()),
      Enter: () => void this.#choose(row),
      " ": () => void this.#choose(row),
    };
    const way = to[event.key];
    if (!way) return;
    event.preventDefault();
    const next = way();
    const target = next === undefined ? undefined : items[Math.min(items.length - 1, Math.max(0, next))];
    if (target) this.current = rowId(target);
    this.#focusNext = true;
    this.requestUpdate();
  };

  protected override updated(): void {
    if (!this.#focusNext) return;
    this.#focusNext = false;
    this.renderRoot.querySelector<HTMLElement>('[tabindex="0"]')?.focus();
  }
}

function flipped(set: ReadonlySet<string>, id: string): ReadonlySet<string> {
  const copy = new Set(set);
  if (!copy.delete(id)) copy.add(id);
  return copy;
}

customElements.define("json-view", JsonView);

declare global {
  interface HTMLElementTagNameMap {
    "json-view": JsonView;
  }
}
