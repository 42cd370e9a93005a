import type { ServerLooks } from "../server-look.ts";
import { type NetworkGeometry, type Point, pointOn } from "./network-geometry.ts";
import { type Box, labelSides } from "./network-labels.ts";
import type { FallenFlight, Flight, NetworkState } from "./network-state.ts";

/** How long a failure is shown where it happened, in milliseconds that a learner has to see it. */
export const fallenShown = 3200;

/** So many story packets are buttons with a name; beyond that all are painted. */
export const namedPackets = 14;

/** Smaller than this an envelope is a speck. */
const smallestEnvelope = 0.4;

/** What the painter needs to know of the map; replaced as a whole when it changes. */
export type PacketScene = {
  state: NetworkState;
  geometry: NetworkGeometry;
  looks: ServerLooks;
  reducedMotion: boolean;
  /** Exchanges that are buttons: they are moved, not painted. */
  named: ReadonlyMap<number, HTMLElement>;
  width: number;
  /** What labels must not cover. */
  still: readonly Box[];
  /** How large an unnamed story packet is drawn, 1 for its full size. */
  scale: number;
};

type Colors = Readonly<Record<string, string>>;

const envelopePath =
  "M-14 -10h28a3 3 0 0 1 3 3v14a3 3 0 0 1 -3 3h-28a3 3 0 0 1 -3 -3v-14a3 3 0 0 1 3 -3zM-15 -8L0 3L15 -8";

/** Where a flight is at a moment: 0 at the host that asked, 1 at the one that answers. */
export function wayOf(flight: Flight, now: number, reducedMotion: boolean): number {
  if (flight.phase === "held") return 1;
  const span = Math.max(1, flight.arrives - flight.departs);
  const done = reducedMotion ? 0.5 : Math.min(1, Math.max(0, (now - flight.departs) / span));
  return flight.phase === "out" ? done : 1 - done;
}

/** Is anything on a line at this moment, or a failure still to be shown? Otherwise nothing has to be drawn anew. */
export function moves(state: NetworkState, now: number, speed: number): boolean {
  for (const flight of state.flights.values())
    if (flight.phase !== "held" && now < flight.arrives) return true;
  return visibleFallen(state, now, speed).length > 0;
}

/** Failures that are still shown: as long in slow worlds as in fast ones. */
export function visibleFallen(state: NetworkState, now: number, speed: number): FallenFlight[] {
  return state.fallen.filter(
    ({ at, from, to }) =>
      now >= at &&
      now - at < fallenShown * speed &&
      // What could not be delivered stands in the queue again.
      state.queues.get(from)?.get(to)?.away !== true,
  );
}

/**
 * Draws everything that moves in one pass over the log's flights: unnamed packets on a canvas, named ones by moving
 * their buttons. It keeps what it painted, so that a click can be told which packet it met.
 */
export class PacketPainter {
  readonly canvas: HTMLCanvasElement;
  #context: CanvasRenderingContext2D | null;
  #colors: Colors = {};
  #painted: { exchange: number; x: number; y: number }[] = [];
  #envelope = new Path2D(envelopePath);

  constructor(canvas: HTMLCanvasElement) {
    this.canvas = canvas;
    this.#context = canvas.getContext("2d");
  }

  /** CSS colours do not reach a canvas: they are read anew when the theme changes. */
  set colors(colors: Colors) {
    this.#colors = colors;
  }

  get colors(): Colors {
    return this.#colors;
  }

  resize(width: number, height: number): void {
    const ratio = Math.min(2, globalThis.devicePixelRatio || 1);
    const [wide, high] = [Math.round(width * ratio), Math.round(height * ratio)];
    if (this.canvas.width !== wide) this.canvas.width = wide;
    if (this.canvas.height !== high) this.canvas.height = high;
    this.canvas.style.width = `${width}px`;
    this.canvas.style.height = `${height}px`;
    this.#context?.setTransform(ratio, 0, 0, ratio, 0, 0);
  }

  paint(scene: PacketScene, now: number, speed: number): void {
    const context = this.#context;
    this.#painted = [];
    if (!context) return;
    context.clearRect(0, 0, this.canvas.width, this.canvas.height);
    const named: { button: HTMLElement; at: Point }[] = [];
    for (const flight of scene.state.flights.values()) {
      const button = scene.named.get(flight.exchange);
      // What is held and has no name is an ear, or nothing: the line is empty.
      if (flight.phase === "held" && !button) continue;
      if (flight.phase !== "held" && now >= flight.arrives && !button && !scene.reducedMotion) continue;
      const at = this.#place(scene, flight, wayOf(flight, now, scene.reducedMotion));
      if (!at) continue;
      if (button) named.push({ button, at });
      else this.#mark(context, flight, at, this.#colorOf(scene, flight), scene.scale);
    }
    for (const fallen of visibleFallen(scene.state, now, speed)) {
      const at = this.#place(scene, fallen, fallen.progress);
      if (!at) continue;
      const button = scene.named.get(fallen.exchange);
      if (button) named.push({ button, at });
      else this.#cross(context, fallen, at);
    }
    moveNamed(named, scene);
  }

  /** The packet nearest to a place, at most so many pixels away. */
  hit(x: number, y: number, reach = 16): number | undefined {
    let nearest: { exchange: number; distance: number } | undefined;
    for (const packet of this.#painted) {
      const distance = Math.hypot(packet.x - x, packet.y - y);
      if (distance <= reach && distance < (nearest?.distance ?? Infinity))
        nearest = { exchange: packet.exchange, distance };
    }
    return nearest?.exchange;
  }

  /** A packet does not cover the names at the ends of its line. */
  #place(scene: PacketScene, flight: Flight, way: number): Point | undefined {
    const curve = scene.geometry.curve(flight.from, flight.to);
    if (!curve) return undefined;
    const length = Math.hypot(curve[3].x - curve[0].x, curve[3].y - curve[0].y);
    const large = flight.story || scene.named.has(flight.exchange);
    const inset = Math.min(0.3, ((large ? 22 * scene.scale : 6) + 1) / Math.max(1, length));
    return pointOn(curve, inset + way * (1 - 2 * inset));
  }

  #colorOf({ state, looks }: PacketScene, flight: Flight): string {
    // A packet wears its sender's colour: the answer is the other host's.
    const sender = flight.phase === "back" ? flight.to : flight.from;
    const server = state.hosts.get(sender)?.home ?? sender;
    return this.#colors[looks.get(server)?.tint ?? "ink"] ?? "gray";
  }

  #mark(
    context: CanvasRenderingContext2D,
    flight: Flight,
    { x, y }: Point,
    color: string,
    scale: number,
  ): void {
    this.#painted.push({ exchange: flight.exchange, x, y });
    context.strokeStyle = color;
    if (flight.story && scale < smallestEnvelope) {
      context.fillStyle = color;
      context.fillRect(x - 2.5, y - 2, 5, 4);
      return;
    }
    if (flight.story) {
      context.save();
      context.translate(x, y);
      context.scale(scale, scale);
      context.fillStyle = this.#colors.surface ?? "white";
      context.lineWidth = 2.5;
      context.fill(this.#envelope);
      context.stroke(this.#envelope);
      context.restore();
      return;
    }
    context.beginPath();
    context.arc(x, y, 4.5, 0, Math.PI * 2);
    context.fillStyle = flight.phase === "back" ? (this.#colors.surface ?? "white") : color;
    context.lineWidth = 2;
    context.fill();
    context.stroke();
  }

  #cross(context: CanvasRenderingContext2D, fallen: FallenFlight, { x, y }: Point): void {
    this.#painted.push({ exchange: fallen.exchange, x, y });
    context.beginPath();
    context.arc(x, y, 8, 0, Math.PI * 2);
    context.fillStyle = this.#colors.surface ?? "white";
    context.fill();
    context.strokeStyle = this.#colors.warn ?? "red";
    context.lineWidth = 2;
    context.moveTo(x - 3.5, y - 3.5);
    context.lineTo(x + 3.5, y + 3.5);
    context.moveTo(x + 3.5, y - 3.5);
    context.lineTo(x - 3.5, y + 3.5);
    context.stroke();
  }
}

/** Moves named packets; their labels stand where there is room. */
function moveNamed(
  named: readonly { button: HTMLElement; at: Point }[],
  { width, still }: PacketScene,
): void {
  const packets = named.map(({ button, at }) => ({ ...at, label: labelWidth(button, width) }));
  const sides = labelSides(packets, width, still);
  named.forEach(({ button, at: { x, y } }, index) => {
    button.style.transform = `translate(${(x - 21).toFixed(1)}px, ${(y - 16).toFixed(1)}px)`;
    const side = sides[index]!;
    button.classList.toggle("turned", side === "none" ? x > width / 2 : side === "before");
    button.classList.toggle("crowded", side === "none");
  });
}

/** About how wide a label is, pixels, without the layout that measuring would cost in each frame. */
function labelWidth(button: HTMLElement, width: number): number {
  if (button.classList.contains("mute")) return 0;
  const text = button.querySelector(".label")?.textContent ?? "";
  return Math.min(14 + 7.2 * text.length, 240, width / 2 - 52);
}
