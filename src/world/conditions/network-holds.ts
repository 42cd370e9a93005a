import type { LookTarget } from "../action.ts";
import type { NetworkCondition } from "../condition.ts";
import type { Observation } from "../observation.ts";
import { isEventLike } from "./event-match.ts";
import { isExchange } from "./exchange-match.ts";
import { type Holds, isHost, type Known, of } from "./known.ts";

export const networkHolds: Holds<NetworkCondition> = {
  exchange: ({ observation }, condition) =>
    of(...observation.exchanges.filter((exchange) => isExchange(exchange, condition))),

  looked: (known, condition) =>
    of(...known.observation.looked.filter(({ at }) => isLookedAt(known, at, condition.at))),

  link({ observation }, { between: [one, other], cut }) {
    return of(
      ...observation.links.filter(
        (link) =>
          cut === link.cut &&
          link.between.some((end) => isHost(end, one)) &&
          link.between.some((end) => isHost(end, other)),
      ),
    );
  },

  host({ observation }, { host: name, running }) {
    const host = observation.hosts[name];
    return host?.running === running ? of(host) : [];
  },
};

function isLookedAt(
  { observation, bindings }: Known,
  at: Observation["looked"][number]["at"],
  wanted: LookTarget,
): boolean {
  if ("host" in wanted) return at.host !== undefined && isHost(at.host, wanted.host);
  if ("exchange" in wanted) {
    const exchange = observation.exchanges.find(({ id }) => id === at.exchange);
    return exchange !== undefined && isExchange(exchange, wanted.exchange);
  }
  const { id } = wanted.event;
  if (at.event === undefined || (id !== undefined && at.event !== id)) return false;
  return isEventLike({ observation, bindings }, at.event, wanted.event);
}
