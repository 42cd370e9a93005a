import { html, LitElement, nothing, type PropertyValues, type TemplateResult } from "lit";
import { live } from "lit/directives/live.js";
import { say } from "../../catalogue/late.ts";
import { isJsonObject, type JsonObject } from "../../protocol/json.ts";
import type { ForgedSignature } from "../../simulation/forge.ts";
import type { Action } from "../../world/action.ts";
import type { Forgery } from "../../world/actions/federation-action.ts";
import type { Bindings } from "../../world/world.ts";
import { ActEvent } from "../act-event.ts";
import { graphFold } from "../graph/graph-fold.ts";
import type { GraphEvent, GraphState } from "../graph/graph-state.ts";
import { eventWords, signerOf } from "../graph/graph-words.ts";
import type { Demonstrates, Hand } from "../hand.ts";
import { controlStyles } from "../inspector/inspector-controls.ts";
import { refusalText } from "../inspector/inspector-scene.ts";
import { lookOf, lookStyles, type ServerLooks, symbolMark } from "../server-look.ts";
import { type ForgeOutcome, type ForgeState, forgeFold } from "./forge-fold.ts";
import { forgeStyles } from "./forge-styles.ts";

const hashes = ["fits", "kept"] as const;
const signs: readonly ForgedSignature[] = ["kept", "own", "stranger"];

/** So many of the newest events can be chosen. */
const offered = 30;

/** Where a dishonest server edits an event and sends it to the others. Fires `homeroom-act` with `forge`. */
export class HomeroomForge extends LitElement implements Demonstrates {
  static override properties = {
    server: {},
    graph: { attribute: false },
    attempts: { attribute: false },
    looks: { attribute: false },
    bindings: { attribute: false },
    selected: { attribute: false },
    readonly: { type: Boolean },
    chosen: { state: true },
    text: { state: true },
    hash: { state: true },
    sign: { state: true },
    claim: { state: true },
    fault: { state: true },
  };

  /** The server whose desk it is. */
  declare server: string;
  declare graph: GraphState;
  declare attempts: ForgeState;
  declare looks: ServerLooks | undefined;
  declare bindings: Bindings | undefined;
  /** What is opened in the inspector: it comes to the desk. */
  declare selected: { event?: string } | undefined;
  declare readonly: boolean;
  declare private chosen: string | undefined;
  declare private text: string | undefined;
  declare private hash: (typeof hashes)[number];
  declare private sign: ForgedSignature;
  declare private claim: string;
  declare private fault: string | undefined;

  static override styles = [controlStyles, forgeStyles, lookStyles];

  constructor() {
    super();
    this.server = "";
    this.graph = graphFold.initial;
    this.attempts = forgeFold.initial;
    this.readonly = false;
    this.hash = "fits";
    this.sign = "kept";
    this.claim = "";
  }

  /** The events that the server has, the newest first, with their rooms. */
  #events(): { room: string; event: GraphEvent }[] {
    return [...this.graph.rooms.values()]
      .flatMap(({ id: room, events, copies }) => {
        const copy = copies.get(this.server);
        return [...events.values()].flatMap((event) =>
          copy?.events.get(event.id)?.verdict === "stored" ? [{ room, event }] : [],
        );
      })
      .sort((one, other) => other.event.since - one.event.since)
      .slice(0, offered);
  }

  protected override willUpdate(changed: PropertyValues<this>): void {
    const events = this.#events();
    const opened = changed.has("selected") ? this.selected?.event : undefined;
    if (opened !== undefined && opened !== this.chosen && events.some(({ event }) => event.id === opened))
      this.#choose(opened);
    if (events.some(({ event }) => event.id === this.chosen)) return;
    const first = events.find(({ event }) => event.pdu.type === "m.room.message") ?? events[0];
    if (first) this.#choose(first.event.id);
  }

  #choose(id: string): void {
    this.chosen = id;
    this.text = undefined;
    this.fault = undefined;
  }

  protected override updated(changed: PropertyValues<this>): void {
    super.updated(changed);
    const before = changed.get("attempts")?.get(this.server);
    const now = this.attempts.get(this.server);
    if (changed.has("attempts") && now && now !== before && this.hasUpdated)
      this.renderRoot.querySelector(".outcome")?.scrollIntoView({ block: "nearest" });
  }

  /** The text on the desk: the event as it is, until somebody has edited it. */
  #written(): string {
    if (this.text !== undefined) return this.text;
    const found = this.#events().find(({ event }) => event.id === this.chosen);
    if (!found) return "";
    const { unsigned: _, ...pdu } = found.event.pdu;
    return JSON.stringify(pdu, undefined, 2);
  }

  protected override render(): TemplateResult {
    const { server } = this;
    const events = this.#events();
    if (events.length === 0) return html`<p class="empty">${say("forge.empty", { server })}</p>`;
    const look = lookOf(this.looks, server);
    const servers = [...this.graph.hosts].flatMap(([name, { role }]) =>
      role === "homeserver" ? [name] : [],
    );
    return html`<form novalidate aria-label=${say("forge.name", { server })} @submit=${this.#submit}>
      <h2 class=${look?.className ?? ""}>${look ? symbolMark(look, "symbol") : nothing}${say("forge.name", { server })}</h2>
      <label>
        <span>${say("forge.event")}</span>
        <select class="button" name="event" ?disabled=${this.readonly} @change=${(event: Event) => this.#choose(valueIn(event))}>
          ${events.map(
            ({ event }) =>
              html`<option value=${event.id} .selected=${event.id === this.chosen}>
                ${eventWords(event.pdu)} · ${signerOf(event.pdu)}
              </option>`,
          )}
        </select>
      </label>
      <label>
        <span>${say("forge.text")}</span>
        <textarea
          name="pdu"
          rows="8"
          dir="ltr"
          spellcheck="false"
          autocapitalize="off"
          translate="no"
          ?readonly=${this.readonly}
          aria-invalid=${this.fault !== undefined}
          aria-describedby=${this.fault === undefined ? nothing : "fault"}
          .value=${live(this.#written())}
          @input=${(event: Event) => {
            this.text = valueIn(event);
            this.fault = undefined;
          }}
        ></textarea>
      </label>
      ${this.fault === undefined ? nothing : html`<p class="fault" id="fault" role="alert">${this.fault}</p>`}
      <div class="choices">
        ${this.#select("hash", hashes, this.hash, (value) => {
          this.hash = value as typeof this.hash;
        })}
        ${this.#select("sign", signs, this.sign, (value) => {
          this.sign = value as ForgedSignature;
        })}
        <label>
          <span>${say("forge.claim")}</span>
          <select class="button" name="claim" ?disabled=${this.readonly} @change=${(event: Event) => {
            this.claim = valueIn(event);
          }}>
            ${[server, ...servers.filter((name) => name !== server)].map(
              (name) =>
                html`<option value=${name} .selected=${name === (this.claim || server)}>${name}</option>`,
            )}
          </select>
        </label>
      </div>
      <button class="button send" type="submit" ?disabled=${this.readonly}>${say("forge.send")}</button>
      ${this.#outcome()}
    </form>`;
  }

  #select(
    name: "hash" | "sign",
    values: readonly ("fits" | ForgedSignature)[],
    chosen: string,
    choose: (value: string) => void,
  ): TemplateResult {
    return html`<label>
      <span>${say(`forge.${name}`)}</span>
      <select class="button" name=${name} ?disabled=${this.readonly} @change=${(event: Event) => choose(valueIn(event))}>
        ${values.map(
          (value) =>
            html`<option value=${value} .selected=${value === chosen}>${wordsOf(name, value, this.server)}</option>`,
        )}
      </select>
    </label>`;
  }

  #outcome(): TemplateResult {
    const attempt = this.attempts.get(this.server);
    return html`<div class="outcome" role="status">
      ${
        attempt
          ? html`<h3>${say("forge.outcome")}</h3>
              <ul>
                ${attempt.outcomes.map(
                  (outcome) => html`<li class=${outcome.what}>${outcomeWords(outcome)}</li>`,
                )}
                ${attempt.open.size > 0 ? html`<li class="waits">${say("forge.waits")}</li>` : nothing}
              </ul>`
          : nothing
      }
    </div>`;
  }

  #submit = (submitted: Event): void => {
    submitted.preventDefault();
    const pdu = this.#read();
    const room = this.#events().find(({ event }) => event.id === this.chosen)?.room;
    if (!pdu) void this.#toFault();
    if (this.readonly || !pdu || room === undefined) return;
    const { server, hash, sign, claim } = this;
    const lies = claim !== "" && claim !== server;
    this.dispatchEvent(
      new ActEvent({ type: "forge", server, in: room, pdu, hash, sign, ...(lies && { claim }) }),
    );
  };

  /** The button that stays in sight must not hide why nothing was sent. */
  async #toFault(): Promise<void> {
    await this.updateComplete;
    this.renderRoot.querySelector("textarea")?.focus();
    this.renderRoot.querySelector(".fault")?.scrollIntoView({ block: "center" });
  }

  #read(): JsonObject | undefined {
    try {
      const value: unknown = JSON.parse(this.#written());
      if (isJsonObject(value as JsonObject)) return value as JsonObject;
      this.fault = say("forge.not-event");
    } catch (error) {
      this.fault = say("forge.not-json", { fault: error instanceof Error ? error.message : "" });
    }
    return undefined;
  }

  async demonstrate(action: Action, hand: Hand): Promise<boolean> {
    if (action.type !== "forge" || action.server !== this.server || this.readonly) return false;
    const found = this.#events().find(({ event }) => this.#isMeant(event, action));
    if (!found) return false;
    const control = (name: string): HTMLElement => this.renderRoot.querySelector(`[name="${name}"]`)!;
    await hand.moveTo(control("event"));
    this.#choose(found.event.id);
    await this.updateComplete;
    await hand.click(control("pdu"));
    const { content, ...rest } = action.change ?? {};
    const { unsigned: _, ...pdu } = found.event.pdu;
    const edited = { ...pdu, ...rest, content: { ...pdu.content, ...(content as JsonObject | undefined) } };
    this.text = JSON.stringify(edited, undefined, 2);
    this.hash = action.hash ?? "fits";
    this.sign = action.sign ?? "own";
    this.claim = action.claim ?? "";
    await this.updateComplete;
    await hand.moveTo(control("sign"));
    await hand.click(this.renderRoot.querySelector<HTMLElement>(".send")!);
    return true;
  }

  #isMeant({ pdu }: GraphEvent, { from, event }: Forgery): boolean {
    const sender = from === undefined ? undefined : (this.bindings?.people[from]?.user ?? from);
    return (event === undefined || pdu.type === event) && (sender === undefined || pdu.sender === sender);
  }
}

function valueIn(event: Event): string {
  return (event.currentTarget as HTMLSelectElement | HTMLTextAreaElement).value;
}

function wordsOf(name: "hash" | "sign", value: "fits" | ForgedSignature, server: string): string {
  if (name === "hash") return say(value === "fits" ? "forge.hash-fits" : "forge.hash-kept");
  return say(`forge.sign-${value as ForgedSignature}`, { server });
}

function outcomeWords(outcome: ForgeOutcome): string {
  const { host, what } = outcome;
  if ("refusal" in outcome)
    return say(`forge.${outcome.what}`, { host, reason: refusalText(outcome.refusal) });
  if ("status" in outcome)
    return say("forge.refused", { host, status: outcome.status, error: outcome.error });
  return say(`forge.${what as "stored" | "known" | "failed"}`, { host });
}

customElements.define("homeroom-forge", HomeroomForge);

declare global {
  interface HTMLElementTagNameMap {
    "homeroom-forge": HomeroomForge;
  }
}
