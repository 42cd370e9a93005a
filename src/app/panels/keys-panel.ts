import { html, type TemplateResult } from "lit";
import "../../elements/keys/homeroom-keys.ts";
import { keysFold } from "../../elements/keys/keys-fold.ts";
import { folded, type StageScene } from "../stage-scene.ts";

export function keysPanel(scene: StageScene): TemplateResult {
  const state = folded(scene, keysFold);
  const names = new Map(
    [...state.devices.keys()].map((host) => {
      const [person = "", device = ""] = host.split("/");
      return [host, `${scene.bindings.people[person]?.name ?? person}, ${device}`];
    }),
  );
  return html`<homeroom-keys .state=${state} .names=${names} .looks=${scene.looks} .readonly=${scene.readonly}></homeroom-keys>`;
}
