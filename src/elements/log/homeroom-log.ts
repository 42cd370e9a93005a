import { html, LitElement, nothing, type PropertyValues, type TemplateResult } from "lit";
import { repeat } from "lit/directives/repeat.js";
import { say } from "../../catalogue/late.ts";
import type { Action } from "../../world/action.ts";
import type { Bindings } from "../../world/world.ts";
import "../addresses/homeroom-address.ts";
import "./homeroom-log-voice.ts";
import { ActEvent } from "../act-event.ts";
import type { Demonstrates, Hand } from "../hand.ts";
import { controlStyles } from "../inspector/inspector-controls.ts";
import { fitsTarget } from "../inspector/inspector-match.ts";
import type { InspectorSubject } from "../inspector/inspector-state.ts";
import { hostName, personName, startingWith } from "../network/network-names.ts";
import { reasonWords } from "../network/network-scene.ts";
import { lookStyles, type ServerLooks, serverLooks } from "../server-look.ts";
import { clockTime } from "../time/time-words.ts";
import { ExportHarEvent } from "./log-events.ts";
import { logFold } from "./log-fold.ts";
import { type LogKind, type LogLine, logKinds } from "./log-line.ts";
import { type Speech, sentenceTemplate, speechOf } from "./log-sentence.ts";
import type { LogState } from "./log-state.ts";
import { logStyles } from "./log-styles.ts";
import { LogWalk } from "./log-walk.ts";

type Filters = { host: string; person: string; kind: string };

/** So many lines are drawn at first, and so many more each time that one asks. */
const portion = 150;

/** What happened, as sentences in order. Each opens what it tells of; quiet requests are folded. Arrow keys go from line to line. */
export class HomeroomLog extends LitElement implements Demonstrates {
  static override properties = {
    state: { attribute: false },
    looks: { attribute: false },
    bindings: { attribute: false },
    selected: { attribute: false },
    readonly: { type: Boolean },
    filters: { state: true },
    shown: { state: true },
    opened: { state: true },
  };

  declare state: LogState;
  declare looks: ServerLooks | undefined;
  declare bindings: Bindings | undefined;
  declare selected: { exchange?: number; event?: string; host?: string } | undefined;
  /** The state is an older one: one looks at the past. */
  declare readonly: boolean;
  declare private filters: Filters;
  declare private shown: number;
  declare private opened: ReadonlySet<number>;

  static override styles = [controlStyles, logStyles, lookStyles];

  #follows = true;
  #scrollTop = 0;
  readonly #walk = new LogWalk(this);
  #resized = new ResizeObserver(() => this.#toNewest());

  constructor() {
    super();
    this.state = logFold.initial;
    this.readonly = false;
    this.filters = { host: "", person: "", kind: "" };
    this.shown = portion;
    this.opened = new Set();
  }

  #fits(line: LogLine): boolean {
    const { host, person, kind } = this.filters;
    return (
      (!host || line.hosts.includes(host)) &&
      (!person || line.person === person) &&
      (!kind || line.kind === kind)
    );
  }

  /** The newest lines that fit, oldest first, and how many there are before them. */
  #lines(): { lines: LogLine[]; earlier: number } {
    const lines: LogLine[] = [];
    let earlier = 0;
    for (const line of this.state.lines.items(true)) {
      if (!this.#fits(line)) continue;
      if (lines.length < this.shown) lines.push(line);
      else earlier += 1;
    }
    return { lines: lines.reverse(), earlier };
  }

  #look(subject: InspectorSubject): void {
    const at: Extract<Action, { type: "look" }>["at"] =
      "exchange" in subject
        ? { exchange: { id: subject.exchange } }
        : "event" in subject
          ? { event: { id: subject.event } }
          : subject;
    this.dispatchEvent(new ActEvent({ type: "look", at }));
  }

  protected override render(): TemplateResult {
    const servers = [...this.state.hosts].filter(([, { role }]) => role === "homeserver");
    const looks =
      this.looks ??
      serverLooks(servers.map(([name, { symbol }]) => ({ name, ...(symbol ? { symbol } : {}) })));
    const speech = speechOf(this.state, looks, this.bindings);
    const { lines, earlier } = this.#lines();
    const none = this.state.lines.size === 0;
    return html`
      <section aria-label=${say("log.name")}>
        <div class="bar">${this.#filterBar(speech)} ${this.#exportMenu(none)}</div>
        ${this.readonly ? html`<p class="past" role="status">${say("log.past")}</p>` : nothing}
        <div
          class="lines"
          role="group"
          aria-label=${say("log.lines")}
          @scroll=${this.#scrolled}
          @keydown=${this.#walk.pressed}
          @focusin=${this.#walk.focused}
        >
          ${none || lines.length === 0 ? html`<p class="empty">${say(none ? "log.empty" : "log.none-fit")}</p>` : nothing}
          ${
            earlier > 0
              ? html`<button class="button earlier" type="button" @click=${this.#showEarlier}>${say("log.earlier", { n: Math.min(earlier, portion) })}</button>`
              : nothing
          }
          <ol>
            ${repeat(
              lines,
              ({ index }) => index,
              (line) => this.#line(line, speech),
            )}
          </ol>
        </div>
        <homeroom-log-voice .state=${this.state} .bindings=${this.bindings} ?silent=${this.readonly}></homeroom-log-voice>
      </section>
    `;
  }

  #filterBar(speech: Speech): TemplateResult {
    const hosts = [...this.state.hosts.keys()];
    const people = [...new Set([...this.state.hosts.values()].flatMap(({ person }) => person ?? []))];
    const option = (value: string, text: string, chosen: string) =>
      html`<option value=${value} ?selected=${value === chosen}>${text}</option>`;
    const select = (name: keyof Filters, label: string, all: string, options: [string, string][]) => html`
      <label><span>${label}</span>
        <select @change=${(event: Event) => this.#filter(name, (event.target as HTMLSelectElement).value)}>
          ${option("", all, this.filters[name])} ${options.map(([value, text]) => option(value, text, this.filters[name]))}
        </select>
      </label>`;
    return html`
      ${select(
        "host",
        say("log.filter-host"),
        say("log.anywhere"),
        hosts.map((host) => [host, startingWith(hostName(host, speech.names))]),
      )}
      ${select(
        "person",
        say("log.filter-person"),
        say("log.everyone"),
        people.map((person) => [person, personName(person, speech.names)]),
      )}
      ${select(
        "kind",
        say("log.filter-kind"),
        say("log.everything"),
        logKinds.map((kind: LogKind) => [kind, say(`log.kind.${kind}`)]),
      )}
    `;
  }

  #exportMenu(none: boolean): TemplateResult {
    const save = (secrets: boolean) => {
      this.renderRoot.querySelector("details")!.open = false;
      this.dispatchEvent(new ExportHarEvent(secrets));
    };
    return html`<div class="export">
      <button class="button" type="button" ?disabled=${none} @click=${() => save(false)}>${say("log.export")}</button>
      <details @keydown=${this.#menuKey}>
        <summary class="button" aria-label=${say("log.export-how")}><span aria-hidden="true">▾</span></summary>
        <div class="menu">
          <p>${say("log.export-note")}</p>
          <button class="button" type="button" ?disabled=${none} @click=${() => save(false)}>${say("log.export-masked")}</button>
          <button class="button" type="button" ?disabled=${none} @click=${() => save(true)}>${say("log.export-with-secrets")}</button>
        </div>
      </details>
    </div>`;
  }

  #line(line: LogLine, speech: Speech): TemplateResult {
    const time = clockTime(line.at - this.state.startsAt);
    const sender = line.hosts[0] ?? "";
    const home = speech.state.hosts.get(sender)?.account ?? sender;
    const look = speech.looks.get(home.slice(home.indexOf(":") + 1))?.className ?? "";
    const open = this.opened.has(line.index);
    const chosen = line.subject !== undefined && this.#isSelected(line.subject);
    return html`<li class="line ${line.kind} ${look}">
      ${
        line.folded
          ? html`<button class="row" type="button" aria-expanded=${open} @click=${() => this.#toggle(line.index)}>${this.#row(line, time, speech)}</button>
              ${open ? html`<ul>${line.folded.map((item) => html`<li><button class="item ${item.failed ? "failed" : ""}" type="button" aria-pressed=${this.#isSelected(item.subject)} @click=${() => this.#look(item.subject)}><code>${item.text}</code></button></li>`)}</ul>` : nothing}`
          : html`<button class="row" type="button" aria-pressed=${line.subject ? chosen : nothing} aria-disabled=${line.subject ? nothing : "true"} @click=${() => line.subject && this.#look(line.subject)}>${this.#row(line, time, speech)}</button>`
      }
    </li>`;
  }

  #row(line: LogLine, time: string, speech: Speech): TemplateResult {
    return html`<span class="time">${time}</span><span class="spot" aria-hidden="true"></span>
      <span class="sentence">${sentenceTemplate(line, speech)}${this.#outcome(line)}</span>`;
  }

  #outcome({ key, outcome }: LogLine): TemplateResult | typeof nothing {
    if (!key.startsWith("log.request.")) return nothing;
    if (!outcome) return html`<span class="outcome">${say("log.outcome.under-way")}</span>`;
    const { status, errcode, failed, took = 0 } = outcome;
    const bad = failed !== undefined || errcode !== undefined;
    const text = failed
      ? reasonWords(failed)
      : errcode
        ? say("log.outcome.refused", { status: String(status), errcode })
        : say("log.outcome.done", { status: String(status ?? ""), seconds: Math.round(took / 100) / 10 });
    return html`<span class="outcome ${bad ? "bad" : ""}">${text}</span>`;
  }

  #isSelected(subject: InspectorSubject): boolean {
    const { selected } = this;
    if (!selected) return false;
    if ("exchange" in subject) return selected.exchange === subject.exchange;
    return "event" in subject ? selected.event === subject.event : selected.host === subject.host;
  }

  #filter(name: keyof Filters, value: string): void {
    this.filters = { ...this.filters, [name]: value };
    this.shown = portion;
    this.#follows = true;
  }

  #toggle(index: number): void {
    const opened = new Set(this.opened);
    if (!opened.delete(index)) opened.add(index);
    this.opened = opened;
  }

  #showEarlier = (): void => {
    this.#follows = false;
    this.shown += portion;
  };

  #menuKey = (event: KeyboardEvent): void => {
    const menu = event.currentTarget as HTMLDetailsElement;
    if (event.key !== "Escape" || !menu.open) return;
    menu.open = false;
    menu.querySelector("summary")!.focus();
    event.stopPropagation();
  };

  /** The newest line stays in view until one scrolls back, and again when one comes down to it. */
  #scrolled = (event: Event): void => {
    const { scrollTop, scrollHeight, clientHeight } = event.currentTarget as HTMLElement;
    if (scrollTop < this.#scrollTop - 2) this.#follows = false;
    if (scrollHeight - scrollTop - clientHeight < 24) this.#follows = true;
    this.#scrollTop = scrollTop;
  };

  protected override firstUpdated(): void {
    // While the log is in a tab behind others it has no height and cannot be scrolled.
    this.#resized.observe(this.renderRoot.querySelector(".lines")!);
  }

  override disconnectedCallback(): void {
    super.disconnectedCallback();
    this.#resized.disconnect();
  }

  override connectedCallback(): void {
    super.connectedCallback();
    const lines = this.renderRoot?.querySelector(".lines");
    if (lines) this.#resized.observe(lines);
  }

  protected override updated(changed: PropertyValues<this>): void {
    super.updated(changed);
    this.#toNewest();
  }

  #toNewest(): void {
    const lines = this.#follows && !this.#walk.isAway ? this.renderRoot.querySelector(".lines") : null;
    if (lines) lines.scrollTop = lines.scrollHeight;
  }

  async demonstrate(action: Action, hand: Hand): Promise<boolean> {
    if (action.type !== "look" || "host" in action.at || this.readonly) return false;
    const { at } = action;
    const { lines } = this.#lines();
    const index = lines.findLastIndex(({ subject, request, hosts: [from = "", to = ""] }) => {
      if (!subject) return false;
      if ("event" in at) return "event" in subject && subject.event === at.event.id;
      return (
        "exchange" in subject &&
        request !== undefined &&
        fitsTarget(at.exchange, { id: subject.exchange, from, to, ...request })
      );
    });
    const row = this.renderRoot.querySelectorAll<HTMLButtonElement>(".row")[index];
    if (!row) return false;
    await hand.click(row);
    return true;
  }
}

customElements.define("homeroom-log", HomeroomLog);

declare global {
  interface HTMLElementTagNameMap {
    "homeroom-log": HomeroomLog;
  }
}
