import { html, LitElement, nothing, type PropertyValues, type TemplateResult } from "lit";
import { say } from "../catalogue/page-words.ts";
import type { ActEvent } from "../elements/act-event.ts";
import type { ExportHarEvent } from "../elements/log/log-events.ts";
import type { InspectedSubject } from "../elements/network/homeroom-network.ts";
import { type ServerLooks, serverLooks } from "../elements/server-look.ts";
import type { AllTrafficEvent, ClockEvent, ScrubEvent } from "../elements/time/time-events.ts";
import type { StepProse, StepViews } from "../tutorial/tutorial.ts";
import type { RecordedTrial } from "../world/recorded/recorded-trial.ts";
import { exportHar } from "./export-har.ts";
import "./homeroom-stage.ts";
import { lookedAt } from "./looked-at.ts";
import { obeyClock } from "./obey-clock.ts";
import type { StageScene } from "./stage-scene.ts";

/** What the site gives the page of a trial. */
export type TrialPlace = { seed: string; href: (seed: string) => string; go: (seed: string) => void };

const views: StepViews = { network: true, time: true, log: true, inspector: true };
const noProse: StepProse = {
  ...{ headline: "", html: "", goals: {}, misses: {}, hints: [], fields: {}, quizzes: {}, speaker: [] },
};

/** A page on which a random network that broke and was mended is played again, to be looked into. */
export class HomeroomTrial extends LitElement {
  static override properties = {
    place: { attribute: false },
    trial: { state: true },
    failed: { state: true },
    moment: { state: true },
    subject: { state: true },
    allTraffic: { state: true },
  };

  declare place: TrialPlace;
  declare private trial: RecordedTrial | undefined;
  declare private failed: boolean;
  declare private moment: { sequence: number; at: number | undefined } | undefined;
  declare private subject: InspectedSubject | undefined;
  declare private allTraffic: boolean;

  #looks: ServerLooks = new Map();
  #unfollow: (() => void)[] = [];
  #frame = 0;

  constructor() {
    super();
    this.failed = false;
    this.allTraffic = false;
  }

  /** The site's style sheet is for it. */
  protected override createRenderRoot(): HTMLElement {
    return this;
  }

  override disconnectedCallback(): void {
    super.disconnectedCallback();
    this.#drop();
  }

  protected override willUpdate(changed: PropertyValues<this>): void {
    if (changed.has("place") && changed.get("place")?.seed !== this.place.seed) void this.#open();
  }

  #drop(): void {
    for (const end of this.#unfollow.splice(0)) end();
    cancelAnimationFrame(this.#frame);
    this.#frame = 0;
    void this.trial?.world.stop();
    this.trial = undefined;
    this.moment = undefined;
    this.subject = undefined;
  }

  async #open(): Promise<void> {
    this.#drop();
    this.failed = false;
    const { seed } = this.place;
    try {
      const { recordTrial } = await import("../world/recorded/recorded-trial.ts");
      const trial = await recordTrial(seed);
      if (seed !== this.place.seed || !this.isConnected) return;
      const { world } = trial;
      this.#looks = serverLooks(world.scenario.servers);
      this.#unfollow = [world.log.subscribe(this.#soon), world.clock.subscribe(this.#soon)];
      this.trial = trial;
    } catch (error) {
      console.error(error);
      this.failed = true;
    }
  }

  #soon = (): void => {
    this.#frame ||= requestAnimationFrame(() => {
      this.#frame = 0;
      this.requestUpdate();
    });
  };

  #act = ({ action }: ActEvent): void => {
    if (action.type !== "look" || !this.trial) return;
    this.subject = lookedAt(action.at, this.trial.world);
    this.querySelector("homeroom-stage")?.show("inspector");
  };

  #clock = ({ command }: ClockEvent): void => {
    if (this.trial) obeyClock(this.trial.world.clock, command);
  };

  #scrub = ({ sequence, at }: ScrubEvent): void => {
    this.moment = sequence === undefined ? undefined : { sequence, at };
  };

  #exportHar = async ({ secrets }: ExportHarEvent): Promise<void> => {
    if (this.trial) await exportHar(this.trial.world, `homeroom-seed-${this.place.seed}.har`, secrets);
  };

  #chosen = (event: SubmitEvent): void => {
    event.preventDefault();
    const seed = String(new FormData(event.currentTarget as HTMLFormElement).get("seed") ?? "").trim();
    if (seed) this.place.go(seed);
  };

  protected override render(): TemplateResult {
    const { trial } = this;
    return html`<main id="content" class="tutorial trial" tabindex="-1">
      <section class="step-side">
        <div class="step-text">
          <p class="step-place">${say("trial.kicker")}</p>
          <h1 tabindex="-1">${say("trial.headline")}</h1>
          <div class="step-prose">${trial ? this.#words(trial) : nothing}</div>
          ${this.#verdict()}
          ${this.#seeds()}
        </div>
      </section>
      <section
        class="stage-side"
        aria-label=${say("stage.name")}
        aria-busy=${!trial}
        @homeroom-act=${this.#act}
        @homeroom-clock=${this.#clock}
        @homeroom-scrub=${this.#scrub}
        @homeroom-export-har=${this.#exportHar}
        @homeroom-all-traffic=${({ all }: AllTrafficEvent) => {
          this.allTraffic = all;
        }}
      >
        ${trial ? html`<homeroom-stage .views=${views} .scenario=${trial.world.scenario} .scene=${this.#scene(trial)}></homeroom-stage>` : nothing}
      </section>
    </main>`;
  }

  #words({ world }: RecordedTrial): TemplateResult {
    const { servers, people } = world.scenario;
    return html`<p>${say("trial.text", { servers: servers.length, people: people.length })}</p>
      <p>${say("trial.text-check")}</p>
      <p>
        <button class="button" type="button" @click=${() => world.clock.leap(Number.POSITIVE_INFINITY)}>${say("trial.end")}</button>
      </p>`;
  }

  #verdict(): TemplateResult {
    if (this.failed) return html`<p class="note" role="status">${say("trial.failed")}</p>`;
    if (!this.trial) return html`<p class="note" role="status">${say("trial.playing")}</p>`;
    if (!this.trial.world.clock.isOver) return html`<p class="note" role="status">${say("trial.later")}</p>`;
    const { faults } = this.trial.result;
    if (faults.length === 0) return html`<p class="note" role="status">${say("trial.held")}</p>`;
    return html`<p class="note" role="status">${say("trial.not-held")}</p>
      <ul class="trial-faults">${faults.map((fault) => html`<li>${fault}</li>`)}</ul>`;
  }

  #seeds(): TemplateResult {
    const { seed, href } = this.place;
    const next = Number.isSafeInteger(Number(seed)) ? String(Number(seed) + 1) : undefined;
    return html`<form class="trial-seed" @submit=${this.#chosen}>
      <label>${say("trial.seed")} <input name="seed" autocomplete="off" required maxlength="80" .value=${seed} /></label>
      <button class="button">${say("trial.play")}</button>
      ${next === undefined ? nothing : html`<a class="button" href=${href(next)}>${say("trial.next")}</a>`}
    </form>`;
  }

  #scene({ world }: RecordedTrial): StageScene {
    return {
      world,
      at: this.moment?.sequence,
      timeLookedAt: this.moment?.at,
      clock: world.clock.reading(),
      bindings: world.bindings(),
      looks: this.#looks,
      prose: noProse,
      readonly: true,
      untouched: false,
      subject: this.subject,
      allTraffic: this.allTraffic,
    };
  }
}

customElements.define("homeroom-trial", HomeroomTrial);

declare global {
  interface HTMLElementTagNameMap {
    "homeroom-trial": HomeroomTrial;
  }
}
