import type { InspectedSubject } from "../elements/network/homeroom-network.ts";
import type { LookTarget } from "../world/action.ts";
import type { World } from "../world/world.ts";

/** What the inspector opens for a target: an exchange or an event that is named, or the one that matches. */
export function lookedAt(target: LookTarget, world: World): InspectedSubject | undefined {
  if ("host" in target) return { host: target.host };
  const observation = world.observation();
  if ("exchange" in target) {
    const { id, method, path, from, to } = target.exchange;
    if (id !== undefined) return { exchange: id };
    const found = observation.exchanges.findLast(
      (seen) =>
        (method === undefined || seen.method === method) &&
        (path === undefined || seen.path.includes(path)) &&
        (from === undefined || seen.from === from) &&
        (to === undefined || seen.to === to),
    );
    return found && { exchange: found.id };
  }
  const { id, from } = target.event;
  if (id !== undefined) return { event: id };
  const bindings = world.bindings();
  const room =
    target.event.in === undefined ? undefined : (bindings.rooms[target.event.in] ?? target.event.in);
  const sender = from === undefined ? undefined : bindings.people[from]?.user;
  const found = observation.messages.findLast(
    (seen) => (room === undefined || seen.room === room) && (sender === undefined || seen.sender === sender),
  );
  return found && { event: found.event };
}
