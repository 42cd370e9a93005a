import type { InspectedSubject } from "../elements/network/homeroom-network.ts";
import type { LookTarget } from "../world/action.ts";
import { findEvent } from "../world/conditions/event-match.ts";
import { isExchange } from "../world/conditions/exchange-match.ts";
import type { World } from "../world/world.ts";

/** What the inspector opens for a target: an exchange or an event that is named, or the newest that matches. */
export function lookedAt(target: LookTarget, world: World): InspectedSubject | undefined {
  if ("host" in target) return { host: target.host };
  const observation = world.observation();
  if ("exchange" in target) {
    const { id } = target.exchange;
    const found = id ?? observation.exchanges.findLast((seen) => isExchange(seen, target.exchange))?.id;
    return found === undefined ? undefined : { exchange: found };
  }
  const found = target.event.id ?? findEvent({ observation, bindings: world.bindings() }, target.event);
  return found === undefined ? undefined : { event: found };
}
