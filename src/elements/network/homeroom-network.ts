import { html, LitElement, nothing, type PropertyValues, type TemplateResult } from "lit";
import { guard } from "lit/directives/guard.js";
import { repeat } from "lit/directives/repeat.js";
import { say } from "../../catalogue/late.ts";
import type { Action } from "../../world/action.ts";
import type { Bindings, ClockReading } from "../../world/world.ts";
import { ActEvent } from "../act-event.ts";
import "./homeroom-network-tools.ts";
import type { Demonstrates, Hand } from "../hand.ts";
import { controlStyles } from "../inspector/inspector-controls.ts";
import { shortRequest } from "../inspector/inspector-endpoint.ts";
import { lookStyles, type ServerLooks, serverLooks } from "../server-look.ts";
import { networkCardStyles } from "./network-card-styles.ts";
import { colorsIn } from "./network-colors.ts";
import { demonstrateOnMap } from "./network-demonstration.ts";
import { networkFold } from "./network-fold.ts";
import { type NetworkGeometry, networkGeometry } from "./network-geometry.ts";
import { networkLayout } from "./network-layout.ts";
import { LinePainter } from "./network-line-painter.ts";
import { linkObstacles, meshMost, nextTick, sceneHandles, sceneLines, sceneQueues } from "./network-links.ts";
import { packetMark } from "./network-marks.ts";
import type { NetworkLayout } from "./network-measure.ts";
import { hostName } from "./network-names.ts";
import { networkPacketStyles } from "./network-packet-styles.ts";
import { moves, namedPackets, PacketPainter, type PacketScene, visibleFallen } from "./network-packets.ts";
import { reasonWords, type Scene, sceneEars, sceneHosts } from "./network-scene.ts";
import type { FallenFlight, Flight, NetworkState } from "./network-state.ts";
import { networkStyles } from "./network-styles.ts";
import type { ToolsSubject } from "./network-tools.ts";

/** Lines between very many servers are drawn so many milliseconds apart: there is no hurry about them. */
const linesPause = 200;

/** What is opened in the inspector, so that the map can mark it. */
export type InspectedSubject = { exchange?: number; event?: string; host?: string };

/**
 * The map: houses, devices, lines, and packets that are on a line exactly while they are out or back.
 * Fires `homeroom-act` with `look`; its tools, with what can be done to servers and links.
 */
export class HomeroomNetwork extends LitElement implements Demonstrates {
  static override properties = {
    state: { attribute: false },
    clock: { attribute: false },
    at: { attribute: false },
    looks: { attribute: false },
    bindings: { attribute: false },
    selected: { attribute: false },
    allTraffic: { type: Boolean },
    readonly: { type: Boolean },
    size: { state: true },
  };

  declare state: NetworkState;
  declare clock: ClockReading;
  /** The world time that is shown while one looks at the past. */
  declare at: number | undefined;
  /** Without it, looks follow from the symbols of the hosts. */
  declare looks: ServerLooks | undefined;
  declare bindings: Bindings | undefined;
  declare selected: InspectedSubject | undefined;
  /** Draws quiet packets large and named too. */
  declare allTraffic: boolean;
  declare readonly: boolean;
  declare private size: { width: number; height: number };

  static override styles = [controlStyles, networkStyles, networkCardStyles, networkPacketStyles, lookStyles];

  #layout: NetworkLayout | undefined;
  #geometry: NetworkGeometry | undefined;
  #layoutKey = "";
  #ownLooks: { hosts: unknown; looks: ServerLooks } | undefined;
  #painter: PacketPainter | undefined;
  #lines: LinePainter | undefined;
  #linesTimer: ReturnType<typeof setTimeout> | undefined;
  #themeKey = "";
  #frame = 0;
  #countdown: ReturnType<typeof setTimeout> | undefined;
  /** World time at which the countdown that was drawn says something else. */
  #nextTick: number | undefined;
  #packetScene: PacketScene | undefined;
  #still: PacketScene["still"] = [];
  #calm = matchMedia("(prefers-reduced-motion: reduce)");
  #resized = new ResizeObserver(([entry]) => {
    const { width = 0, height = 0 } = entry?.contentRect ?? {};
    if (Math.abs(width - this.size.width) > 1 || Math.abs(height - this.size.height) > 1)
      this.size = { width, height };
  });

  constructor() {
    super();
    this.state = networkFold.initial;
    this.clock = { running: false, speed: 1, worldAt: 0, realAt: 0 };
    this.allTraffic = false;
    this.readonly = false;
    this.size = { width: 0, height: 0 };
  }

  override connectedCallback(): void {
    super.connectedCallback();
    this.#resized.observe(this);
    this.#calm.addEventListener("change", this.#redraw);
  }

  override disconnectedCallback(): void {
    super.disconnectedCallback();
    this.#resized.disconnect();
    this.#calm.removeEventListener("change", this.#redraw);
    cancelAnimationFrame(this.#frame);
    clearTimeout(this.#countdown);
    clearTimeout(this.#linesTimer);
    this.#linesTimer = undefined;
    this.#frame = 0;
  }

  /** The world time that the map shows now, in milliseconds since 1970. */
  #now(): number {
    if (this.at !== undefined) return this.at;
    const { running, speed, worldAt, realAt } = this.clock;
    return running ? worldAt + (performance.now() - realAt) * speed : worldAt;
  }

  #redraw = (): void => this.requestUpdate();

  #looks(): ServerLooks {
    if (this.looks) return this.looks;
    if (this.#ownLooks?.hosts !== this.state.hosts) {
      const servers = [...this.state.hosts.values()].filter(({ role }) => role === "homeserver");
      this.#ownLooks = { hosts: this.state.hosts, looks: serverLooks(servers) };
    }
    return this.#ownLooks!.looks;
  }

  #arrange(): { layout: NetworkLayout; geometry: NetworkGeometry } {
    const hosts = [...this.state.hosts.values()];
    const servers = hosts.filter(({ role }) => role === "homeserver").map(({ name }) => name);
    const devices = hosts
      .filter(({ role }) => role === "device")
      .map(({ name, home }) => ({ name, ...(home ? { home } : {}) }));
    const key = JSON.stringify([servers, devices, this.size]);
    if (key !== this.#layoutKey || !this.#layout || !this.#geometry) {
      this.#layoutKey = key;
      this.#layout = networkLayout(servers, devices, this.size);
      this.#geometry = networkGeometry(this.#layout, devices);
    }
    return { layout: this.#layout, geometry: this.#geometry };
  }

  #act = (action: Action): void => {
    if (this.readonly && action.type !== "look") return;
    this.dispatchEvent(new ActEvent(action));
  };

  protected override render(): TemplateResult {
    const { state } = this;
    if (state.hosts.size === 0) return html`<p class="empty">${say("network.empty")}</p>`;
    if (this.size.width === 0) return html``;
    const { layout, geometry } = this.#arrange();
    const looks = this.#looks();
    const names = { hosts: state.hosts, bindings: this.bindings };
    const scene: Scene = {
      ...{ state, layout, geometry, looks, names, act: this.#act },
      selectedHost: this.selected?.host,
      selectedExchange: this.selected?.exchange,
      selectedEvent: this.selected?.event,
      readonly: this.readonly || this.at !== undefined,
      tools: this.#openTools,
    };
    const now = this.#now();
    this.#nextTick = nextTick(state, now);
    this.#still = linkObstacles(scene, now);
    const { bindings, selected } = this;
    const many = layout.houses.size > meshMost;
    const lines = [
      state.hosts,
      state.links,
      many ? undefined : state.used,
      state.queues,
      layout,
      looks,
      bindings,
      scene.readonly,
    ];
    const houses = [state.hosts, state.rooms, layout, looks, bindings, selected, scene.readonly];
    return html`
      ${this.at !== undefined ? html`<p class="past" role="status">${say("network.past")}</p>` : nothing}
      <div class="map" role="group" aria-label=${say("network.name")} @click=${this.#clicked}>
        ${many ? html`<canvas class="between" aria-hidden="true"></canvas>` : nothing}
        ${guard(lines, () => sceneLines(scene))} ${guard(houses, () => sceneHosts(scene))}
        ${guard([...lines, this.#nextTick], () => html`<ul aria-label=${say("network.links")}>${sceneHandles(scene, now)}${sceneQueues(scene)}</ul>`)}
        <canvas class="packets" aria-hidden="true"></canvas>
        <ul class="under-way" aria-label=${say("network.under-way")}>
          ${sceneEars(scene)} ${this.#packets(scene)}
        </ul>
      </div>
      <homeroom-network-tools .state=${state} .names=${names} .looks=${looks}></homeroom-network-tools>
    `;
  }

  #openTools = (subject: ToolsSubject, control: Element): void => {
    if (this.readonly || this.at !== undefined) return;
    void this.renderRoot.querySelector("homeroom-network-tools")?.openAt(subject, control);
  };

  /** The flights that are buttons with a name: stories, newest first in importance, as many as still read well. */
  #namedFlights(): (Flight & { reason?: string })[] {
    const now = this.#now();
    const stories = [...this.state.flights.values()].filter(
      ({ story, errand, phase, longPoll, arrives }) =>
        (story || errand !== "letter" || (this.allTraffic && !longPoll)) &&
        (phase === "held" || now < arrives || story),
    );
    const fallen = this.#fallen(now);
    return [
      ...fallen,
      ...(stories.length <= namedPackets ? stories.sort((one, other) => one.exchange - other.exchange) : []),
    ];
  }

  /** Failures that are shown by name. */
  #fallen(now: number): FallenFlight[] {
    return visibleFallen(this.state, now, this.clock.speed).filter(
      ({ story, errand }) => story || errand !== "letter" || this.allTraffic,
    );
  }

  /** Of packets with the same label from one host only the first shows it, and a crowd shows few. */
  #packets(scene: Scene): unknown {
    const told = new Set<string>();
    return repeat(
      this.#namedFlights(),
      ({ exchange }) => exchange,
      (flight) => {
        // Failures of both sides lie at the same cut.
        const whose = flight.reason ? "fallen" : flight.from;
        const key = `${whose} ${flight.phase === "back"} ${shortRequest(flight.method, flight.url)}`;
        const mute = told.has(key) || told.size >= 4;
        told.add(key);
        return this.#packet(scene, flight, mute);
      },
    );
  }

  #packet(
    { names, looks, state }: Scene,
    flight: Flight & { reason?: string },
    mute: boolean,
  ): TemplateResult {
    const { exchange, phase, status, reason, errand } = flight;
    const request = shortRequest(flight.method, flight.url);
    const shown = errand === "letter" ? request : say(`network.errand-${errand}`, { server: flight.to });
    // What is seen of it is said first: who speaks to the page calls it by that.
    const called = errand === "letter" ? request : `${shown} ${request}`;
    const facts = { request: called, from: hostName(flight.from, names), to: hostName(flight.to, names) };
    const label = reason
      ? say("network.packet-failed", { ...facts, reason: reasonWords(reason) })
      : phase === "back"
        ? say("network.packet-back", { ...facts, status: status ?? "" })
        : say(phase === "out" ? "network.packet-out" : "network.packet-held", facts);
    const sender = phase === "back" && !reason ? flight.to : flight.from;
    const look = looks.get(state.hosts.get(sender)?.home ?? sender);
    return html`<li class=${look?.className ?? ""}>
      <button
        class="packet ${errand} ${mute ? "mute" : ""} ${flight.story || errand !== "letter" ? "" : "quiet"} ${reason ? "fallen" : ""} ${phase}"
        data-exchange=${exchange}
        type="button"
        aria-label=${label}
        aria-pressed=${this.selected?.exchange === exchange}
        @click=${() => this.#act({ type: "look", at: { exchange: { id: exchange } } })}
      >
        ${packetMark(errand)}<span class="label" dir=${errand === "letter" ? "ltr" : nothing}>${phase === "back" && !reason ? html`<b>${status}</b> ` : nothing}${shown}</span>
      </button>
    </li>`;
  }

  protected override updated(changed: PropertyValues<this>): void {
    super.updated(changed);
    const canvas = this.renderRoot.querySelector<HTMLCanvasElement>("canvas.packets");
    if (!canvas || !this.#layout || !this.#geometry) return;
    if (this.#painter?.canvas !== canvas) {
      this.#painter = new PacketPainter(canvas);
      this.#themeKey = "";
    }
    const map = this.renderRoot.querySelector<HTMLElement>(".map")!;
    map.style.height = `${this.#layout.height}px`;
    this.#painter.resize(this.#layout.width, this.#layout.height);
    const named = new Map<number, HTMLElement>();
    for (const button of this.renderRoot.querySelectorAll<HTMLElement>(".packet"))
      named.set(Number(button.dataset.exchange), button);
    this.#packetScene = {
      ...{ state: this.state, geometry: this.#geometry, looks: this.#looks(), named },
      reducedMotion: this.#calm.matches,
      width: this.#layout.width,
      still: this.#still,
      scale: { large: 1, medium: 0.85, small: 0.65, tiny: 0.45, micro: 0.3 }[this.#layout.tier],
    };
    this.#draw();
    this.#linesTimer ??= setTimeout(this.#drawLines, linesPause);
  }

  #drawLines = (): void => {
    this.#linesTimer = undefined;
    const canvas = this.renderRoot.querySelector<HTMLCanvasElement>("canvas.between");
    if (!canvas || !this.#layout || !this.#geometry) return;
    if (this.#lines?.canvas !== canvas) this.#lines = new LinePainter(canvas);
    this.#lines.paint(this.state, this.#geometry, this.#layout, this.#painter?.colors.ink ?? "gray");
  };

  #draw = (): void => {
    cancelAnimationFrame(this.#frame);
    this.#frame = 0;
    if (!this.#packetScene || !this.#painter || !this.isConnected) return;
    this.#readColors();
    const now = this.#now();
    this.#painter.paint(this.#packetScene, now, this.clock.speed);
    // Without travel nothing moves between two states but what disappears after a while.
    const still =
      this.#packetScene.reducedMotion && visibleFallen(this.state, now, this.clock.speed).length === 0;
    const alive = this.at === undefined && this.clock.running && !still;
    if (alive && moves(this.state, now, this.clock.speed)) this.#frame = requestAnimationFrame(this.#tick);
    this.#countDown(now);
  };

  /** A countdown that is shown goes on while nothing moves. */
  #countDown(now: number): void {
    clearTimeout(this.#countdown);
    // Its time may have come while it was drawn.
    const tick = this.at === undefined && this.clock.running ? this.#nextTick : undefined;
    if (tick === undefined) return;
    this.#countdown = setTimeout(this.#redraw, Math.max(30, (tick - now) / this.clock.speed + 10));
  }

  #tick = (): void => {
    // A failure that has been seen long enough leaves the list: that is a matter for the template.
    const shown = this.renderRoot.querySelectorAll(".packet.fallen").length;
    const now = this.#now();
    if (this.#fallen(now).length !== shown) this.requestUpdate();
    else this.#draw();
  };

  #readColors(): void {
    const key = `${document.documentElement.dataset.theme ?? ""} ${matchMedia("(prefers-color-scheme: dark)").matches}`;
    if (key === this.#themeKey || !this.#painter) return;
    this.#themeKey = key;
    this.#painter.colors = colorsIn(this.renderRoot);
  }

  #clicked = (event: MouseEvent): void => {
    if (event.composedPath().some((target) => target instanceof HTMLButtonElement)) return;
    const { left, top } = (event.currentTarget as HTMLElement).getBoundingClientRect();
    const exchange = this.#painter?.hit(event.clientX - left, event.clientY - top);
    if (exchange !== undefined) {
      this.#act({ type: "look", at: { exchange: { id: exchange } } });
      return;
    }
    const { target } = event;
    const key = target instanceof SVGPathElement ? target.dataset.between : undefined;
    const [one, other] = key?.split(" ") ?? [];
    if (!one || !other) return;
    const handle = this.renderRoot.querySelector(`button[data-link="${CSS.escape(key!)}"]`);
    this.#openTools({ between: [one, other] }, handle ?? (target as SVGPathElement));
  };

  demonstrate(action: Action, hand: Hand): Promise<boolean> {
    return demonstrateOnMap(this.renderRoot, action, hand);
  }
}

customElements.define("homeroom-network", HomeroomNetwork);

declare global {
  interface HTMLElementTagNameMap {
    "homeroom-network": HomeroomNetwork;
  }
}
