import { html, LitElement, nothing, type PropertyValues, type TemplateResult } from "lit";
import { say } from "../catalogue/catalogue.ts";
import { type MissingForCrypto, missingForCrypto } from "../client/crypto/missing-for-crypto.ts";
import type { ActEvent } from "../elements/act-event.ts";
import type { InspectedSubject } from "../elements/network/homeroom-network.ts";
import "../elements/step/homeroom-step.ts";
import type { ExportHarEvent } from "../elements/log/log-events.ts";
import type { PointerHand } from "../elements/pointer-hand.ts";
import { type ServerLooks, serverLooks } from "../elements/server-look.ts";
import type { StepEvent } from "../elements/step/step-event.ts";
import type { AllTrafficEvent, ClockEvent, ScrubEvent } from "../elements/time/time-events.ts";
import type { Action, ActionResult } from "../world/action.ts";
import type { ClockReading, World } from "../world/world.ts";
import { exportHar } from "./export-har.ts";
import "./homeroom-stage.ts";
import { arriving, cryptoMissing } from "./crypto-notes.ts";
import type { HomeroomStage } from "./homeroom-stage.ts";
import { lookedAt } from "./looked-at.ts";
import { obeyClock } from "./obey-clock.ts";
import { TutorialSession } from "./session/tutorial-session.ts";
import { sessionNotes } from "./session-notes.ts";
import type { StageScene } from "./stage-scene.ts";
import { startingBindings } from "./starting-bindings.ts";
import { tutorialFinish } from "./tutorial-finish.ts";
import type { TutorialPlace } from "./tutorial-place.ts";
import { whenQuiet } from "./when-quiet.ts";
import { whenWanted } from "./when-wanted.ts";

const still: ClockReading = { running: false, speed: 1, worldAt: 0, realAt: 0 };

/** A tutorial's page: the step on the left, the stage on the right, and the session between them. */
export class HomeroomTutorial extends LitElement {
  static override properties = {
    place: { attribute: false },
    moment: { state: true },
    subject: { state: true },
    allTraffic: { state: true },
    copied: { state: true },
    playing: { state: true },
  };

  declare place: TutorialPlace;
  declare private moment: { sequence: number; at: number | undefined } | undefined;
  declare private subject: InspectedSubject | undefined;
  declare private allTraffic: boolean;
  declare private copied: boolean;

  #session: TutorialSession | undefined;
  #looks: ServerLooks = new Map();
  #followed: World | undefined;
  #unfollow: (() => void)[] = [];
  #frame = 0;
  #begun = false;
  /** What the page lacks for this tutorial. */
  #missing: MissingForCrypto | undefined;
  #hand: PointerHand | undefined;
  #demonstrated: Promise<ActionResult> | undefined;
  /** The stage ends where the sheet begins. */
  readonly #sheetSized = new ResizeObserver(([entry]) => {
    const height = entry?.borderBoxSize[0]?.blockSize ?? 0;
    this.style.setProperty("--sheet-height", `${Math.round(height)}px`);
  });
  readonly #dismissed = new Set<string>();

  constructor() {
    super();
    this.moment = undefined;
    this.subject = undefined;
    this.allTraffic = false;
    this.copied = false;
  }

  /** The page's own style sheet is for it: what the build has written stands in the same place. */
  protected override createRenderRoot(): HTMLElement {
    return this;
  }

  override connectedCallback(): void {
    super.connectedCallback();
    if (this.hasUpdated && !this.#session) this.#open();
  }

  override disconnectedCallback(): void {
    super.disconnectedCallback();
    this.#close();
  }

  protected override willUpdate(changed: PropertyValues<this>): void {
    if (changed.has("place") && changed.get("place")?.tutorial !== this.place.tutorial) this.#open();
  }

  protected override updated(): void {
    const step = this.querySelector("homeroom-step");
    if (step) this.#sheetSized.observe(step);
  }

  /** Shows a step as the browser's history, or a link, names it. */
  goTo(step: string): void {
    const session = this.#session;
    const index = session?.tutorial.steps.findIndex(({ id }) => id === step) ?? -1;
    if (!session || index < 0) return;
    const { context } = session;
    if (index > context.step) session.learner({ type: "learner.followLink", step });
    for (let turns = Math.abs(session.context.shown - index); turns > 0 && index <= context.step; turns--) {
      session.learner({ type: session.context.shown > index ? "learner.back" : "learner.next" });
    }
    this.place.shown(session.shown.id, "replace");
  }

  #open(take = false): void {
    this.#close();
    const { place } = this;
    this.#missing = place.tutorial.scenario.encryption ? missingForCrypto() : undefined;
    if (this.#missing) return;
    this.#looks = serverLooks(place.tutorial.scenario.servers);
    this.#begun = false;
    this.moment = undefined;
    this.subject = undefined;
    const session = new TutorialSession({
      tutorial: place.tutorial,
      prose: place.prose,
      asked: place.asked,
      places: place.places,
      worlds: place.worlds,
      drawn: async () => {
        await this.updateComplete;
        await this.querySelector("homeroom-stage")?.drawn;
        await whenQuiet();
        await whenWanted();
      },
      demonstrate: (action, signal) => this.#demonstrate(action, signal),
      entered: (step) => this.#entered(step),
      finished: () => void this.#ended(),
      changed: () => {
        this.#follow(session.world);
        if (!session.state.matches("showing")) this.#dropHand();
        this.requestUpdate();
      },
    });
    this.#session = session;
    place.shown(session.shown.id, "replace");
    session.start({ take }).catch((error: unknown) => console.error(error));
  }

  /** Its words are read where the step's were: the button that led there is gone. */
  async #ended(): Promise<void> {
    this.requestUpdate();
    await this.updateComplete;
    this.querySelector<HTMLElement>(".finish h1")?.focus();
  }

  #dropHand(): void {
    this.#hand?.leave();
    this.#hand = undefined;
  }

  #close(): void {
    this.#dropHand();
    this.#follow(undefined);
    cancelAnimationFrame(this.#frame);
    this.#frame = 0;
    this.#session?.stop().catch((error: unknown) => console.error(error));
    this.#session = undefined;
  }

  /** Draws again when something happens in the world, at most once a frame. */
  #follow(world: World | undefined): void {
    if (world === this.#followed) return;
    for (const end of this.#unfollow) end();
    this.#followed = world;
    this.moment = undefined;
    this.subject = undefined;
    this.#unfollow = world ? [world.log.subscribe(this.#soon), world.clock.subscribe(this.#soon)] : [];
  }

  #soon = (): void => {
    this.#frame ||= requestAnimationFrame(() => {
      this.#frame = 0;
      this.requestUpdate();
    });
  };

  #entered(step: string): void {
    this.place.shown(step, this.#begun ? "push" : "replace");
    this.moment = undefined;
    if (this.#begun) void this.#focusHeadline();
    this.#begun = true;
  }

  async #focusHeadline(): Promise<void> {
    this.requestUpdate();
    await this.updateComplete;
    const step = this.querySelector("homeroom-step");
    // Who comes back from the end finds a new one.
    await step?.updateComplete;
    step?.focusHeadline();
  }

  /** One hand for a whole play, so that the pointer goes on from where it is. */
  async #handFor(signal: AbortSignal): Promise<PointerHand> {
    const { PointerHand } = await import("../elements/pointer-hand.ts");
    if (this.#hand?.signal !== signal) {
      this.#hand?.leave();
      this.#hand = new PointerHand(signal);
    }
    return this.#hand;
  }

  async #demonstrate(action: Action, signal: AbortSignal): Promise<ActionResult | undefined> {
    const hand = await this.#handFor(signal);
    const stage = this.querySelector("homeroom-stage");
    const step = this.querySelector("homeroom-step");
    this.#demonstrated = undefined;
    try {
      for (const element of [...(stage?.demonstrators ?? []), ...(step ? [step] : [])]) {
        stage?.showView(element);
        await stage?.updateComplete;
        if (await element.demonstrate(action, hand)) return (await this.#demonstrated) ?? { ok: true };
      }
    } catch (error) {
      if (!signal.aborted) throw error;
      return undefined;
    }
    if (action.type === "look") this.#look(action.at);
    return undefined;
  }

  #act = (event: ActEvent): void => {
    const { action } = event;
    if (action.type === "look") this.#look(action.at);
    event.result = this.#session?.act(action);
    this.#demonstrated = event.result;
  };

  #look(at: Extract<Action, { type: "look" }>["at"]): void {
    const world = this.#session?.world;
    if (!world) return;
    this.subject = lookedAt(at, world);
    this.querySelector<HomeroomStage>("homeroom-stage")?.show("inspector");
  }

  #step = (event: StepEvent): void => {
    const { act } = event;
    if (act.type === "copyLink") void this.#copyLink();
    else if (act.type === "hint") this.#session?.learner({ type: "learner.hint", available: act.available });
    else if (act.type === "answer")
      this.#session?.learner({ type: "learner.answer", quiz: act.quiz, with: act.with });
    else this.#session?.learner({ type: `learner.${act.type}` });
  };

  async #copyLink(): Promise<void> {
    const session = this.#session;
    if (!session) return;
    await navigator.clipboard.writeText(this.place.link(session.shown.id));
    this.copied = true;
    setTimeout(() => {
      this.copied = false;
    }, 2500);
  }

  /** While a solution plays, whatever the learner does on the stage stops it. The hand's own clicks are not trusted. */
  #touched = (event: Event): void => {
    if (!event.isTrusted || !this.#session?.state.matches("showing")) return;
    if (event instanceof KeyboardEvent && ["Tab", "Shift", "Control", "Alt", "Meta"].includes(event.key))
      return;
    this.#session.learner({ type: "learner.stop" });
    // Where the hand has written half a message, Enter would send it.
    if (event instanceof KeyboardEvent) {
      event.preventDefault();
      event.stopPropagation();
    }
  };

  /** On a phone the sheet makes room for the keyboard. */
  #typedInto = (event: FocusEvent): void => {
    const [field] = event.composedPath();
    const step = this.querySelector("homeroom-step");
    const writes =
      field instanceof HTMLTextAreaElement || (field instanceof HTMLInputElement && field.type !== "range");
    if (step?.sheet && writes) step.folded = true;
  };

  #clock = ({ command }: ClockEvent): void => {
    const clock = this.#session?.world?.clock;
    if (clock) obeyClock(clock, command);
  };

  #scrub = ({ sequence, at }: ScrubEvent): void => {
    this.moment = sequence === undefined ? undefined : { sequence, at };
  };

  #exportHar = async ({ secrets }: ExportHarEvent): Promise<void> => {
    const session = this.#session;
    if (!session?.world) return;
    await exportHar(session.world, `homeroom-${session.tutorial.id}.har`, secrets);
  };

  protected override render(): TemplateResult {
    const session = this.#session;
    if (this.#missing) return cryptoMissing(this.place, this.#missing);
    if (!session) return html``;
    const { tutorial, context, shownProse } = session;
    const finished = session.state.matches("finished");
    return html`<main id="content" class="tutorial" tabindex="-1">
      <section class="step-side">
        ${
          finished
            ? tutorialFinish(this.place, session)
            : html`<homeroom-step
                @homeroom-step=${this.#step}
                .tutorial=${session.prose.title}
                .number=${context.shown + 1}
                .count=${tutorial.steps.length}
                .step=${session.shown}
                .prose=${shownProse}
                .goals=${session.goals}
                .hints=${context.hints}
                .canGoBack=${context.shown > 0}
                .met=${session.state.matches("met")}
                .playing=${session.state.matches("showing")}
                .busy=${session.busy && (session.waits || !this.#untouched)}
                .lookingBack=${session.lookingBack}
                .copied=${this.copied}
                .question=${session.state.matches("asking") ? context.question : undefined}
                .trouble=${context.trouble}
                .bindings=${this.#bindings}
                .looks=${this.#looks}
              ></homeroom-step>`
        }
      </section>
      <section
        class="stage-side"
        aria-label=${say("stage.name")}
        aria-busy=${session.busy}
        @homeroom-act=${this.#act}
        @homeroom-clock=${this.#clock}
        @homeroom-scrub=${this.#scrub}
        @homeroom-export-har=${this.#exportHar}
        @homeroom-all-traffic=${({ all }: AllTrafficEvent) => {
          this.allTraffic = all;
        }}
        @pointerdown=${this.#touched}
        @focusin=${this.#typedInto}
        @keydown=${{ handleEvent: this.#touched, capture: true }}
      >
        ${sessionNotes(session, this.#dismissed, {
          continueHere: () => this.#open(true),
          dismiss: () => this.requestUpdate(),
        })}
        <homeroom-stage
          .views=${session.shown.views}
          .scenario=${tutorial.scenario}
          .scene=${this.#scene(session)}
          ?inert=${session.notes.has("given-away")}
        ></homeroom-stage>
        ${session.world || session.notes.has("given-away") ? nothing : arriving(session.cryptoProgress)}
      </section>
    </main>`;
  }

  /** The tutorial was never begun, and its world is on its way: forms can be filled already. */
  get #untouched(): boolean {
    const { context } = this.#session!;
    return context.step === 0 && context.since === 0 && !this.#session!.lookingBack;
  }

  get #bindings() {
    const { world, tutorial } = this.#session!;
    return world?.bindings() ?? startingBindings(tutorial.scenario);
  }

  #scene(session: TutorialSession): StageScene {
    return {
      world: session.world,
      at: this.moment?.sequence,
      timeLookedAt: this.moment?.at,
      clock: session.world?.clock.reading() ?? still,
      bindings: this.#bindings,
      looks: this.#looks,
      prose: session.shownProse,
      readonly: this.moment !== undefined || session.lookingBack,
      untouched: this.#untouched,
      subject: this.subject,
      allTraffic: this.allTraffic,
    };
  }
}

customElements.define("homeroom-tutorial", HomeroomTutorial);

declare global {
  interface HTMLElementTagNameMap {
    "homeroom-tutorial": HomeroomTutorial;
  }
}
