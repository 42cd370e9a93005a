import { css, html, nothing, type PropertyDeclarations, type TemplateResult } from "lit";
import { refusalWords } from "../../catalogue/refusal-words.ts";
import { say } from "../../catalogue/room-words.ts";
import type { Doing } from "./chat-act.ts";
import { ChatPaneElement } from "./chat-pane-element.ts";

/** A change that is to be made, and the field that a refusal of it stands beside. */
export type Change = { doing: Doing; field: string };

/** A page of a room's settings: what is changed in it is kept until it is saved. */
export abstract class ChatSettingsForm extends ChatPaneElement {
  static override properties: PropertyDeclarations = { saved: { state: true } };

  declare protected saved: boolean;

  static override styles = [
    ...super.styles,
    css`
      :host {
        block-size: auto;
        background: none;
      }
      form {
        display: grid;
        grid-template-columns: minmax(0, 1fr);
        gap: 1rem;
      }
      form > .row {
        position: sticky;
        inset-block-end: -1rem;
        padding-block: 0.5rem 1rem;
        background: var(--surface);
      }
    `,
  ];

  constructor() {
    super();
    this.saved = false;
  }

  /** What differs from how the room is. */
  protected abstract changes(): Change[];
  /** Forgets what was changed. */
  protected abstract reset(): void;
  protected abstract fields(): TemplateResult;
  /** May this user change any of it? */
  protected abstract get mayChange(): boolean;

  protected override render(): TemplateResult {
    const elsewhere =
      this.refused && !this.renderRoot.querySelector(`#${CSS.escape(this.refused.field ?? "-")}`);
    return html`<form novalidate @submit=${this.#save} @input=${this.#touched}>
      ${this.fields()}
      <p class="wrong-words" role="alert">${this.refused && elsewhere ? refusalWords(this.refused) : nothing}</p>
      ${
        this.mayChange
          ? html`<div class="row">
              <button class="primary" data-act="save" ?disabled=${this.off}>
                ${say(this.waiting ? "chat.working" : "rooms.save")}
              </button>
              <span class="said" role="status">${this.saved ? say("rooms.saved") : nothing}</span>
            </div>`
          : html`<p class="said">${say("rooms.may-not")}</p>`
      }
    </form>`;
  }

  readonly #touched = (): void => {
    this.saved = false;
  };

  readonly #save = async (event: SubmitEvent): Promise<void> => {
    event.preventDefault();
    if (this.off) return;
    this.saved = false;
    for (const { doing, field } of this.changes()) {
      const result = await this.do(doing, field);
      if (result.ok) continue;
      await this.updateComplete;
      this.input(field)?.focus();
      return;
    }
    this.reset();
    this.saved = true;
  };
}
