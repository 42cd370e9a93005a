import { type NetworkGeometry, pointOn } from "./network-geometry.ts";
import { linkKey, type NetworkState } from "./network-state.ts";

/** How faint a line between two of very many servers is. */
const faintness = 0.07;

/**
 * Draws the lines between very many servers, of those that have talked: thousands of them, each once, on a canvas
 * that stays as it is until the map is laid out anew.
 */
export class LinePainter {
  readonly canvas: HTMLCanvasElement;
  #context: CanvasRenderingContext2D | null;
  #drawn = new Set<string>();
  #geometry: NetworkGeometry | undefined;
  #color = "";

  constructor(canvas: HTMLCanvasElement) {
    this.canvas = canvas;
    this.#context = canvas.getContext("2d");
  }

  paint(
    state: NetworkState,
    geometry: NetworkGeometry,
    size: { width: number; height: number },
    color: string,
  ): void {
    const context = this.#context;
    if (!context) return;
    if (geometry !== this.#geometry || color !== this.#color) {
      const ratio = Math.min(2, globalThis.devicePixelRatio || 1);
      this.canvas.width = Math.round(size.width * ratio);
      this.canvas.height = Math.round(size.height * ratio);
      this.canvas.style.width = `${size.width}px`;
      this.canvas.style.height = `${size.height}px`;
      context.setTransform(ratio, 0, 0, ratio, 0, 0);
      this.#drawn.clear();
      this.#geometry = geometry;
      this.#color = color;
    }
    if (state.used.size === this.#drawn.size) return;
    context.strokeStyle = color;
    context.globalAlpha = faintness;
    context.lineWidth = 1;
    context.beginPath();
    for (const [one, other] of state.used.values()) {
      const key = linkKey(one, other);
      if (this.#drawn.has(key)) continue;
      this.#drawn.add(key);
      const curve = geometry.curve(one, other);
      if (!curve) continue;
      const start = pointOn(curve, 0);
      context.moveTo(start.x, start.y);
      context.bezierCurveTo(curve[1].x, curve[1].y, curve[2].x, curve[2].y, curve[3].x, curve[3].y);
    }
    context.stroke();
  }
}
