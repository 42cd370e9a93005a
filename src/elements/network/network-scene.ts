import { html, nothing, type TemplateResult } from "lit";
import { repeat } from "lit/directives/repeat.js";
import { isWordsKey, say } from "../../catalogue/late.ts";
import type { Action } from "../../world/action.ts";
import { deviceName } from "../device-name.ts";
import { shortRequest } from "../inspector/inspector-endpoint.ts";
import { type ServerLook, type ServerLooks, serverIn, symbolMark } from "../server-look.ts";
import { type Curve, houseBody, type NetworkGeometry, pointOn } from "./network-geometry.ts";
import type { NetworkLayout, Rect } from "./network-measure.ts";
import {
  deviceKind,
  hostName,
  type NameSource,
  personName,
  personOf,
  startingWith,
} from "./network-names.ts";
import { place } from "./network-place.ts";
import { roomButtons } from "./network-rooms.ts";
import type { NetworkHost, NetworkState } from "./network-state.ts";
import type { ToolsSubject } from "./network-tools.ts";

/** All that the parts of the map's picture are drawn from. */
export type Scene = {
  state: NetworkState;
  layout: NetworkLayout;
  geometry: NetworkGeometry;
  looks: ServerLooks;
  names: NameSource;
  selectedHost: string | undefined;
  selectedExchange: number | undefined;
  selectedEvent: string | undefined;
  /** Nothing can be done, only looked at. */
  readonly: boolean;
  act(action: Action): void;
  /** Opens what can be done to a server or a link, beside the control that was used. */
  tools(subject: ToolsSubject, control: Element): void;
};

const deviceMarks = {
  laptop: "M5 5.5h14a1 1 0 0 1 1 1V16H4V6.5a1 1 0 0 1 1-1ZM2 18.5h20",
  phone:
    "M8 2.5h8a1.5 1.5 0 0 1 1.5 1.5v16a1.5 1.5 0 0 1-1.5 1.5H8A1.5 1.5 0 0 1 6.5 20V4A1.5 1.5 0 0 1 8 2.5ZM10.8 18.8h2.4",
  tablet:
    "M5.5 3h13A1.5 1.5 0 0 1 20 4.5v15a1.5 1.5 0 0 1-1.5 1.5h-13A1.5 1.5 0 0 1 4 19.5v-15A1.5 1.5 0 0 1 5.5 3ZM10.8 18.4h2.4",
} as const;

const earMark =
  "M7.6 20.2c1.8 1.7 4.6.9 5.2-1.5.5-2.1 1.4-2.8 2.9-4.2A6.9 6.9 0 1 0 4.2 9.6M8 9.9a3.1 3.1 0 1 1 5.3 2.2c-1.1 1-1.7 1.6-1.7 3";

export function lookedAt(scene: Scene, host: string): ServerLook | undefined {
  const known = scene.state.hosts.get(host);
  return scene.looks.get(known?.role === "device" ? (known.home ?? "") : host);
}

function houseTemplate(scene: Scene, host: NetworkHost, rect: Rect, devices: TemplateResult): TemplateResult {
  const look = lookedAt(scene, host.name);
  const { width, height } = houseBody(rect, scene.layout.tier);
  const eaves = Math.round(height * 0.46);
  const nameless = scene.layout.tier === "tiny" || scene.layout.tier === "micro";
  const label = say(host.running ? "network.house" : "network.house-stopped", { server: host.name });
  return html`<li class=${look?.className ?? ""}>
    <button
      data-host=${host.name}
      class="house ${scene.layout.tier} ${host.running ? "" : "stopped"}"
      ${place(rect)}
      type="button"
      aria-label=${label}
      aria-pressed=${scene.selectedHost === host.name}
      title=${nameless ? host.name : nothing}
      @click=${() => scene.act({ type: "look", at: { host: host.name } })}
    >
      <svg class="walls" aria-hidden="true" focusable="false" width=${width} height=${height} viewBox="0 0 ${width} ${height}">
        <path d="M3 ${eaves} L${width / 2} 3 L${width - 3} ${eaves} V${height - 3} H3 Z"></path>
      </svg>
      ${look ? symbolMark(look) : nothing}
      ${nameless ? nothing : html`<span class="caption" translate="no">${host.name}</span>`}
      ${host.running || nameless ? nothing : html`<span class="state">${say("network.stopped")}</span>`}
    </button>
    ${scene.readonly ? nothing : hostSwitch(scene, host, rect)} ${roomButtons(scene, host.name, rect)} ${devices}
  </li>`;
}

/** What can be done to a homeserver: beside the roof, in sight while the house is pointed at, focused or open. */
function hostSwitch(scene: Scene, { name: host, running }: NetworkHost, rect: Rect): TemplateResult {
  const { tier } = scene.layout;
  const size = tier === "micro" ? 14 : tier === "tiny" ? 18 : 28;
  return html`<button
    class="switch ${running ? "" : "off"} ${tier === "large" ? "shown" : ""}"
    data-switch=${host}
    ${place({ x: rect.x + rect.width - size + 4, y: rect.y - 2, width: size, height: size })}
    type="button"
    aria-haspopup="dialog"
    aria-label=${say(running ? "network.tools-host" : "network.tools-host-stopped", { host })}
    title=${say("network.tools-host", { host })}
    @click=${(event: Event) => scene.tools({ host }, event.currentTarget as Element)}
  >
    <svg viewBox="0 0 24 24" aria-hidden="true" focusable="false"><path d="M12 3.5v7.5M7.2 6.4a7.6 7.6 0 1 0 9.6 0"></path></svg>
  </button>`;
}

function cardTemplate(scene: Scene, host: NetworkHost, rect: Rect): TemplateResult {
  const { names, layout } = scene;
  const { account } = host;
  const server = account ? serverIn(account) : undefined;
  const tiny = layout.cards === "tiny" || layout.cards === "micro";
  return html`<li class=${lookedAt(scene, host.name)?.className ?? ""}>
    <button
      data-host=${host.name}
      class="card ${layout.cards} ${account ? "" : "signed-out"} ${host.running ? "" : "stopped"}"
      ${place(rect)}
      type="button"
      aria-pressed=${scene.selectedHost === host.name}
      title=${tiny ? startingWith(hostName(host.name, names)) : nothing}
      @click=${() => scene.act({ type: "look", at: { host: host.name } })}
    >
      <svg class="device" viewBox="0 0 24 24" aria-hidden="true" focusable="false">
        <path d=${deviceMarks[deviceKind(host.name)]}></path>
      </svg>
      <span class="person ${tiny ? "unseen" : ""}">${personName(personOf(host.name, names) ?? host.name, names)}</span>
      <span class="kind ${tiny ? "unseen" : ""}">${deviceName(host.name)}</span>
      <span class="account ${tiny || layout.cards === "small" ? "unseen" : ""}" dir="ltr" translate="no"
        >${
          account && server
            ? html`${account.slice(0, account.length - server.length - 1)}<span class="server">:${server}</span>`
            : say("network.not-signed-in")
        }</span
      >
      ${host.running ? nothing : html`<span class="unseen">${say("network.switched-off")}</span>`}
    </button>
  </li>`;
}

/** Houses and cards, as nested lists that also read well. */
export function sceneHosts(scene: Scene): TemplateResult {
  const { state, layout } = scene;
  const all = [...state.hosts.values()];
  const cards = (home: string | undefined) =>
    all
      .filter(
        ({ name, role, home: its }) =>
          role === "device" &&
          layout.devices.has(name) &&
          (home === undefined ? !its || !layout.houses.has(its) : its === home),
      )
      .map((host) => cardTemplate(scene, host, layout.devices.get(host.name)!));
  return html`<ul class="hosts" aria-label=${say("network.hosts")}>
    ${repeat(
      all.filter(({ name }) => layout.houses.has(name)),
      ({ name }) => name,
      (host) => {
        const lodgers = cards(host.name);
        return houseTemplate(
          scene,
          host,
          layout.houses.get(host.name)!,
          lodgers.length > 0 ? html`<ul>${lodgers}</ul>` : html``,
        );
      },
    )}
    ${cards(undefined)}
  </ul>`;
}

/** Long polls that a server holds: a small open ear at the end of each line. */
export function sceneEars(scene: Scene): TemplateResult[] {
  if (scene.layout.shape === "ring") return [];
  const ears: TemplateResult[] = [];
  for (const flight of scene.state.flights.values()) {
    if (flight.phase !== "held" || !flight.longPoll) continue;
    const curve = scene.geometry.curve(flight.from, flight.to);
    if (!curve) continue;
    const { x, y } = pointOn(curve, earPlace(curve));
    const device = startingWith(hostName(flight.from, scene.names));
    ears.push(html`<li class=${lookedAt(scene, flight.from)?.className ?? ""}>
      <button
        class="ear"
        ${place({ x: Math.round(x - 13), y: Math.round(y - 13) })}
        type="button"
        aria-label=${say("network.listens", { device, server: flight.to, request: shortRequest(flight.method, flight.url) })}
        aria-pressed=${scene.selectedExchange === flight.exchange}
        @click=${() => scene.act({ type: "look", at: { exchange: { id: flight.exchange } } })}
      ><svg viewBox="0 0 24 24" aria-hidden="true" focusable="false"><path d=${earMark}></path></svg></button>
    </li>`);
  }
  return ears;
}

/** Twenty pixels before the house, or as near as a short line allows. */
function earPlace(curve: Curve): number {
  const [from, , , to] = curve;
  const length = Math.max(1, Math.hypot(to.x - from.x, to.y - from.y));
  return Math.max(0.6, 1 - 20 / length);
}

/** Why something did not get through, in words. */
export function reasonWords(reason: string): string {
  const key = `network.reason.${reason}`;
  return isWordsKey(key) ? say(key) : reason;
}
