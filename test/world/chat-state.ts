import type { ClientFact, RoomSummary, ShownEvent } from "../../src/client/client-fact.ts";
import { ShownState } from "../../src/client/shown-state.ts";
import type { SimulatedWorld } from "../../src/world/simulated-world.ts";

export type ChatState = { rooms: RoomSummary[]; timelines: [room: string, events: ShownEvent[]][] };

/** What a device's chat shows, by the log alone. */
export function chatState(world: SimulatedWorld, host: string): ChatState {
  const shown = new ShownState();
  for (const entry of world.log.entries()) {
    if (entry.type === "client-fact" && entry.host === host) shown.take(entry.fact as unknown as ClientFact);
  }
  return {
    rooms: shown.rooms().map((room) => JSON.parse(shown.latest.get(`room ${room}`)!) as RoomSummary),
    timelines: [...shown.timelines].filter(([, events]) => events.length > 0),
  };
}

/** The words of the messages that a device shows, room after room. */
export function shownTexts(world: SimulatedWorld, host: string): string[] {
  return chatState(world, host).timelines.flatMap(([, events]) =>
    events.flatMap((event) => (event.type === "m.room.message" ? [String(event.content.body)] : [])),
  );
}
