import { type AuthNode, citedBy } from "./auth-graph.ts";
import { compareByTime } from "./power-ordering.ts";

/** An event in mainline ordering. `position` is `Infinity` where nothing of the mainline is behind it. */
export type PlacedEvent = { node: AuthNode; position: number };

/**
 * The mainline ordering based on a power levels event P, of a set of events, and the mainline as far back as
 * that needed it.
 */
export function mainlineOrdering(
  powerLevels: AuthNode | undefined,
  events: Iterable<AuthNode>,
): { order: PlacedEvent[]; mainline: AuthNode[] } {
  const mainline = new Mainline(powerLevels);
  const order = [...events].map((node) => ({ node, position: mainline.positionOf(node) }));
  return { order: order.sort(compareByMainline), mainline: mainline.events };
}

/** For events x and y, x < y if */
function compareByMainline(x: PlacedEvent, y: PlacedEvent): number {
  // 1. the mainline position of x is greater than the mainline position of y (i.e. the auth chain of x is based
  //    on an earlier event in the mainline than y); or
  if (x.position !== y.position) return x.position > y.position ? -1 : 1;
  // 2. the mainline positions of the events are the same, but x's origin_server_ts is less than y's
  //    origin_server_ts; or
  // 3. the mainline positions of the events are the same and the events have the same origin_server_ts, but
  //    x's event_id is less than y's event_id.
  return compareByTime(x.node, y.node);
}

/**
 * Let P = P₀ be an m.room.power_levels event. Starting with i = 0, repeatedly fetch Pᵢ₊₁, the
 * m.room.power_levels event in the auth_events of Pᵢ, until there is none: the mainline of P₀.
 */
class Mainline {
  /** P₀, P₁ and so on, as far as they were asked for: a room's whole history of power levels is long. */
  readonly events: AuthNode[] = [];
  /** The mainline positions of what cites these: they themselves if they are on the mainline. */
  readonly #positions = new Map<AuthNode, number>();
  #next: AuthNode | undefined;

  constructor(powerLevels: AuthNode | undefined) {
    this.#next = powerLevels;
  }

  /** Find the smallest index j ≥ 1 for which eⱼ belongs to the mainline of P: then i with Pᵢ = eⱼ, else ∞. */
  positionOf(event: AuthNode): number {
    const passed: AuthNode[] = [];
    let level = powerLevelsCitedBy(event);
    let position = level && this.#find(level);
    while (level && position === undefined) {
      passed.push(level);
      level = powerLevelsCitedBy(level);
      position = level && this.#find(level);
    }
    position ??= Number.POSITIVE_INFINITY;
    for (const each of passed) this.#positions.set(each, position);
    return position;
  }

  #find(level: AuthNode): number | undefined {
    // Generations fall along the mainline.
    while (this.#next && this.#next.generation >= level.generation) {
      this.#positions.set(this.#next, this.events.length);
      this.events.push(this.#next);
      this.#next = powerLevelsCitedBy(this.#next);
    }
    return this.#positions.get(level);
  }
}

function powerLevelsCitedBy(node: AuthNode): AuthNode | undefined {
  return citedBy(node, "m.room.power_levels", "");
}
