import { html, type TemplateResult } from "lit";
import "../../elements/log/homeroom-log.ts";
import { logFold } from "../../elements/log/log-fold.ts";
import { folded, type StageScene } from "../stage-scene.ts";

export function logPanel(scene: StageScene): TemplateResult {
  return html`<homeroom-log
    .state=${folded(scene, logFold)}
    .looks=${scene.looks}
    .bindings=${scene.bindings}
    .selected=${scene.subject}
    .readonly=${scene.at !== undefined}
  ></homeroom-log>`;
}
