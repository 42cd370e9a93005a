import { cell } from "./graph-layout.ts";
import type { Picture } from "./graph-picture.ts";

type Stop = { host: string; node: string };

/**
 * Where a key leads from a node: Left to what it follows, Right to what follows it, Up and Down to its neighbours
 * in the same copy, then to the next copy; Home and End to the oldest and the newest.
 */
export function neighbourOf(key: string, picture: Picture, { host, node }: Stop): Stop | undefined {
  const { nodes, layout, room } = picture;
  const known = nodes.byId.get(node);
  if (!known) return undefined;
  const to = (next: string | undefined): Stop | undefined =>
    next === undefined ? undefined : { host, node: next };
  switch (key) {
    case "ArrowLeft":
      return to(known.parents[0]);
    case "ArrowRight":
      return to(nodes.children.get(node)?.[0]);
    case "Home":
      return to(nodes.nodes[0]?.id);
    case "End":
      return to(nodes.nodes.at(-1)?.id);
    case "ArrowUp":
    case "ArrowDown": {
      const way = key === "ArrowUp" ? -1 : 1;
      const here = layout.places.get(node)!;
      const beside = nodes.nodes
        .map(({ id }) => ({ id, ...layout.places.get(id)! }))
        .filter(({ x, y }) => Math.abs(x - here.x) < cell.width && (y - here.y) * way > 0)
        .sort(
          (one, other) =>
            Math.hypot(one.x - here.x, one.y - here.y) - Math.hypot(other.x - here.x, other.y - here.y),
        )[0];
      if (beside) return to(beside.id);
      const hosts = [...room.copies.keys()];
      const next = hosts[hosts.indexOf(host) + way];
      return host === "" || next === undefined ? undefined : { host: next, node };
    }
    default:
      return undefined;
  }
}
