import { html, LitElement, nothing, type PropertyValues, type TemplateResult } from "lit";
import { keyed } from "lit/directives/keyed.js";
import { repeat } from "lit/directives/repeat.js";
import { say } from "../catalogue/catalogue.ts";
import type { Demonstrates } from "../elements/hand.ts";
import type { StepViews } from "../tutorial/tutorial.ts";
import type { Scenario } from "../world/scenario.ts";
import { devicesFold } from "./late-devices.ts";
import { personName } from "./person-name.ts";
import {
  arrange,
  breadthOf,
  handheld,
  placesIn,
  type StageLayout,
  type StageView,
  stageViews,
  viewId,
  wide,
} from "./stage-layout.ts";
import { loadPanel, type Panel, type PanelName } from "./stage-panels.ts";
import { folded, type StageScene } from "./stage-scene.ts";
import { stageStyles } from "./stage-styles.ts";

/** Views that take more of the width where they stand alone. */
const broadViews: readonly string[] = ["addresses", "log", "graph", "chairs", "keys"];

/**
 * The part of the page that shows the world: the map above, the time bar under it, chats and tools beside each
 * other below. What does not fit shares a place, as tabs. Each view is loaded when a step first needs it.
 */
export class HomeroomStage extends LitElement {
  static override properties = {
    views: { attribute: false },
    scenario: { attribute: false },
    scene: { attribute: false },
    width: { state: true },
    chosen: { state: true },
    handheld: { type: Boolean, reflect: true },
  };

  declare views: StepViews;
  declare scenario: Scenario;
  declare scene: StageScene;
  declare handheld: boolean;
  declare private width: number;
  /** The tab chosen last in each place: the newest first. */
  declare private chosen: readonly string[];

  /** Resolves when the views of the step are there. */
  drawn: Promise<unknown> = Promise.resolve();

  /** The view that had the focus before something changed. */
  #focused: Element | undefined;
  readonly #panels = new Map<PanelName, Panel>();
  readonly #resized = new ResizeObserver(([entry]) => {
    const width = entry?.contentRect.width ?? 0;
    if (Math.abs(width - this.width) < 1) return;
    this.width = width;
    this.handheld = width < handheld;
  });

  static override styles = stageStyles;

  constructor() {
    super();
    this.views = {};
    this.handheld = false;
    this.width = 0;
    this.chosen = [];
  }

  override connectedCallback(): void {
    super.connectedCallback();
    this.#resized.observe(this);
  }

  override disconnectedCallback(): void {
    super.disconnectedCallback();
    this.#resized.disconnect();
  }

  /** The elements on the stage that may play an action themselves, in order. */
  get demonstrators(): (Element & Demonstrates)[] {
    return [...this.renderRoot.querySelectorAll("*")].filter(
      (element): element is Element & Demonstrates => "demonstrate" in element,
    );
  }

  /** Brings a view to the front of its place; what was looked at from another one of the place hands on the focus. */
  show(view: string): void {
    this.chosen = [view, ...this.chosen.filter((each) => each !== view)];
    const before = this.shadowRoot?.activeElement;
    void this.updateComplete.then(() => {
      if (before && !before.checkVisibility())
        this.renderRoot.querySelector<HTMLElement>(`#tab-${view}`)?.focus();
    });
  }

  /** Brings the view that an element stands in to the front, so that a hand can reach it. */
  showView(element: Element): void {
    const id = element.closest("[data-view]")?.getAttribute("data-view");
    if (id) this.show(id);
  }

  protected override willUpdate(changed: PropertyValues<this>): void {
    if (changed.has("views")) this.#load();
    this.#focused = this.shadowRoot?.activeElement?.closest(".view") ?? undefined;
  }

  protected override updated(changed: PropertyValues<this>): void {
    super.updated(changed);
    // Whoever throws a device away is told so in its place.
    if (this.#focused && !this.shadowRoot?.activeElement)
      this.#focused.querySelector<HTMLElement>(".gone")?.focus();
  }

  #load(): void {
    const { views } = this;
    const wanted: PanelName[] = [
      ...(views.chat ? (["chat"] as const) : []),
      ...(views.addresses ? (["addresses"] as const) : []),
      ...(views.network ? (["network"] as const) : []),
      ...(views.graph ? (["graph"] as const) : []),
      ...(views.chairs ? (["chairs"] as const) : []),
      ...(views.keys ? (["keys"] as const) : []),
      ...(views.forge ? (["forge"] as const) : []),
      ...(views.time ? (["time"] as const) : []),
      ...(views.inspector ? (["inspector"] as const) : []),
      ...(views.log ? (["log"] as const) : []),
    ];
    const loading = wanted.filter((name) => !this.#panels.has(name)).map((name) => this.#loadPanel(name));
    this.drawn = Promise.all(loading).then(() => this.updateComplete);
  }

  async #loadPanel(name: PanelName): Promise<void> {
    try {
      this.#panels.set(name, await loadPanel(name));
      this.requestUpdate();
    } catch (error) {
      console.error(error);
    }
  }

  protected override render(): TemplateResult {
    const { scene } = this;
    if (!this.width || !scene) return html``;
    const devices = folded(scene, devicesFold);
    const views = stageViews(this.views, this.scenario, devices.late);
    const layout = arrange(views, this.width);
    const graphBelow = layout.places.flat().some(({ view }) => view === "graph");
    const shape = !layout.above ? "without-map" : layout.places.length > 0 ? "with-map" : "map-alone";
    const beside = shape === "with-map" && layout.places.length === 1 && this.width >= wide ? "beside" : "";
    return html`<div class="stage ${shape} ${beside} ${graphBelow ? "tall" : ""} ${layout.above?.view === "chairs" || layout.above?.view === "keys" ? "seated" : ""}">
      ${layout.above ? this.#above(layout.above, devices.lost) : nothing}
      ${
        this.handheld && scene.at !== undefined
          ? html`<p class="past" role="status">${say("stage.past")}</p>`
          : nothing
      }
      <div class="bar">${this.views.time ? this.#panels.get("time")?.(scene, undefined) : nothing}</div>
      ${this.#places(layout, devices.lost)}
    </div>`;
  }

  /** Made anew for another view, so that what one leaves behind is not in the way of the other. */
  #above(view: StageView, lost: ReadonlySet<string>): unknown {
    const framed = view.view === "graph" || view.view === "keys" ? "card" : "";
    return keyed(
      view.view,
      html`<div class="map ${framed}" data-view=${viewId(view)}>${this.#panel(view, lost)}</div>`,
    );
  }

  #places({ places }: StageLayout, lost: ReadonlySet<string>): TemplateResult | typeof nothing {
    if (places.length === 0) return nothing;
    const broad = places.some((place) => place.some(({ view }) => broadViews.includes(view)));
    const many = places.length === 1 ? "one" : places.length === 2 ? "two" : "";
    return html`<div class="places ${many} ${broad ? "wide" : ""}">
      ${repeat(
        places,
        (place) => viewId(place[0]!),
        (place) => {
          const front = this.#front(place);
          const breadth = breadthOf(place, placesIn(this.width));
          return html`<div class="place ${breadth > 1 ? "double" : ""}">
            ${place.length > 1 ? this.#tabs(place, front) : nothing}
            ${repeat(
              place,
              (view) => viewId(view),
              (view) => this.#view(view, place.length > 1, view === front, lost),
            )}
          </div>`;
        },
      )}
    </div>`;
  }

  #front(place: readonly StageView[]): StageView {
    const ids = place.map(viewId);
    const chosen = this.chosen.find((id) => ids.includes(id));
    return place[chosen === undefined ? 0 : ids.indexOf(chosen)]!;
  }

  #view(view: StageView, tabbed: boolean, shown: boolean, lost: ReadonlySet<string>): TemplateResult {
    const id = viewId(view);
    const framed = ["network", "addresses", "chairs"].includes(view.view) ? "" : "card";
    return html`<div
      class="view ${framed}"
      data-view=${id}
      id=${`panel-${id}`}
      role=${tabbed ? "tabpanel" : nothing}
      aria-labelledby=${tabbed ? `tab-${id}` : nothing}
      ?hidden=${!shown}
    >
      ${this.#panel(view, lost)}
    </div>`;
  }

  #panel(view: StageView, lost: ReadonlySet<string>): unknown {
    const panel = this.#panels.get(view.view)?.(this.scene, view);
    if (view.view !== "chat" || !lost.has(view.host)) return panel;
    return html`<p class="gone" tabindex="-1">${say("stage.device-gone", { name: view.person.name })}</p>
      <div inert>${panel}</div>`;
  }

  #tabs(place: readonly StageView[], front: StageView): TemplateResult {
    const move = (event: KeyboardEvent): void => {
      const step = { ArrowRight: 1, ArrowLeft: -1 }[event.key];
      if (!step) return;
      event.preventDefault();
      const next = place.at((place.indexOf(front) + step) % place.length)!;
      this.show(viewId(next));
      void this.updateComplete.then(() =>
        this.renderRoot.querySelector<HTMLElement>(`#tab-${viewId(next)}`)?.focus(),
      );
    };
    return html`<div role="tablist" aria-label=${say("stage.views")} @keydown=${move}>
      ${place.map((view) => {
        const id = viewId(view);
        return html`<button
          role="tab"
          id=${`tab-${id}`}
          aria-controls=${`panel-${id}`}
          aria-selected=${view === front}
          tabindex=${view === front ? 0 : -1}
          @click=${() => this.show(id)}
        >
          ${this.#name(view)}
        </button>`;
      })}
    </div>`;
  }

  #name(view: StageView): string {
    if (view.view !== "chat") return say(`stage.${view.view}`);
    const person = personName(this.scene, view.person);
    const devices = (this.views.chat ?? []).filter((name) => name.split("/")[0] === view.person.id);
    return devices.length > 1 ? say("stage.chat-on", { name: person, device: view.device.name }) : person;
  }
}

customElements.define("homeroom-stage", HomeroomStage);

declare global {
  interface HTMLElementTagNameMap {
    "homeroom-stage": HomeroomStage;
  }
}
