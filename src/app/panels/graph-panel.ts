import { html, type TemplateResult } from "lit";
import { graphFold } from "../../elements/graph/graph-fold.ts";
import "../../elements/graph/homeroom-room-graph.ts";
import type { StageView } from "../stage-layout.ts";
import { folded, type StageScene } from "../stage-scene.ts";

export function graphPanel(scene: StageScene, view: StageView | undefined): TemplateResult {
  if (view?.view !== "graph") return html``;
  return html`<homeroom-room-graph
    .state=${folded(scene, graphFold)}
    .looks=${scene.looks}
    .selected=${scene.subject}
    .room=${scene.bindings.rooms[view.room ?? ""]}
  ></homeroom-room-graph>`;
}
