import type { TemplateResult } from "lit";
import type { StageView } from "./stage-layout.ts";
import type { StageScene } from "./stage-scene.ts";

export type PanelName = StageView["view"] | "time";

/** Draws a view from the scene. */
export type Panel = (scene: StageScene, view: StageView | undefined) => TemplateResult;

/** Each view's element, its fold and its words come when a step first needs them. */
const panels: Record<PanelName, () => Promise<Panel>> = {
  chat: () => import("./panels/chat-panel.ts").then(({ chatPanel }) => chatPanel),
  network: () => import("./panels/network-panel.ts").then(({ networkPanel }) => networkPanel),
  graph: () => import("./panels/graph-panel.ts").then(({ graphPanel }) => graphPanel),
  forge: () => import("./panels/forge-panel.ts").then(({ forgePanel }) => forgePanel),
  chairs: () => import("./panels/chairs-panel.ts").then(({ chairsPanel }) => chairsPanel),
  keys: () => import("./panels/keys-panel.ts").then(({ keysPanel }) => keysPanel),
  time: () => import("./panels/time-panel.ts").then(({ timePanel }) => timePanel),
  inspector: () => import("./panels/inspector-panel.ts").then(({ inspectorPanel }) => inspectorPanel),
  log: () => import("./panels/log-panel.ts").then(({ logPanel }) => logPanel),
  addresses: () => import("./panels/addresses-panel.ts").then(({ addressesPanel }) => addressesPanel),
};

export function loadPanel(name: PanelName): Promise<Panel> {
  return panels[name]();
}
