import {
  autocompletion,
  type CompletionContext,
  type CompletionResult,
  completionKeymap,
} from "@codemirror/autocomplete";
import { defaultKeymap, history, historyKeymap } from "@codemirror/commands";
import { json, jsonParseLinter } from "@codemirror/lang-json";
import { bracketMatching, HighlightStyle, syntaxHighlighting } from "@codemirror/language";
import { type Diagnostic, linter, lintKeymap } from "@codemirror/lint";
import { Compartment, EditorState } from "@codemirror/state";
import { EditorView, hoverTooltip, keymap } from "@codemirror/view";
import { tags } from "@lezer/highlight";
import { css, html, LitElement, type PropertyValues, type TemplateResult } from "lit";
import { say } from "../../catalogue/late.ts";
import type { Json } from "../../protocol/json.ts";
import { type ContentFault, type ContentSchema, contentFaults, schemaAt } from "./content-schema.ts";
import { placeOf, spotAt } from "./json-places.ts";

/** A field for JSON: it says what is wrong where it stands, and knows what the specification says of the content. */
export class JsonEditor extends LitElement {
  static override properties = {
    value: {},
    label: {},
    schema: { attribute: false },
    readonly: { type: Boolean },
  };

  declare value: string;
  declare label: string;
  declare schema: ContentSchema | undefined;
  declare readonly: boolean;

  #view: EditorView | undefined;
  readonly #locked = new Compartment();
  readonly #named = new Compartment();

  static override styles = css`
    :host {
      display: block;
      min-inline-size: 0;
    }
    .cm-editor {
      max-block-size: 22rem;
      border-radius: 9px;
      background: var(--wire-paper);
      color: var(--wire-ink);
      font-size: 0.78125rem;
    }
    .cm-editor.cm-focused {
      outline: 3px solid var(--accent);
      outline-offset: 2px;
    }
  `;

  constructor() {
    super();
    this.value = "";
    this.label = "";
    this.schema = undefined;
    this.readonly = false;
  }

  override focus(): void {
    this.#view?.focus();
  }

  /** What is written now. */
  get text(): string {
    return this.#view?.state.doc.toString() ?? this.value;
  }

  override disconnectedCallback(): void {
    super.disconnectedCallback();
    this.#view?.destroy();
    this.#view = undefined;
  }

  override connectedCallback(): void {
    super.connectedCallback();
    if (this.hasUpdated) this.requestUpdate();
  }

  protected override render(): TemplateResult {
    return html`<div id="place"></div>`;
  }

  protected override updated(changed: PropertyValues<this>): void {
    const place = this.renderRoot.querySelector("#place");
    if (!this.#view && place) this.#view = this.#create(place);
    else if (changed.has("value") && this.value !== this.text)
      this.#view?.dispatch({ changes: { from: 0, to: this.text.length, insert: this.value } });
    this.#view?.dispatch({
      effects: [this.#locked.reconfigure(this.#lock()), this.#named.reconfigure(this.#name())],
    });
  }

  #lock() {
    return [EditorState.readOnly.of(this.readonly), EditorView.editable.of(!this.readonly)];
  }

  #name() {
    return EditorView.contentAttributes.of({ "aria-label": this.label, spellcheck: "false", dir: "ltr" });
  }

  #create(parent: Element): EditorView {
    return new EditorView({
      parent,
      root: this.renderRoot as ShadowRoot,
      doc: this.value,
      extensions: [
        history(),
        json(),
        bracketMatching(),
        syntaxHighlighting(colours),
        EditorView.lineWrapping,
        EditorView.darkTheme.of(true),
        look,
        linter((view) => this.#faults(view), { delay: 250 }),
        autocompletion({ override: [(context) => this.#offers(context)] }),
        hoverTooltip((view, position) => this.#explained(view, position)),
        // Tab leaves the field, so that a keyboard is not caught in it.
        keymap.of([...completionKeymap, ...lintKeymap, ...historyKeymap, ...defaultKeymap]),
        this.#locked.of(this.#lock()),
        this.#named.of(this.#name()),
        EditorView.updateListener.of((update) => {
          if (update.docChanged) this.dispatchEvent(new Event("input", { bubbles: true, composed: true }));
        }),
      ],
    });
  }

  #faults(view: EditorView): Diagnostic[] {
    const broken = view.state.doc.length === 0 ? [] : jsonParseLinter()(view);
    if (broken.length > 0 || !this.schema || view.state.doc.length === 0)
      return broken.map((each) => ({ ...each, message: say("inspector.no-json", { reason: each.message }) }));
    const value = JSON.parse(view.state.doc.toString()) as Json;
    return contentFaults(value, this.schema).map((fault) => ({
      ...placeOf(view.state, fault.path),
      severity: "warning" as const,
      message: faultWords(fault),
    }));
  }

  #offers({ state, pos, explicit }: CompletionContext): CompletionResult | null {
    const spot = this.schema && spotAt(state, pos);
    const schema = spot && this.schema && schemaAt(this.schema, spot.path);
    if (!spot || !schema || (!explicit && spot.from === spot.to)) return null;
    if (spot.part === "value") {
      const words = schema.enum ?? (schema.type === "boolean" ? [true, false] : []);
      const options = words.map((word) => ({ label: JSON.stringify(word), type: "constant" }));
      // All that there are to choose from, whatever stands there now.
      return options.length > 0 ? { from: spot.from, to: spot.to, options, filter: false } : null;
    }
    const options = Object.entries(schema.properties ?? {})
      .filter(([key]) => !spot.keys.includes(key) || spot.from < spot.to)
      .map(([key, { description }]) => ({
        label: JSON.stringify(key),
        type: "property",
        ...(spot.from === spot.to && { apply: `${JSON.stringify(key)}: ` }),
        ...(description !== undefined && { info: description }),
      }));
    return options.length > 0 ? { from: spot.from, to: spot.to, options } : null;
  }

  #explained(view: EditorView, position: number) {
    const spot = this.schema && spotAt(view.state, position + 1);
    if (!spot || !this.schema) return null;
    const key =
      spot.part === "key" && spot.from < spot.to
        ? view.state.sliceDoc(spot.from + 1, spot.to - 1)
        : undefined;
    const words = schemaAt(this.schema, key === undefined ? spot.path : [...spot.path, key])?.description;
    if (words === undefined) return null;
    return {
      pos: spot.from,
      end: spot.to,
      create: () => {
        const dom = document.createElement("p");
        dom.className = "explained";
        dom.textContent = words;
        return { dom };
      },
    };
  }
}

function faultWords(fault: ContentFault): string {
  switch (fault.fault) {
    case "missing":
      return say("inspector.fault-missing", { key: fault.key });
    case "type":
      return say("inspector.fault-type", { expected: fault.expected });
    case "choice":
      return say("inspector.fault-choice", { choices: fault.choices });
    case "form":
      return say("inspector.fault-form");
    case "small":
      return say("inspector.fault-small", { least: fault.least });
  }
}

const colours = HighlightStyle.define([
  { tag: tags.propertyName, color: "#bfb0ff" },
  { tag: tags.string, color: "#8be0b0" },
  { tag: tags.number, color: "#ffc98a" },
  { tag: [tags.bool, tags.null], color: "#ff9fc2" },
]);

const look = EditorView.theme(
  {
    "&": { backgroundColor: "var(--wire-paper)" },
    ".cm-scroller": { fontFamily: "var(--font-wire)", lineHeight: "1.65" },
    ".cm-content": { padding: "0.6rem 0.2rem", caretColor: "#fff" },
    ".cm-cursor": { borderLeftColor: "#fff" },
    ".cm-tooltip": {
      maxWidth: "22rem",
      border: "1px solid var(--line)",
      borderRadius: "9px",
      backgroundColor: "var(--surface)",
      color: "var(--ink)",
      fontFamily: "var(--font-text)",
      fontSize: "0.8125rem",
    },
    ".cm-tooltip .explained": { margin: "0", padding: "0.4rem 0.6rem" },
    ".cm-tooltip-autocomplete ul li[aria-selected]": {
      backgroundColor: "var(--accent)",
      color: "var(--surface)",
    },
    ".cm-selectionBackground": { backgroundColor: "#4a4464 !important" },
  },
  { dark: true },
);

customElements.define("json-editor", JsonEditor);

declare global {
  interface HTMLElementTagNameMap {
    "json-editor": JsonEditor;
  }
}
