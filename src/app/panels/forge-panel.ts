import { html, type TemplateResult } from "lit";
import { forgeFold } from "../../elements/forge/forge-fold.ts";
import "../../elements/forge/homeroom-forge.ts";
import { graphFold } from "../../elements/graph/graph-fold.ts";
import type { StageView } from "../stage-layout.ts";
import { folded, type StageScene } from "../stage-scene.ts";

export function forgePanel(scene: StageScene, view: StageView | undefined): TemplateResult {
  if (view?.view !== "forge") return html``;
  return html`<homeroom-forge
    .server=${view.server}
    .graph=${folded(scene, graphFold)}
    .attempts=${folded(scene, forgeFold)}
    .looks=${scene.looks}
    .bindings=${scene.bindings}
    .selected=${scene.subject}
    .readonly=${scene.readonly}
  ></homeroom-forge>`;
}
