import { html, type TemplateResult } from "lit";
import "../../elements/keys/homeroom-keys.ts";
import { deviceName } from "../../elements/device-name.ts";
import { keysFold } from "../../elements/keys/keys-fold.ts";
import type { StageView } from "../stage-layout.ts";
import { folded, type StageScene } from "../stage-scene.ts";

export function keysPanel(scene: StageScene, view: StageView | undefined): TemplateResult {
  const state = folded(scene, keysFold);
  const names = new Map(
    [...state.devices.keys()].map((host) => {
      const [person = ""] = host.split("/");
      return [host, `${scene.bindings.people[person]?.name ?? person}, ${deviceName(host)}`];
    }),
  );
  return html`<homeroom-keys .first=${view?.view === "keys" ? view.part : undefined} .state=${state} .names=${names} .looks=${scene.looks} .readonly=${scene.readonly}></homeroom-keys>`;
}
