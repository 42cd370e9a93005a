import { html, LitElement, nothing, type PropertyValues, type TemplateResult } from "lit";
import { say } from "../../catalogue/catalogue.ts";
import { type GoalsStatus, isMet, noGoalsMet } from "../../tutorial/goals-status.ts";
import type { Question } from "../../tutorial/step-events.ts";
import type { Step, StepProse } from "../../tutorial/tutorial.ts";
import type { Action } from "../../world/action.ts";
import type { Bindings } from "../../world/world.ts";
import { buttonStyles, unseenStyles } from "../button-styles.ts";
import type { Demonstrates, Hand } from "../hand.ts";
import type { ServerLooks } from "../server-look.ts";
import { type StepAct, StepEvent } from "./step-event.ts";
import { stepGoals } from "./step-goals.ts";
import { stepQuizzes } from "./step-quiz.ts";
import { StepSheet } from "./step-sheet.ts";
import { stepSheetStyles } from "./step-sheet-styles.ts";
import { stepStyles } from "./step-styles.ts";
import { type Cast, castKey, filledHtml, inlineText, spokenText } from "./step-text.ts";

/**
 * One step of a tutorial: its words, its goals as a live checklist, hints, near misses, quizzes and buttons. On a
 * narrow page it is a sheet over the stage; folded it is `--step-sheet-peek` high.
 */
export class HomeroomStep extends LitElement implements Demonstrates {
  static override properties = {
    tutorial: {},
    number: { type: Number },
    count: { type: Number },
    step: { attribute: false },
    prose: { attribute: false },
    goals: { attribute: false },
    hints: { type: Number },
    canGoBack: { type: Boolean },
    met: { type: Boolean },
    playing: { type: Boolean },
    busy: { type: Boolean },
    lookingBack: { type: Boolean },
    copied: { type: Boolean },
    question: { attribute: false },
    trouble: {},
    bindings: { attribute: false },
    looks: { attribute: false },
    sheet: { type: Boolean, reflect: true },
    folded: { type: Boolean, reflect: true },
  };

  /** The tutorial's title. */
  declare tutorial: string;
  /** This step's number, from 1, of `count`. */
  declare number: number;
  declare count: number;
  /** The step's logic: the order of its goals, and its quizzes. */
  declare step: Step | undefined;
  declare prose: StepProse | undefined;
  declare goals: GoalsStatus;
  /** How many hints are shown. */
  declare hints: number;
  declare canGoBack: boolean;
  /** All goals hold: Next is ready. */
  declare met: boolean;
  /** "Show me" plays. */
  declare playing: boolean;
  /** The world is being made ready. */
  declare busy: boolean;
  /** An earlier step is looked at. */
  declare lookingBack: boolean;
  /** The link was copied a moment ago. */
  declare copied: boolean;
  declare question: Question | undefined;
  declare trouble: "play" | "world" | undefined;
  declare bindings: Bindings | undefined;
  declare looks: ServerLooks | undefined;
  /** Shown as a sheet; the element sees to it by itself. */
  declare sheet: boolean;
  declare folded: boolean;

  #text: { key: string; content: DocumentFragment | TemplateResult } = { key: "", content: html`` };
  #spoken = "";
  #focused: Element | null = null;
  readonly #sheet = new StepSheet(this);

  static override styles = [unseenStyles, buttonStyles, stepStyles, stepSheetStyles];

  constructor() {
    super();
    this.tutorial = "";
    this.number = 1;
    this.count = 1;
    this.step = undefined;
    this.prose = undefined;
    this.goals = noGoalsMet;
    this.hints = 0;
    this.canGoBack = false;
    this.met = false;
    this.playing = false;
    this.busy = false;
    this.lookingBack = false;
    this.copied = false;
    this.question = undefined;
    this.trouble = undefined;
    this.bindings = undefined;
    this.looks = undefined;
    this.sheet = false;
    this.folded = false;
  }

  /** Where the focus goes when a step begins. */
  focusHeadline(): void {
    this.renderRoot.querySelector<HTMLElement>("h1")?.focus();
  }

  async demonstrate(action: Action, hand: Hand): Promise<boolean> {
    if (action.type !== "answer") return false;
    const radio = [...this.renderRoot.querySelectorAll<HTMLInputElement>('input[type="radio"]')].find(
      ({ name, value }) => name === action.quiz && value === action.with,
    );
    if (!radio) return false;
    this.#sheet.unfold();
    await this.updateComplete;
    await hand.click(radio);
    return true;
  }

  protected override willUpdate(changed: PropertyValues<this>): void {
    this.#focused = this.shadowRoot?.activeElement ?? null;
    if (changed.has("playing") && this.playing) this.#sheet.fold();
    if (changed.has("step") && changed.get("step")) this.#sheet.unfold();
    if (changed.has("question") && this.question) this.#sheet.unfold();
    if (changed.has("goals")) this.#spoken = this.#whatChanged(changed);
  }

  protected override updated(changed: PropertyValues<this>): void {
    super.updated(changed);
    if (changed.has("step")) this.renderRoot.querySelector(".scroll")!.scrollTop = 0;
    this.#keepFocus(changed);
    const before = changed.get("goals")?.miss;
    if (!changed.has("goals") || this.goals.miss === before) return;
    // What was near is said where one looks, however long the step's text is.
    const miss = this.renderRoot.querySelector(".miss");
    // Addresses in it take their room a moment later.
    if (miss) requestAnimationFrame(() => miss.scrollIntoView({ block: "nearest" }));
  }

  /** A button that is gone, or off, hands the focus on: to what took its place, else to the headline. */
  #keepFocus(changed: PropertyValues<this>): void {
    const asks = changed.has("question") && this.question !== undefined;
    const was = this.#focused;
    if (!asks && (!was || (was.isConnected && !was.matches(":disabled")))) return;
    const first = (selectors: string) => this.renderRoot.querySelector<HTMLElement>(selectors);
    const place = was?.matches(".hint-button")
      ? first(".hints")
      : changed.get("question") && !this.question
        ? first(".reset:enabled")
        : first(".asking button, .stop, .next:enabled");
    (place ?? first("h1"))?.focus();
  }

  /** What a screen reader is told: goals that turned, never all of them. */
  #whatChanged(changed: PropertyValues<this>): string {
    const before = changed.get("goals") ?? noGoalsMet;
    if (changed.has("step") || !this.step) return "";
    const turned = this.step.goals.filter(({ id }) => isMet(this.goals, id) && !isMet(before, id));
    const words = turned
      .map(({ id }) => this.prose?.goals[id])
      .filter((goal) => goal !== undefined)
      .map((goal) => say("step.goal-announced", { goal: spokenText(goal, this.#cast) }));
    if (this.step.goals.every(({ id }) => isMet(this.goals, id)) && turned.length > 0)
      words.push(say("step.all-met", { next: this.#nextName }));
    return words.join(" ") || this.#spoken;
  }

  get #cast(): Cast {
    return { bindings: this.bindings, looks: this.looks };
  }

  get #nextName(): string {
    return say(this.number >= this.count && !this.lookingBack ? "step.finish" : "step.next");
  }

  #fire(act: StepAct): void {
    this.dispatchEvent(new StepEvent(act));
  }

  protected override render(): TemplateResult {
    const { prose } = this;
    return html`<section aria-label=${say("step.kicker", { tutorial: this.tutorial, number: this.number })}>
      ${this.sheet ? this.#sheet.handle(this.#progress()) : nothing}
      <div class="scroll" ?inert=${this.sheet && this.folded}>
        <p class="kicker">${say("step.kicker", { tutorial: this.tutorial, number: this.number })}</p>
        <h1 tabindex="-1">${prose?.headline ?? ""}</h1>
        ${this.lookingBack ? html`<p class="note">${say("step.looking-back")}</p>` : nothing}
        <div class="prose">${this.#prose()}</div>
        ${this.step && prose ? stepGoals(this.step, prose, this.goals, this.#cast) : nothing}
        ${this.#miss()}
        ${
          this.step && prose
            ? stepQuizzes(this.step, prose, this.goals, this.#cast, {
                disabled: this.lookingBack || this.busy,
                answer: (quiz, answer) => this.#fire({ type: "answer", quiz, with: answer }),
              })
            : nothing
        }
        ${this.#hints()}
      </div>
      <div class="foot">
        ${this.#trouble()} ${this.question ? this.#asking(this.question) : this.#buttons()}
      </div>
      <p class="unseen" role="status">${this.#spoken}</p>
    </section>`;
  }

  #prose(): unknown {
    const source = this.prose?.html ?? "";
    const key = castKey(source, this.#cast);
    if (key !== this.#text.key) this.#text = { key, content: filledHtml(source, this.#cast) };
    // A fragment is empty once it is placed: Lit keeps what it placed as long as the value is the same.
    return this.#text.content;
  }

  #progress(): { headline: string; done: number; all: number; met: boolean } {
    const goals = this.step?.goals ?? [];
    const done = goals.filter(({ id }) => isMet(this.goals, id)).length;
    return { headline: this.prose?.headline ?? "", done, all: goals.length, met: this.met };
  }

  #miss(): TemplateResult {
    const { miss } = this.goals;
    const words = miss === undefined || this.met ? undefined : this.prose?.misses[miss];
    return html`<div role="status" class="miss-place">
      ${
        words === undefined
          ? nothing
          : html`<p class="miss">
              <svg viewBox="0 0 20 20" width="18" height="18" role="img" aria-label=${say("step.near-miss")}>
                <circle cx="10" cy="10" r="8.6" fill="none" stroke="currentColor" stroke-width="1.8" />
                <path d="M10 5.4v5.4M10 13.8v.4" stroke="currentColor" stroke-width="2.2" stroke-linecap="round" />
              </svg>
              <span>${inlineText(words, this.#cast)}</span>
            </p>`
      }
    </div>`;
  }

  #hints(): TemplateResult | typeof nothing {
    const all = this.prose?.hints ?? [];
    if (all.length === 0) return nothing;
    const shown = all.slice(0, this.hints);
    return html`<div class="hints" tabindex="-1">
      <div role="status">
        ${shown.map((hint, at) => html`<p class="hint"><span class="unseen">${say("step.hint-number", { number: at + 1, count: all.length })}:</span> ${inlineText(hint, this.#cast)}</p>`)}
      </div>
      ${
        shown.length < all.length && !this.met && !this.lookingBack
          ? html`<button class="text hint-button" @click=${() => this.#fire({ type: "hint", available: all.length })}>
              ${say(shown.length === 0 ? "step.hint" : "step.next-hint")}
            </button>`
          : nothing
      }
    </div>`;
  }

  #trouble(): TemplateResult {
    const { trouble } = this;
    return html`<div role="status">
      ${this.busy ? html`<p class="busy">${say("step.busy")}</p>` : nothing}
      ${this.playing ? html`<p class="busy">${say("step.playing")}</p>` : nothing}
      ${
        trouble
          ? html`<p class="trouble">
              ${say(`step.trouble-${trouble}`)}
              ${trouble === "world" ? html`<button @click=${() => this.#fire({ type: "retry" })}>${say("step.retry")}</button>` : nothing}
            </p>`
          : nothing
      }
    </div>`;
  }

  #asking({ about }: Question): TemplateResult {
    const keys = ({ key }: KeyboardEvent): void => {
      if (key === "Escape") this.#fire({ type: "decline" });
    };
    return html`<div class="asking" role="alertdialog" aria-labelledby="asked" @keydown=${keys}>
      <p id="asked">${say(`step.ask-${about}`)}</p>
      <div class="row">
        <button @click=${() => this.#fire({ type: "decline" })}>${say("step.decline")}</button>
        <button class="primary" @click=${() => this.#fire({ type: "confirm" })}>${say(`step.confirm-${about}`)}</button>
      </div>
    </div>`;
  }

  #buttons(): TemplateResult {
    const { busy, playing, met, lookingBack } = this;
    const showing = playing
      ? html`<button class="stop" @click=${() => this.#fire({ type: "stop" })}>${say("step.stop")}</button>`
      : html`<button ?disabled=${busy || met || lookingBack} @click=${() => this.#fire({ type: "showMe" })}>
          ${say("step.show-me")}
        </button>`;
    return html`<div class="row small">
        <button class="text reset" ?disabled=${busy} @click=${() => this.#fire({ type: "reset" })}>${say("step.reset")}</button>
        <button class="text" @click=${() => this.#fire({ type: "copyLink" })}>
          ${say(this.copied ? "step.link-copied" : "step.copy-link")}
        </button>
        <details class="more" @keydown=${closeOnEscape} @focusout=${closeWhenLeft}>
          <summary class="text" aria-label=${say("step.more")}><span aria-hidden="true">···</span></summary>
          <div class="menu">
            <button ?disabled=${busy} @click=${() => this.#fire({ type: "startAgain" })}>${say("step.start-again")}</button>
          </div>
        </details>
      </div>
      <div class="row main" role="group" aria-label=${say("step.buttons")}>
        <button class="back" title=${say("step.back")} ?disabled=${!this.canGoBack || busy} @click=${() => this.#fire({ type: "back" })}>
          <svg viewBox="0 0 8 14" aria-hidden="true"><path d="M6.5 1.5 1.5 7l5 5.5" /></svg><span>${say("step.back")}</span>
        </button>
        ${showing}
        <div class="forward">
        ${
          met || lookingBack
            ? nothing
            : html`<button class="text skip" ?disabled=${busy || playing} @click=${() => this.#fire({ type: "skip" })}>
                ${say("step.skip")}
              </button>`
        }
        <button
          class="primary next"
          ?disabled=${busy || playing || !(met || lookingBack)}
          @click=${() => this.#fire({ type: "next" })}
        >
          ${this.#nextName}
        </button>
        </div>
      </div>`;
  }
}

function closeOnEscape(event: KeyboardEvent): void {
  if (event.key !== "Escape") return;
  const details = event.currentTarget as HTMLDetailsElement;
  details.open = false;
  details.querySelector<HTMLElement>("summary")?.focus();
}

function closeWhenLeft(event: FocusEvent): void {
  const details = event.currentTarget as HTMLDetailsElement;
  if (!details.contains(event.relatedTarget as Node | null)) details.open = false;
}

customElements.define("homeroom-step", HomeroomStep);

declare global {
  interface HTMLElementTagNameMap {
    "homeroom-step": HomeroomStep;
  }
}
