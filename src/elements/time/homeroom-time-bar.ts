import { html, LitElement, nothing, type PropertyValues, svg, type TemplateResult } from "lit";
import { say } from "../../catalogue/late.ts";
import type { Bindings, ClockReading } from "../../world/world.ts";
import { controlStyles } from "../inspector/inspector-controls.ts";
import { hostName } from "../network/network-names.ts";
import { lookStyles, type ServerLooks, serverLooks } from "../server-look.ts";
import { AllTrafficEvent, type ClockCommand, ClockEvent, ScrubEvent } from "./time-events.ts";
import { sequenceAt, type TimeMark, type TimeState, timeFold, timeOf } from "./time-fold.ts";
import { timeStyles } from "./time-styles.ts";
import { clockTime } from "./time-words.ts";

const speeds = [0.1, 0.2, 0.5, 1, 2, 5, 10] as const;
/** What the bar's whole length may stand for, in milliseconds: it grows in steps, so that marks keep still. */
const spans = [15, 30, 60, 120, 300, 600, 1200, 1800, 3600, 7200, 14_400, 28_800, 86_400].map(
  (seconds) => seconds * 1000,
);

/** Pauses, steps and slows the world's time, and looks back. */
export class HomeroomTimeBar extends LitElement {
  static override properties = {
    state: { attribute: false },
    clock: { attribute: false },
    at: { attribute: false },
    from: { attribute: false },
    looks: { attribute: false },
    bindings: { attribute: false },
    allTraffic: { type: Boolean },
  };

  declare state: TimeState;
  declare clock: ClockReading;
  /** The sequence number that is looked at; undefined: now. */
  declare at: number | undefined;
  /** The first sequence number that can be looked at: where the oldest checkpoint is. */
  declare from: number | undefined;
  declare looks: ServerLooks | undefined;
  declare bindings: Bindings | undefined;
  declare allTraffic: boolean;

  static override styles = [controlStyles, timeStyles, lookStyles];

  /** The world time that was asked for, until it is now again. */
  #asked: { sequence: number; at: number } | undefined;
  #drawnSpan = 0;
  #timer: ReturnType<typeof setInterval> | undefined;
  #calm = matchMedia("(prefers-reduced-motion: reduce)");

  constructor() {
    super();
    this.state = timeFold.initial;
    this.clock = { running: false, speed: 1, worldAt: 0, realAt: 0 };
    this.allTraffic = false;
  }

  override connectedCallback(): void {
    super.connectedCallback();
    this.requestUpdate();
  }

  override disconnectedCallback(): void {
    super.disconnectedCallback();
    clearInterval(this.#timer);
    this.#timer = undefined;
  }

  #now(): number {
    const { running, speed, worldAt, realAt } = this.clock;
    const now = running ? worldAt + (performance.now() - realAt) * speed : worldAt;
    return Math.max(now, this.state.end);
  }

  #start(): number {
    return this.from === undefined
      ? this.state.start
      : Math.max(this.state.start, timeOf(this.state, this.from));
  }

  /** The world time that is shown. */
  #shown(): number {
    if (this.at === undefined) return this.#now();
    return this.#asked?.sequence === this.at ? this.#asked.at : timeOf(this.state, this.at);
  }

  #span(): number {
    const length = this.#now() - this.#start();
    return spans.find((span) => span >= length) ?? length;
  }

  #command(command: ClockCommand): void {
    this.dispatchEvent(new ClockEvent(command));
  }

  /** Looks at a world time; at or after now it is now again. */
  #scrub(time: number): void {
    if (time >= this.#now() - this.#span() / 400) {
      this.#toNow();
      return;
    }
    const at = Math.max(this.#start(), time);
    const sequence = sequenceAt(this.state, at);
    this.#asked = { sequence, at };
    this.dispatchEvent(new ScrubEvent({ sequence, at }));
    this.requestUpdate();
  }

  #toNow = (): void => {
    this.#asked = undefined;
    if (this.at !== undefined) this.dispatchEvent(new ScrubEvent());
    this.requestUpdate();
  };

  protected override render(): TemplateResult {
    const { running, speed } = this.clock;
    const place = speeds.reduce(
      (best, step, index) =>
        Math.abs(Math.log(step / speed)) < Math.abs(Math.log(speeds[best]! / speed)) ? index : best,
      0,
    );
    return html`
      <div class="bar" role="group" aria-label=${say("time.name")}>
        <button class="button plain" type="button" @click=${() => this.#command({ do: running ? "pause" : "resume" })}>
          <svg viewBox="0 0 12 12" aria-hidden="true" focusable="false"><path d=${running ? "M2.5 1.5h2.4v9H2.5zM7.1 1.5h2.4v9H7.1z" : "M2.5 1.2v9.6L10.5 6z"}></path></svg>
          <span class="word">${say(running ? "time.pause" : "time.resume")}</span>
        </button>
        <button class="button plain" type="button" title=${say("time.step-about")} @click=${() => this.#command({ do: "step" })}>
          <svg viewBox="0 0 12 12" aria-hidden="true" focusable="false"><path d="M1.5 1.2v9.6L8 6zM9 1.5h1.8v9H9z"></path></svg>
          <span class="word">${say("time.step")}</span>
        </button>
        <label class="speed">
          <span aria-hidden="true"><span class="word">${say("time.speed")} </span><b>${speedLabel(speed)}</b></span>
          <input
            type="range"
            min="0"
            max=${speeds.length - 1}
            step="1"
            .value=${String(place)}
            aria-label=${say("time.speed-name")}
            aria-valuetext=${speed === 1 ? say("time.speed-real") : say("time.speed-words", { speed })}
            @input=${(event: Event) => this.#command({ do: "speed", speed: speeds[Number((event.target as HTMLInputElement).value)]! })}
          />
        </label>
        ${this.#track()}
        <span class="clock" role="timer" aria-label=${say("time.since-start")} aria-live="off" .textContent=${clockTime(this.#shown() - this.state.start)}></span>
        ${this.at === undefined ? nothing : html`<button class="button now" type="button" @click=${this.#toNow}>${say("time.now")}</button>`}
        <button class="button switch" type="button" role="switch" aria-checked=${this.allTraffic} @click=${() => this.dispatchEvent(new AllTrafficEvent(!this.allTraffic))}>
          <span class="knob" aria-hidden="true"></span>${say("time.all-traffic")}
        </button>
      </div>
    `;
  }

  #track(): TemplateResult {
    const looks =
      this.looks ??
      serverLooks(
        [...this.state.hosts]
          .filter(([, { role }]) => role === "homeserver")
          .map(([name, { symbol }]) => ({ name, ...(symbol ? { symbol } : {}) })),
      );
    const [start, span] = [this.#start(), this.#span()];
    this.#drawnSpan = span;
    const bins = new Map<number, TemplateResult>();
    for (const mark of this.state.marks.items()) {
      if (mark.at < start || mark.kind === "answers") continue;
      const bin = Math.round(((mark.at - start) / span) * 500);
      const bad = mark.kind !== "leaves";
      bins.set(
        bad ? bin + 0.1 : bin,
        svg`<rect class="mark ${bad ? "bad" : (looks.get(mark.server)?.className ?? "")}" x=${`${bin / 5}%`} y="3" width="4" height="14" rx="1.5"></rect>`,
      );
    }
    return html`<div
      class="track"
      role="slider"
      tabindex="0"
      aria-label=${say("time.scrub")}
      aria-orientation="horizontal"
      aria-valuemin="0"
      aria-valuemax=${Math.round(this.#now() - start)}
      aria-valuenow=${Math.round(this.#shown() - start)}
      aria-valuetext=${this.#valueText()}
      @keydown=${this.#key}
      @pointerdown=${this.#grab}
    >
      <svg aria-hidden="true" focusable="false" width="100%" height="20"><rect class="rail" x="0" y="7.5" width="100%" height="5" rx="2.5"></rect>${[...bins.values()]}</svg>
      <span class="past" aria-hidden="true"></span><span class="present" aria-hidden="true"></span><span class="thumb" aria-hidden="true"></span>
    </div>`;
  }

  #valueText(): string {
    const time = clockTime(this.#shown() - this.state.start);
    if (this.at === undefined) return say("time.words-now", { time });
    const mark = this.#markBefore(this.#shown() + 1);
    const words = say("time.words", { time, end: clockTime(this.#now() - this.state.start) });
    return mark && this.#shown() - mark.at < 1000 ? `${words}: ${this.#markWords(mark)}` : words;
  }

  #markWords(mark: TimeMark): string {
    if (mark.kind === "cut") return say("time.cut");
    const facts = {
      from: hostName(mark.from, { hosts: this.state.hosts, bindings: this.bindings }),
      request: mark.request,
    };
    return say(mark.kind === "fails" ? "time.fails" : "time.leaves", facts);
  }

  #markBefore(time: number): TimeMark | undefined {
    for (const mark of this.state.marks.items(true)) if (mark.at < time) return mark;
    return undefined;
  }

  #markAfter(time: number): TimeMark | undefined {
    let after: TimeMark | undefined;
    for (const mark of this.state.marks.items(true)) {
      if (mark.at <= time) break;
      after = mark;
    }
    return after;
  }

  #key = (event: KeyboardEvent): void => {
    const turned = getComputedStyle(this).direction === "rtl" ? -1 : 1;
    const ways: Record<string, number> = {
      ArrowLeft: -turned,
      ArrowRight: turned,
      ArrowDown: -1,
      ArrowUp: 1,
      PageDown: -10,
      PageUp: 10,
    };
    const way = ways[event.key];
    if (event.key === "Home") this.#scrub(this.#start());
    else if (event.key === "End") this.#toNow();
    else if (way === undefined) return;
    else {
      let time: number | undefined = this.#shown();
      for (let count = 0; count < Math.abs(way) && time !== undefined; count++) {
        time = way < 0 ? (this.#markBefore(time)?.at ?? this.#start()) : this.#markAfter(time)?.at;
      }
      if (time === undefined) this.#toNow();
      else this.#scrub(time);
    }
    event.preventDefault();
  };

  #grab = (event: PointerEvent): void => {
    if (event.button !== 0) return;
    const track = event.currentTarget as HTMLElement;
    const go = ({ clientX }: PointerEvent) => {
      const { left, right, width } = track.getBoundingClientRect();
      const turned = getComputedStyle(this).direction === "rtl";
      this.#scrub(
        this.#start() +
          (Math.max(0, turned ? right - clientX : clientX - left) / Math.max(1, width)) * this.#span(),
      );
    };
    const end = () => {
      track.removeEventListener("pointermove", go);
      for (const type of ["pointerup", "pointercancel"]) track.removeEventListener(type, end);
    };
    track.setPointerCapture(event.pointerId);
    track.addEventListener("pointermove", go);
    for (const type of ["pointerup", "pointercancel"]) track.addEventListener(type, end);
    go(event);
    track.focus();
  };

  protected override updated(changed: PropertyValues<this>): void {
    super.updated(changed);
    if (changed.has("at") && this.at === undefined) this.#asked = undefined;
    this.#move();
    const runs = this.clock.running && this.isConnected;
    clearInterval(this.#timer);
    this.#timer = runs ? setInterval(() => this.#tick(), this.#calm.matches ? 1000 : 100) : undefined;
  }

  #tick(): void {
    // The bar stands for a longer time from now on: its marks move.
    if (this.#span() !== this.#drawnSpan) this.requestUpdate();
    const clock = this.renderRoot.querySelector(".clock");
    if (this.at === undefined && clock) clock.textContent = clockTime(this.#now() - this.state.start);
    this.#move();
  }

  /** Puts the thumb where the shown moment is; by the style object, as the page's policy wants it. */
  #move(): void {
    const track = this.renderRoot.querySelector<HTMLElement>(".track");
    const [start, span] = [this.#start(), this.#span()];
    track?.style.setProperty("--shown", `${(Math.max(0, this.#shown() - start) / span) * 100}%`);
    track?.style.setProperty("--now", `${(Math.max(0, this.#now() - start) / span) * 100}%`);
  }
}

/** ½× and the like, where Unicode has them. */
function speedLabel(speed: number): string {
  const known: Record<number, string> = { 0.5: "½×", 0.2: "⅕×", 0.1: "⅒×", 0.25: "¼×" };
  return known[speed] ?? `${Number(speed.toPrecision(2)).toLocaleString()}×`;
}

customElements.define("homeroom-time-bar", HomeroomTimeBar);

declare global {
  interface HTMLElementTagNameMap {
    "homeroom-time-bar": HomeroomTimeBar;
  }
}
