import { html, type TemplateResult } from "lit";
import "../../elements/network/homeroom-network.ts";
import { networkFold } from "../../elements/network/network-fold.ts";
import { folded, type StageScene, timeShown } from "../stage-scene.ts";

export function networkPanel(scene: StageScene): TemplateResult {
  return html`<homeroom-network
    .state=${folded(scene, networkFold)}
    .clock=${scene.clock}
    .at=${timeShown(scene)}
    .looks=${scene.looks}
    .bindings=${scene.bindings}
    .selected=${scene.subject}
    .allTraffic=${scene.allTraffic}
    .readonly=${scene.readonly}
  ></homeroom-network>`;
}
