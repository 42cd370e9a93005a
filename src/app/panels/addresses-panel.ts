import { html, type TemplateResult } from "lit";
import { addressFold } from "../../elements/addresses/address-fold.ts";
import "../../elements/addresses/homeroom-addresses.ts";
import type { StageView } from "../stage-layout.ts";
import { folded, type StageScene } from "../stage-scene.ts";

export function addressesPanel(scene: StageScene, view: StageView | undefined): TemplateResult {
  if (view?.view !== "addresses") return html``;
  return html`<homeroom-addresses
    .fields=${view.fields}
    .labels=${scene.prose.fields}
    .state=${folded(scene, addressFold)}
    .looks=${scene.looks}
    .person=${"you"}
    .readonly=${scene.readonly}
  ></homeroom-addresses>`;
}
