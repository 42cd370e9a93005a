import { html, LitElement, nothing, type PropertyValues, type TemplateResult } from "lit";
import { say } from "../../catalogue/late.ts";
import type { Action } from "../../world/action.ts";
import { ActEvent } from "../act-event.ts";
import type { Demonstrates, Hand } from "../hand.ts";
import { controlStyles } from "../inspector/inspector-controls.ts";
import { lookStyles, type ServerLooks, serverLooks } from "../server-look.ts";
import { detailsTemplate, droppedTemplate } from "./graph-details.ts";
import { graphFold } from "./graph-fold.ts";
import { cell, type GraphLayout, graphLayout } from "./graph-layout.ts";
import { graphList } from "./graph-list.ts";
import { neighbourOf } from "./graph-neighbours.ts";
import { copyTemplate, type Picture } from "./graph-picture.ts";
import { eventsOf, resolutionsTemplate, type ShownResolution, stepsOf } from "./graph-resolution.ts";
import { stateBefore } from "./graph-room-state.ts";
import { type GraphNode, type GraphNodes, graphNodes } from "./graph-runs.ts";
import type { GraphScene } from "./graph-scene.ts";
import type { GraphRoom, GraphState } from "./graph-state.ts";
import { graphStyles } from "./graph-styles.ts";
import { roomWords } from "./graph-words.ts";

/** Each server's copy by itself, all on top of each other, or as sentences. */
type Way = "each" | "all" | "words";
const ways: readonly Way[] = ["each", "all", "words"];

/** So many copies are shown by themselves where nobody has chosen. */
const copiesShown = 4;
/** Pixels beside what is in sight that are drawn already. */
const margin = 400;

/**
 * A room's events as a graph, as each server has them: who signed what, where branches part and meet, what a copy
 * lacks or refuses, and how the state came about. Fires `homeroom-act` with `look`.
 */
export class HomeroomRoomGraph extends LitElement implements Demonstrates {
  static override properties = {
    state: { attribute: false },
    looks: { attribute: false },
    selected: { attribute: false },
    room: { attribute: false },
    way: { state: true },
    chosen: { state: true },
    open: { state: true },
    picked: { state: true },
    sight: { state: true },
    showState: { state: true },
    resolution: { state: true },
    stop: { state: true },
  };

  declare state: GraphState;
  declare looks: ServerLooks | undefined;
  /** What is opened in the inspector. */
  declare selected: { event?: string } | undefined;
  /** The id of the room to show first. */
  declare room: string | undefined;
  declare private way: Way | undefined;
  declare private chosen: string | undefined;
  /** Events in runs that stay unfolded. */
  declare private open: ReadonlySet<string>;
  declare private picked: string | undefined;
  declare private sight: readonly [number, number];
  declare private showState: boolean;
  declare private resolution: ShownResolution | undefined;
  declare private stop: { host: string; node: string } | undefined;

  static override styles = [controlStyles, graphStyles, lookStyles];

  #drawn: { room: GraphRoom; open: unknown; nodes: GraphNodes; layout: GraphLayout } | undefined;
  #atEnd = true;
  #width = 0;
  #resized = new ResizeObserver(() => this.#look());

  constructor() {
    super();
    this.state = graphFold.initial;
    this.open = new Set();
    this.sight = [0, 2000];
    this.showState = false;
  }

  override connectedCallback(): void {
    super.connectedCallback();
    this.#resized.observe(this);
  }

  override disconnectedCallback(): void {
    super.disconnectedCallback();
    this.#resized.disconnect();
  }

  protected override willUpdate(changed: PropertyValues<this>): void {
    if (changed.has("selected") && this.selected?.event !== undefined) this.picked = this.selected.event;
  }

  /** The room that is shown: the one chosen, the one asked for, or the one that has most. */
  get #room(): GraphRoom | undefined {
    const { rooms } = this.state;
    const asked = rooms.get(this.chosen ?? "") ?? rooms.get(this.room ?? "");
    if (asked) return asked;
    return [...rooms.values()].toSorted((one, other) => other.events.size - one.events.size)[0];
  }

  /** Nodes and their places change only with the room's events. */
  #arranged(room: GraphRoom): { nodes: GraphNodes; layout: GraphLayout } {
    const same = this.#drawn?.room.events === room.events && this.#drawn.room.copies === room.copies;
    if (!this.#drawn || !same || this.#drawn.open !== this.open) {
      const nodes = graphNodes(room, this.open);
      const before = this.#drawn;
      const key = ({ nodes: all }: GraphNodes) => all.map(({ id, parents }) => `${id} ${parents}`).join();
      const layout = before && key(before.nodes) === key(nodes) ? before.layout : graphLayout(nodes.nodes);
      this.#drawn = { room, open: this.open, nodes, layout };
    }
    return this.#drawn;
  }

  protected override render(): TemplateResult {
    const room = this.#room;
    if (!room || room.events.size === 0) return html`<p class="empty">${say("graph.empty")}</p>`;
    const { nodes, layout } = this.#arranged(room);
    const servers = [...this.state.hosts].flatMap(([name, { role, symbol }]) =>
      role === "homeserver" ? [{ name, ...(symbol !== undefined && { symbol }) }] : [],
    );
    const looks = this.looks ?? serverLooks(servers);
    const scene: GraphScene = {
      room,
      nodes,
      looks,
      selected: this.picked,
      pick: (event) => this.#pick(event),
    };
    const way = this.way ?? (room.copies.size > copiesShown ? "all" : "each");
    return html`
      ${this.#toolbar(room, way)}
      <div class="body">
        ${way === "words" ? graphList(scene, (node) => this.#press(node)) : this.#pictures(scene, layout, way)}
        <aside>
          ${detailsTemplate(scene, this.showState, (open) => {
            this.showState = open;
          })}
          ${droppedTemplate(scene)}
          ${resolutionsTemplate(scene, this.resolution, (shown) => void this.#showResolution(shown))}
        </aside>
      </div>
    `;
  }

  #toolbar(room: GraphRoom, way: Way): TemplateResult {
    const rooms = [...this.state.rooms.values()].filter(({ events }) => events.size > 0);
    return html`<div class="toolbar">
      ${
        rooms.length > 1
          ? html`<label>
              <span class="unseen">${say("graph.room")}</span>
              <select class="button" @change=${(event: Event) => this.#choose((event.currentTarget as HTMLSelectElement).value)}>
                ${rooms.map(
                  (each) =>
                    html`<option value=${each.id} ?selected=${each.id === room.id}>${roomWords(each)}</option>`,
                )}
              </select>
            </label>`
          : html`<b class="room">${roomWords(room)}</b>`
      }
      <div class="ways" role="group" aria-label=${say("graph.ways")}>
        ${ways.map(
          (
            each,
          ) => html`<button class="button" type="button" aria-pressed=${each === way} @click=${() => this.#show(each)}>
            ${say(`graph.${each}`)}
          </button>`,
        )}
      </div>
      ${
        this.open.size > 0
          ? html`<button class="button" type="button" @click=${() => this.#fold()}>${say("graph.fold")}</button>`
          : nothing
      }
    </div>`;
  }

  #pictures(scene: GraphScene, layout: GraphLayout, way: Way): TemplateResult {
    const marked = this.#marked(scene.room);
    const copies = [...scene.room.copies];
    const first = { host: way === "all" ? "" : (copies[0]?.[0] ?? ""), node: scene.nodes.nodes.at(-1)!.id };
    const known = this.stop && scene.nodes.byId.has(this.stop.node);
    const picture: Picture = {
      ...scene,
      layout,
      window: this.sight,
      marked,
      tabStop: known && (way === "all") === (this.stop!.host === "") ? this.stop : first,
      press: (node) => this.#press(node),
      focused: (host, node) => {
        this.stop = { host, node: node.id };
      },
    };
    return html`<div class="scroll" @scroll=${() => this.#look()} @keydown=${(event: KeyboardEvent) => this.#keyed(event, picture)}>
      <div class="pictures">
        ${
          way === "all"
            ? copyTemplate(picture, "", undefined)
            : copies.map(([host, copy]) => copyTemplate(picture, host, copy))
        }
      </div>
    </div>`;
  }

  /** What the open step of a resolution is about; else the state before the picked event. */
  #marked(room: GraphRoom): ReadonlySet<string> {
    const { resolution, picked } = this;
    const open = room.copies
      .get(resolution?.host ?? "")
      ?.resolutions.find(({ sequence }) => sequence === resolution?.sequence);
    if (open && resolution) {
      const steps = stepsOf(open.trace);
      return new Set(eventsOf(open.trace, steps[Math.min(resolution.step, steps.length - 1)]!));
    }
    if (!this.showState || picked === undefined) return new Set();
    return new Set(stateBefore(room, picked)?.map(({ event }) => event));
  }

  protected override updated(): void {
    const scroll = this.renderRoot.querySelector<HTMLElement>(".scroll");
    if (!scroll) return;
    // The newest stays in sight for who looks at the newest.
    if (this.#atEnd) scroll.scrollLeft = scroll.scrollWidth;
    requestAnimationFrame(() => this.#look());
  }

  #look(): void {
    const scroll = this.renderRoot.querySelector<HTMLElement>(".scroll");
    if (!scroll) return;
    const { clientWidth, scrollWidth } = scroll;
    // A graph that got another width was not scrolled by anybody.
    if (clientWidth !== this.#width && this.#atEnd) scroll.scrollLeft = scrollWidth;
    this.#width = clientWidth;
    const { scrollLeft } = scroll;
    this.#atEnd = scrollLeft + clientWidth >= scrollWidth - 30;
    const [from, to] = this.sight;
    const inside = scrollLeft - cell.width > from && scrollLeft + clientWidth + cell.width < to;
    if (!inside || to - from > clientWidth + 2.5 * margin)
      this.sight = [scrollLeft - margin, scrollLeft + clientWidth + margin];
  }

  /** The button that was pressed goes, or is off at the last step: the focus stays with what is told. */
  async #showResolution(shown: ShownResolution | undefined): Promise<void> {
    const before = this.resolution;
    this.resolution = shown;
    await this.updateComplete;
    const focused = this.shadowRoot?.activeElement;
    if (focused && !focused.matches(":disabled")) return;
    const place = shown ? ".resolution h3" : `[data-settled="${CSS.escape(before?.host ?? "")}"]`;
    this.renderRoot.querySelector<HTMLElement>(place)?.focus();
  }

  #choose(room: string): void {
    this.chosen = room;
    this.resolution = undefined;
    this.#atEnd = true;
  }

  #show(way: Way): void {
    this.way = way;
    this.#atEnd = true;
  }

  #fold(): void {
    this.open = new Set();
  }

  #press(node: GraphNode): void {
    if (node.events.length > 1) {
      this.open = new Set([...this.open, node.id]);
      this.#atEnd = false;
    } else this.#pick(node.id);
  }

  #pick(event: string): void {
    this.picked = event;
    this.dispatchEvent(new ActEvent({ type: "look", at: { event: { id: event } } }));
  }

  #keyed(event: KeyboardEvent, picture: Picture): void {
    const at = this.stop ?? picture.tabStop;
    const next = at && neighbourOf(event.key, picture, at);
    if (!next) return;
    event.preventDefault();
    this.stop = next;
    void this.#focus(next, picture);
  }

  async #focus({ host, node }: { host: string; node: string }, { layout }: Picture): Promise<void> {
    const scroll = this.renderRoot.querySelector<HTMLElement>(".scroll");
    const x = layout.places.get(node)?.x ?? 0;
    if (
      scroll &&
      (x < scroll.scrollLeft + cell.width || x > scroll.scrollLeft + scroll.clientWidth - cell.width)
    ) {
      scroll.scrollLeft = x - scroll.clientWidth / 2;
      this.#look();
    }
    await this.updateComplete;
    const copy = `[data-copy="${CSS.escape(host)}"]`;
    this.renderRoot.querySelector<HTMLElement>(`${copy} [data-node="${CSS.escape(node)}"]`)?.focus();
  }

  async demonstrate(action: Action, hand: Hand): Promise<boolean> {
    if (action.type !== "look" || !("event" in action.at) || action.at.event.id === undefined) return false;
    const { id } = action.at.event;
    const node = this.renderRoot.querySelector<HTMLElement>(
      `[data-node="${CSS.escape(id)}"]:not(.run), [data-line="${CSS.escape(id)}"]`,
    );
    if (!node) return false;
    await hand.click(node);
    return true;
  }
}

customElements.define("homeroom-room-graph", HomeroomRoomGraph);

declare global {
  interface HTMLElementTagNameMap {
    "homeroom-room-graph": HomeroomRoomGraph;
  }
}
