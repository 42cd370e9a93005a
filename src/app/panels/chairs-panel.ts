import { html, type TemplateResult } from "lit";
import { chairsFold } from "../../elements/chairs/chairs-fold.ts";
import "../../elements/chairs/homeroom-chairs.ts";
import type { Chair } from "../../elements/chairs/homeroom-chairs.ts";
import type { StageView } from "../stage-layout.ts";
import { folded, type StageScene } from "../stage-scene.ts";

export function chairsPanel(scene: StageScene, view: StageView | undefined): TemplateResult {
  if (view?.view !== "chairs") return html``;
  return html`<homeroom-chairs
    .state=${folded(scene, chairsFold)}
    .chairs=${view.hosts.map((host) => chairOf(scene, host))}
    .looks=${scene.looks}
  ></homeroom-chairs>`;
}

/** `line` is the cable; a server has a look; everything else is somebody's device. */
function chairOf({ bindings, looks }: StageScene, host: string): Chair {
  if (host === "line") return { kind: "line" };
  if (looks.has(host)) return { kind: "server", host };
  const [person = "", device = ""] = host.split("/");
  return { kind: "device", host, name: bindings.people[person]?.name ?? person, device };
}
