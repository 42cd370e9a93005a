import { html, nothing, type TemplateResult } from "lit";
import { type Refused, refusalWords } from "../../catalogue/refusal-words.ts";

export type ChatField = {
  id: string;
  label: string;
  /** What stands in it to begin with. */
  value?: string;
  said?: unknown;
  /** An address, or another text of the wire. */
  wire?: boolean;
  lines?: boolean;
  placeholder?: string;
  before?: string;
  after?: string;
  off?: boolean;
  refused?: (Refused & { field?: string }) | undefined;
  changed?: (value: string) => void;
};

/** A labelled field, with what the server found wrong in it below. */
export function chatField(field: ChatField): TemplateResult {
  const { id, label, value, said, wire = false, before, after, off = false, changed } = field;
  const wrong = field.refused?.field === id ? refusalWords(field.refused) : undefined;
  const typed = (event: Event): void => changed?.((event.target as HTMLInputElement).value);
  const control = field.lines
    ? html`<textarea id=${id} rows="2" dir="auto" ?readonly=${off} .value=${value ?? ""} aria-invalid=${wrong ? "true" : nothing} aria-describedby=${`${id}-wrong`} @input=${typed}></textarea>`
    : html`<input
        id=${id}
        class=${wire ? "wire" : ""}
        dir=${wire ? "ltr" : "auto"}
        ?readonly=${off}
        .value=${value ?? ""}
        autocapitalize=${wire ? "none" : nothing}
        autocorrect="off"
        autocomplete="off"
        spellcheck=${wire ? "false" : nothing}
        placeholder=${field.placeholder ?? nothing}
        aria-invalid=${wrong ? "true" : nothing}
        aria-describedby=${`${id}-wrong`}
        @input=${typed}
      />`;
  return html`<div>
    <label for=${id}>${label}</label>
    <div class=${wrong ? "field wrong" : "field"}>
      ${before ? html`<span class="affix" aria-hidden="true">${before}</span>` : nothing}${control}${
        after ? html`<span class="affix end one-line" aria-hidden="true">${after}</span>` : nothing
      }
    </div>
    <p class="wrong-words" id=${`${id}-wrong`} role="alert">${wrong ?? nothing}</p>
    ${said === undefined ? nothing : html`<p class="said">${said}</p>`}
  </div>`;
}

export type ChatChoice<Value extends string> = {
  name: string;
  legend: string;
  options: readonly { value: Value; words: unknown }[];
  chosen: Value | undefined;
  off: boolean;
  choose: (value: Value) => void;
};

/** One of several, each said in words. */
export function chatChoice<Value extends string>(choice: ChatChoice<Value>): TemplateResult {
  const { name, legend, options, chosen, off, choose } = choice;
  return html`<fieldset ?disabled=${off}>
    <legend>${legend}</legend>
    ${options.map(
      ({ value, words }) => html`<label class="option"
        ><input type="radio" name=${name} value=${value} .checked=${chosen === value} @change=${() => choose(value)} /><span>${words}</span></label
      >`,
    )}
  </fieldset>`;
}
