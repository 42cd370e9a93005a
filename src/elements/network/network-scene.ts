import { html, nothing, svg, type TemplateResult } from "lit";
import { repeat } from "lit/directives/repeat.js";
import { isWordsKey, say } from "../../catalogue/late.ts";
import type { Action } from "../../world/action.ts";
import { shortRequest } from "../inspector/inspector-endpoint.ts";
import { type ServerLook, type ServerLooks, serverIn, symbolMark } from "../server-look.ts";
import { linkKey, type NetworkHost, type NetworkState } from "./network-fold.ts";
import { type Curve, curvePath, houseBody, type NetworkGeometry, pointOn } from "./network-geometry.ts";
import type { NetworkLayout, Rect } from "./network-layout.ts";
import {
  deviceKind,
  deviceName,
  hostName,
  type NameSource,
  personName,
  personOf,
  startingWith,
} from "./network-names.ts";
import { place } from "./network-place.ts";
import { roomButtons } from "./network-rooms.ts";

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
  /** Are the switches of houses and links always in sight? */
  controls: boolean;
  act(action: Action): void;
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

function lookedAt(scene: Scene, host: string): ServerLook | undefined {
  const known = scene.state.hosts.get(host);
  return scene.looks.get(known?.role === "device" ? (known.home ?? "") : host);
}

/** Server pairs that have, or had, something to say to each other. */
export function serverPairs(state: NetworkState): [string, string][] {
  const servers = [...state.hosts.values()]
    .filter(({ role }) => role === "homeserver")
    .map(({ name }) => name);
  const pairs = new Map<string, [string, string]>();
  if (servers.length <= 6) {
    servers.forEach((one, index) => {
      for (const other of servers.slice(index + 1)) pairs.set(linkKey(one, other), [one, other]);
    });
  }
  for (const [key, { between }] of state.links) {
    if (between.every((host) => state.hosts.get(host)?.role === "homeserver")) pairs.set(key, [...between]);
  }
  return [...pairs.values()];
}

/** The lines behind everything: from devices to their homes, and between homeservers. */
export function sceneLines(scene: Scene): TemplateResult {
  const { state, layout, geometry } = scene;
  const lines: TemplateResult[] = [];
  const line = (from: string, to: string, className: string) => {
    const curve = geometry.curve(from, to);
    const cut = state.links.get(linkKey(from, to))?.cut === true;
    const dead = cut || state.hosts.get(from)?.running === false || state.hosts.get(to)?.running === false;
    if (curve)
      lines.push(svg`<path class="line ${className} ${dead ? "dead" : ""}" d=${curvePath(curve)}></path>`);
  };
  for (const [one, other] of serverPairs(state)) line(one, other, "between");
  for (const { name, role, home } of state.hosts.values()) {
    if (role === "device" && home)
      line(
        name,
        home,
        `home ${lookedAt(scene, name)?.className ?? ""} ${state.hosts.get(name)?.account ? "" : "unsure"}`,
      );
  }
  return html`<svg class="lines ${layout.tier}" aria-hidden="true" focusable="false" width=${layout.width} height=${layout.height}>${lines}</svg>`;
}

function houseTemplate(scene: Scene, host: NetworkHost, rect: Rect, devices: TemplateResult): TemplateResult {
  const look = lookedAt(scene, host.name);
  const { width, height } = houseBody(rect, scene.layout.tier);
  const eaves = Math.round(height * 0.46);
  const label = say(host.running ? "network.house" : "network.house-stopped", { server: host.name });
  return html`<li class=${look?.className ?? ""}>
    <button
      data-host=${host.name}
      class="house ${scene.layout.tier} ${host.running ? "" : "stopped"}"
      ${place(rect)}
      type="button"
      aria-label=${label}
      aria-pressed=${scene.selectedHost === host.name}
      title=${scene.layout.tier === "tiny" ? host.name : nothing}
      @click=${() => scene.act({ type: "look", at: { host: host.name } })}
    >
      <svg class="walls" aria-hidden="true" focusable="false" width=${width} height=${height} viewBox="0 0 ${width} ${height}">
        <path d="M3 ${eaves} L${width / 2} 3 L${width - 3} ${eaves} V${height - 3} H3 Z"></path>
      </svg>
      ${look ? symbolMark(look) : nothing}
      ${scene.layout.tier === "tiny" ? nothing : html`<span class="caption" translate="no">${host.name}</span>`}
      ${host.running || scene.layout.tier === "tiny" ? nothing : html`<span class="state">${say("network.stopped")}</span>`}
    </button>
    ${scene.readonly ? nothing : hostSwitch(scene, host, rect)} ${roomButtons(scene, host.name, rect)} ${devices}
  </li>`;
}

/** Stops a homeserver, or starts it again: beside the roof, in sight while the house is pointed at, focused or open. */
function hostSwitch(scene: Scene, { name: host, running }: NetworkHost, rect: Rect): TemplateResult {
  const size = scene.layout.tier === "tiny" ? 18 : 28;
  return html`<button
    class="switch ${running ? "" : "off"} ${scene.controls ? "shown" : ""}"
    data-switch=${host}
    ${place({ x: rect.x + rect.width - size + 4, y: rect.y - 2, width: size, height: size })}
    type="button"
    aria-label=${say(running ? "network.stop-host" : "network.start-host", { host })}
    title=${say(running ? "network.stop-host" : "network.start-host", { host })}
    @click=${() => scene.act({ type: running ? "stopHost" : "startHost", host })}
  >
    <svg viewBox="0 0 24 24" aria-hidden="true" focusable="false"><path d="M12 3.5v7.5M7.2 6.4a7.6 7.6 0 1 0 9.6 0"></path></svg>
  </button>`;
}

function cardTemplate(scene: Scene, host: NetworkHost, rect: Rect): TemplateResult {
  const { names, layout } = scene;
  const { account } = host;
  const server = account ? serverIn(account) : undefined;
  const tiny = layout.tier === "tiny";
  return html`<li class=${lookedAt(scene, host.name)?.className ?? ""}>
    <button
      data-host=${host.name}
      class="card ${layout.tier} ${account ? "" : "signed-out"} ${host.running ? "" : "stopped"}"
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
      <span class="account ${tiny || layout.tier === "small" ? "unseen" : ""}" dir="ltr" translate="no"
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
  if (scene.layout.tier === "tiny") return [];
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

/** What hangs on cables: the mark of a cut, a switch where the learner may cut, and what waits to be sent. */
export function sceneMarks(scene: Scene, now: number): TemplateResult[] {
  const marks: TemplateResult[] = [];
  const { state, geometry } = scene;
  const pairs = serverPairs(state).map(([one, other]) => ({
    one,
    other,
    cut: state.links.get(linkKey(one, other))?.cut === true,
  }));
  for (const { between, cut } of state.links.values()) {
    if (cut && !pairs.some(({ one, other }) => linkKey(one, other) === linkKey(...between)))
      pairs.push({ one: between[0], other: between[1], cut });
  }
  for (const { one, other, cut } of pairs) {
    const curve = geometry.curve(one, other);
    if (!curve || (!cut && !scene.controls)) continue;
    const { x, y } = pointOn(curve, 0.5);
    const names = { one: hostName(one, scene.names), other: hostName(other, scene.names) };
    const short = Math.abs(curve[3].x - curve[0].x) < 150 && Math.abs(curve[3].y - curve[0].y) < 60;
    const size = cut && !short ? { large: 44, medium: 36, small: 28, tiny: 24 }[scene.layout.tier] : 28;
    const told = cut && (scene.layout.tier === "large" || scene.layout.tier === "medium");
    const rect = { x: Math.round(x - size / 2), y: Math.round(y - size / 2), width: size, height: size };
    const mark = html`<svg viewBox="0 0 24 24" aria-hidden="true" focusable="false"><path d=${cut ? "M7 7l10 10M17 7 7 17" : "M8 12h8"}></path></svg>`;
    const waits = [...state.queues].flatMap(([from, queues]) =>
      [...queues].map(([to, queue]) => ({ from, to, queue })),
    );
    const retry = waits.find(
      ({ from, to, queue }) =>
        queue.waiting > 0 && queue.nextTry !== undefined && linkKey(from, to) === linkKey(one, other),
    );
    const seconds =
      retry?.queue.nextTry === undefined ? 0 : Math.max(0, Math.ceil((retry.queue.nextTry - now) / 1000));
    marks.push(html`<li>
      ${
        scene.controls
          ? html`<button class="mark ${cut ? "cut" : ""}" data-link=${linkKey(one, other)} ${place(rect)} type="button"
              aria-label=${say(cut ? "network.mend" : "network.cut", names)}
              @click=${() => scene.act({ type: cut ? "mendLink" : "cutLink", between: [one, other] })}>${mark}</button>`
          : html`<span class="mark cut" ${place(rect)} role="img" aria-label=${say("network.link-cut-name", names)}>${mark}</span>`
      }
      ${
        told
          ? html`<span class="mark-label" ${place({ x: Math.round(x), y: Math.round(y - size / 2 - 24) })} aria-hidden="true"
              ><span>${say("network.link-cut")}${retry && seconds > 0 ? ` · ${say("network.next-try", { server: retry.from.split(".")[0]!, seconds })}` : nothing}</span></span>`
          : nothing
      }
    </li>`);
  }
  for (const [from, queues] of state.queues) {
    for (const [to, { waiting }] of queues) {
      const curve = waiting > 0 ? geometry.curve(from, to) : undefined;
      if (!curve) continue;
      const short = Math.hypot(curve[3].x - curve[0].x, curve[3].y - curve[0].y) < 150;
      const { x, y } = pointOn(curve, short ? 0.02 : 0.24);
      marks.push(html`<li class=${lookedAt(scene, from)?.className ?? ""}>
        <button class="queue" ${place({ x: Math.round(x - 22), y: Math.round(y - 16) })} type="button"
          @click=${() => scene.act({ type: "look", at: { host: from } })}>
          ${envelope()}<span class="badge" aria-hidden="true">${waiting}</span><span class="unseen">${say("network.queue", { n: waiting, from, to })}</span>
        </button>
      </li>`);
    }
  }
  return marks;
}

/** The shape of a story packet. */
export function envelope(): TemplateResult {
  return html`<svg class="envelope" viewBox="0 0 42 30" aria-hidden="true" focusable="false"><rect x="1.5" y="1.5" width="39" height="27" rx="4.5"></rect><path d="M4 5.5 21 18.5 38 5.5"></path></svg>`;
}

/** Why something did not get through, in words. */
export function reasonWords(reason: string): string {
  const key = `network.reason.${reason}`;
  return isWordsKey(key) ? say(key) : reason;
}
