import { html, type TemplateResult } from "lit";
import { chairsFold } from "../../elements/chairs/chairs-fold.ts";
import "../../elements/chairs/homeroom-chairs.ts";
import type { Chair } from "../../elements/chairs/homeroom-chairs.ts";
import { deviceName } from "../../elements/device-name.ts";
import { hostName, startingWith } from "../../elements/network/network-names.ts";
import type { StageView } from "../stage-layout.ts";
import { folded, type StageScene } from "../stage-scene.ts";

export function chairsPanel(scene: StageScene, view: StageView | undefined): TemplateResult {
  if (view?.view !== "chairs") return html``;
  const state = folded(scene, chairsFold);
  const names = { hosts: new Map(), bindings: scene.bindings };
  return html`<homeroom-chairs
    .state=${state}
    .names=${new Map([...state.devices.keys()].map((host) => [host, startingWith(hostName(host, names))]))}
    .chairs=${view.hosts.map((host) => chairOf(scene, host))}
    .looks=${scene.looks}
  ></homeroom-chairs>`;
}

/** `line` is the cable; a server has a look; everything else is somebody's device. */
function chairOf({ bindings, looks }: StageScene, host: string): Chair {
  if (host === "line") return { kind: "line" };
  if (looks.has(host)) return { kind: "server", host };
  const [person = ""] = host.split("/");
  return { kind: "device", host, name: bindings.people[person]?.name ?? person, device: deviceName(host) };
}
