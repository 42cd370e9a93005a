import { html, type TemplateResult } from "lit";
import "../../elements/time/homeroom-time-bar.ts";
import { timeFold } from "../../elements/time/time-fold.ts";
import type { StageScene } from "../stage-scene.ts";

export function timePanel(scene: StageScene): TemplateResult {
  const { world } = scene;
  return html`<homeroom-time-bar
    .state=${world ? world.log.fold(timeFold) : timeFold.initial}
    .clock=${scene.clock}
    .at=${scene.at}
    .from=${world?.log.oldest}
    .looks=${scene.looks}
    .bindings=${scene.bindings}
    .allTraffic=${scene.allTraffic}
  ></homeroom-time-bar>`;
}
