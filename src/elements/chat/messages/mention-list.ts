import {
  html,
  nothing,
  type ReactiveController,
  type ReactiveControllerHost,
  type TemplateResult,
} from "lit";
import { say } from "../../../catalogue/message-words.ts";
import type { ServerLooks } from "../../server-look.ts";
import { avatar } from "../chat-avatar.ts";
import { shortName } from "../chat-words.ts";
import type { Nameable } from "./nameable.ts";

/** So many people are offered at once. */
const most = 5;

type FieldHost = ReactiveControllerHost & { readonly field: HTMLTextAreaElement | null };

/** The people who are offered while somebody types an `@` and the beginning of a name. */
export class MentionList implements ReactiveController {
  readonly #host: FieldHost;
  readonly #take: (text: string, caret: number) => void;
  #offered: readonly Nameable[] = [];
  #from = 0;
  #at = 0;

  /** @param take gets the field's new text, and where its caret is to stand */
  constructor(host: FieldHost, take: (text: string, caret: number) => void) {
    this.#host = host;
    this.#take = take;
    host.addController(this);
  }

  hostConnected(): void {}

  get isOpen(): boolean {
    return this.#offered.length > 0;
  }

  /** The id of the line that the arrow keys are at. */
  get active(): string | undefined {
    return this.isOpen ? `mention-${this.#at}` : undefined;
  }

  /** Something was typed. */
  look(people: readonly Nameable[]): void {
    const { field } = this.#host;
    const before = field?.value.slice(0, field.selectionStart ?? 0) ?? "";
    const [, begun] = /(?:^|\s)@([\p{L}\p{N}._-]{0,40})$/u.exec(before) ?? [];
    this.#from = begun === undefined ? 0 : before.length - begun.length - 1;
    const wanted = begun?.toLowerCase();
    const isWanted = ({ user, name }: Nameable): boolean =>
      wanted !== undefined &&
      (name.toLowerCase().startsWith(wanted) || user.toLowerCase().startsWith(`@${wanted}`));
    this.#set(people.filter(isWanted).slice(0, most));
  }

  close(): void {
    this.#set([]);
  }

  /** Answers whether the key was for the list. */
  press(event: KeyboardEvent): boolean {
    if (!this.isOpen) return false;
    const count = this.#offered.length;
    switch (event.key) {
      case "ArrowDown":
        this.#at = (this.#at + 1) % count;
        break;
      case "ArrowUp":
        this.#at = (this.#at - 1 + count) % count;
        break;
      case "Enter":
      case "Tab":
        this.#choose(this.#offered[this.#at]);
        break;
      case "Escape":
        this.close();
        break;
      default:
        return false;
    }
    event.preventDefault();
    event.stopPropagation();
    this.#host.requestUpdate();
    return true;
  }

  render(looks: ServerLooks | undefined): TemplateResult | typeof nothing {
    if (!this.isOpen) return nothing;
    return html`<ul class="mentions" id="mentions" role="listbox" aria-label=${say("messages.mention")}>
      ${this.#offered.map(
        (person, at) => html`<li
          id=${`mention-${at}`}
          role="option"
          aria-selected=${at === this.#at ? "true" : "false"}
          data-user=${person.user}
          @mousedown=${(event: Event) => event.preventDefault()}
          @click=${() => this.#choose(person)}
        >
          ${avatar(person.name, person.user, looks)}<bdi class="one-line">${shortName(person.name)}</bdi
          ><small class="one-line">${person.user}</small>
        </li>`,
      )}
    </ul>`;
  }

  #choose(person: Nameable | undefined): void {
    const { field } = this.#host;
    if (!person || !field) return;
    const named = `@${person.name} `;
    const rest = field.value.slice(field.selectionStart ?? field.value.length);
    const text = field.value.slice(0, this.#from) + named + rest;
    this.close();
    this.#take(text, this.#from + named.length);
  }

  #set(offered: readonly Nameable[]): void {
    if (this.#offered.length === 0 && offered.length === 0) return;
    this.#offered = offered;
    this.#at = 0;
    this.#host.requestUpdate();
  }
}
