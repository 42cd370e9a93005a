import type { KeysPart, StepViews } from "../tutorial/tutorial.ts";
import type { Scenario, ScenarioDevice, ScenarioPerson } from "../world/scenario.ts";

/** One view of the stage, with what it shows. */
export type StageView =
  | { view: "network" }
  | { view: "graph"; room?: string }
  | { view: "forge"; server: string }
  | { view: "addresses"; fields: string[] }
  | { view: "chat"; host: string; person: ScenarioPerson; device: ScenarioDevice }
  | { view: "chairs"; hosts: string[] }
  | { view: "keys"; part?: KeysPart }
  | { view: "inspector" }
  | { view: "log" };

/** The id of a view, for tabs: `chat-you-laptop`. */
export function viewId(view: StageView): string {
  return view.view === "chat" ? `chat-${view.host.replace("/", "-")}` : view.view;
}

/** Devices that came into the scene later than the scenario. */
export type LateDevice = { person: string; device: ScenarioDevice };

function partOf(keys: boolean | KeysPart): { part?: KeysPart } {
  return typeof keys === "string" ? { part: keys } : {};
}

/** The views that a step opens, in their order on the stage. */
export function stageViews(views: StepViews, scenario: Scenario, late: readonly LateDevice[]): StageView[] {
  const chats = (views.chat ?? []).flatMap((name): StageView[] => {
    const [personId, deviceName] = name.split("/");
    const person = scenario.people.find(({ id }) => id === personId);
    if (!person) return [];
    const devices = [
      ...person.devices,
      ...late.filter((each) => each.person === person.id).map(({ device }) => device),
    ];
    const device = deviceName === undefined ? devices[0] : devices.find((each) => each.name === deviceName);
    return device ? [{ view: "chat", host: `${person.id}/${device.name}`, person, device }] : [];
  });
  return [
    ...(views.network ? [{ view: "network" } as const] : []),
    ...(views.graph ? [{ view: "graph", ...roomOf(views.graph) } as const] : []),
    ...(views.chairs
      ? [{ view: "chairs", hosts: views.chairs.map((name) => hostOf(scenario, name)) } as const]
      : []),
    ...(views.keys ? [{ view: "keys", ...partOf(views.keys) } as const] : []),
    ...(views.addresses ? [{ view: "addresses", fields: views.addresses } as const] : []),
    ...chats,
    ...(views.forge === undefined ? [] : [{ view: "forge", server: views.forge } as const]),
    ...(views.inspector ? [{ view: "inspector" } as const] : []),
    ...(views.log ? [{ view: "log" } as const] : []),
  ];
}

/** A person stands for their first device. */
function hostOf({ people }: Scenario, name: string): string {
  const person = people.find(({ id }) => id === name);
  return person ? `${person.id}/${person.devices[0]?.name ?? ""}` : name;
}

function roomOf(graph: boolean | string): { room?: string } {
  return typeof graph === "string" ? { room: graph } : {};
}

/** Where the views stand: the map, or else the graph, the chairs or the keys, above; beside each other below; more than one in a place are its tabs. */
export type StageLayout = { above: StageView | undefined; places: StageView[][] };

/** Pixels that a view needs to be read beside another. */
const narrowest = 290;
/** Pixels of the stage's width under which it shows one view at a time. */
export const handheld = 620;
/** From here on a single view stands beside the map, not under it. */
export const wide = 860;

/** Arranges the views in the width that there is. Tools share a place before people do. */
export function arrange(views: readonly StageView[], width: number): StageLayout {
  if (width < handheld) {
    // What the learner works with comes first; the map is a tab among the others.
    const order = ["addresses", "chat", "forge", "network", "graph", "chairs", "keys", "inspector", "log"];
    const sorted = views.toSorted((a, b) => order.indexOf(a.view) - order.indexOf(b.view));
    return { above: undefined, places: sorted.length > 0 ? [sorted] : [] };
  }
  const above = ["network", "graph", "chairs", "keys"]
    .map((wanted) => views.find(({ view }) => view === wanted))
    .find((view) => view !== undefined);
  const places = views.filter((view) => view !== above).map((view) => [view]);
  const fit = placesIn(width);
  const breadth = (): number => places.reduce((sum, place) => sum + breadthOf(place, fit), 0);
  while (places.length > 1 && breadth() > fit) {
    const at = mergeAt(places);
    places.splice(at, 2, [...places[at]!, ...places[at + 1]!]);
  }
  return { above, places };
}

/** How many views can be read beside each other. */
export function placesIn(width: number): number {
  return Math.max(1, Math.floor(width / narrowest));
}

/** A graph takes the room of two where there is enough. */
export function breadthOf(place: readonly StageView[], fit: number): number {
  return fit > 2 && place.some(({ view }) => view === "graph" || view === "chairs" || view === "keys")
    ? 2
    : 1;
}

/** The first of the two neighbouring places that share best: both of tools, else both of people, else the last. */
function mergeAt(places: StageView[][]): number {
  const isTool = (place: StageView[] | undefined): boolean =>
    place?.every(({ view }) => view === "inspector" || view === "log") ?? false;
  const isChat = (place: StageView[] | undefined): boolean =>
    place?.every(({ view }) => view === "chat") ?? false;
  for (const alike of [isTool, isChat]) {
    for (let at = places.length - 2; at >= 0; at--) if (alike(places[at]) && alike(places[at + 1])) return at;
  }
  return places.length - 2;
}
