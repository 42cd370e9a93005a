import { html, type TemplateResult } from "lit";
import "../../elements/inspector/homeroom-inspector.ts";
import { inspectorFold } from "../../elements/inspector/inspector-fold.ts";
import { folded, type StageScene } from "../stage-scene.ts";

export function inspectorPanel(scene: StageScene): TemplateResult {
  return html`<homeroom-inspector
    .state=${folded(scene, inspectorFold)}
    .subject=${scene.subject}
    .looks=${scene.looks}
    .bindings=${scene.bindings}
    .readonly=${scene.readonly}
  ></homeroom-inspector>`;
}
