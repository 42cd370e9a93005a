import type { LookTarget } from "../../world/action.ts";
import { pathOf } from "./inspector-endpoint.ts";

type Target = Extract<LookTarget, { exchange: unknown }>["exchange"];

/** Is this the exchange that a tutorial's `look` means? */
export function fitsTarget(
  target: Target,
  { id, from, to, method, url }: { id: number; from: string; to: string; method: string; url: string },
): boolean {
  if (target.id !== undefined) return target.id === id;
  return (
    (target.method === undefined || target.method === method) &&
    (target.path === undefined || pathOf(url).includes(target.path)) &&
    (target.from === undefined || target.from === from) &&
    (target.to === undefined || target.to === to)
  );
}
