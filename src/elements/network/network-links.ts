import { html, nothing, svg, type TemplateResult } from "lit";
import { say } from "../../catalogue/late.ts";
import { curvePath, type Point, pointOn } from "./network-geometry.ts";
import { around, type Box } from "./network-labels.ts";
import { packetMark } from "./network-marks.ts";
import { hostName } from "./network-names.ts";
import { place } from "./network-place.ts";
import { lookedAt, type Scene } from "./network-scene.ts";
import { linkKey, type NetworkLink, type NetworkState } from "./network-state.ts";
import { placeTold, type ToldPlace } from "./network-told.ts";

type Pair = { one: string; other: string; link: NetworkLink | undefined; home: boolean };

/**
 * So many servers have a line between any two of them. Of more, those that talk are painted by network-line-painter.ts,
 * and only links that are not well are part of the picture.
 */
export const meshMost = 24;
/** So many servers have a handle on each link; with more of them a server's tools list its links. */
export const handlesMost = 6;
/** Links of so few servers have their handles always in sight. */
const handlesShown = 3;

function isWell({ cut, loss, latency, usual }: NetworkLink): boolean {
  return !cut && loss === 0 && latency <= usual;
}

/** The pairs of hosts that have a line on the map. */
export function linePairs(state: NetworkState): Pair[] {
  const servers = [...state.hosts.values()].flatMap(({ name, role }) =>
    role === "homeserver" ? [name] : [],
  );
  const pairs = new Map<string, Pair>();
  const add = (one: string, other: string, home = false): void => {
    const key = linkKey(one, other);
    pairs.set(key, { one, other, link: state.links.get(key), home });
  };
  if (servers.length <= meshMost) {
    servers.forEach((one, index) => {
      for (const other of servers.slice(index + 1)) add(one, other);
    });
  } else {
    for (const link of state.links.values()) if (!isWell(link)) add(...link.between);
  }
  for (const { name, role, home } of state.hosts.values())
    if (role === "device" && home) add(name, home, true);
  return [...pairs.values()];
}

/** The lines behind everything: from devices to their homes, and between homeservers. */
export function sceneLines(scene: Scene): TemplateResult {
  const { state, layout, geometry } = scene;
  const lines: TemplateResult[] = [];
  const reach: TemplateResult[] = [];
  const runs = (host: string): boolean => state.hosts.get(host)?.running !== false;
  for (const { one, other, link, home } of linePairs(state)) {
    const curve = geometry.curve(one, other);
    if (!curve) continue;
    const path = curvePath(curve);
    const dead = link?.cut === true || !runs(one) || !runs(other);
    const used = home || state.used.get(linkKey(one, other)) !== undefined;
    const device = home ? lookedAt(scene, one) : undefined;
    const unsure = home && !state.hosts.get(one)?.account;
    const name = `${home ? "home" : "between"} ${device?.className ?? ""} ${dead ? "dead" : ""} ${unsure ? "unsure" : ""} ${used ? "" : "unused"} ${link && link.loss > 0 ? "lossy" : ""}`;
    lines.push(svg`<path class="line ${name}" d=${path}></path>`);
    if (!scene.readonly)
      reach.push(svg`<path class="reach" data-between=${linkKey(one, other)} d=${path}></path>`);
  }
  return html`<svg class="lines ${layout.shape} ${layout.tier}" aria-hidden="true" focusable="false" width=${layout.width} height=${layout.height}>${lines}${reach}</svg>`;
}

const handleSizes = { large: 44, medium: 36, small: 28, tiny: 24, micro: 18 };
const cutMark = "M7 7l10 10M17 7 7 17";
const wellMark =
  "M6.2 9.4a2.4 2.4 0 1 0 0-4.8 2.4 2.4 0 0 0 0 4.8zM6.2 19.4a2.4 2.4 0 1 0 0-4.8 2.4 2.4 0 0 0 0 4.8zM8.2 8.5 19 16.4M8.2 15.5 19 7.6";
const slowMark = "M12 7.5V12l3 2M12 4.5a7.5 7.5 0 1 0 0 15 7.5 7.5 0 0 0 0-15z";
const lossyMark = "M5 12h2M10.5 12h2M16 12h3";

/** What is not well with a link, in few words. */
export function linkWords({ cut, loss, latency, usual }: NetworkLink): string[] {
  if (cut) return [say("network.link-cut")];
  return [
    ...(latency > usual ? [say("network.link-slow", { seconds: latency / 1000 })] : []),
    ...(loss > 0 ? [say("network.link-lossy", { percent: Math.round(loss * 100) })] : []),
  ];
}

/** How many seconds until the next try that is shown; undefined where none is. */
function secondsTo(nextTry: number | undefined, now: number): number | undefined {
  const seconds = nextTry === undefined ? 0 : Math.ceil((nextTry - now) / 1000);
  return seconds > 0 ? seconds : undefined;
}

/** What waits, in the words of its next try. */
function tryWords(state: NetworkState, one: string, other: string, now: number): string[] {
  return [
    [one, other],
    [other, one],
  ].flatMap(([from = "", to = ""]) => {
    const queue = state.queues.get(from)?.get(to);
    const seconds = queue?.away ? secondsTo(queue.nextTry, now) : undefined;
    return seconds === undefined ? [] : [say("network.next-try", { server: from.split(".")[0]!, seconds })];
  });
}

/** What hangs on a cable. */
type Handle = Point & {
  between: [string, string];
  size: number;
  kind: string;
  cut: boolean;
  ill: boolean;
  shown: boolean;
  hasHandle: boolean;
  label: string;
  told: string[];
};

function handlesOf({ state, geometry, layout, readonly, names }: Scene, now: number): Handle[] {
  const servers = [...state.hosts.values()].filter(({ role }) => role === "homeserver").length;
  return linePairs(state).flatMap(({ one, other, link, home }) => {
    const well = !link || isWell(link);
    const curve = geometry.curve(one, other);
    const waits = home ? [] : tryWords(state, one, other, now);
    const hasHandle = !readonly && (servers <= handlesMost || !well);
    if (!curve || (!hasHandle && well && waits.length === 0)) return [];
    const called = { one: hostName(one, names), other: hostName(other, names) };
    const cut = link?.cut === true;
    const short = Math.abs(curve[3].x - curve[0].x) < 150 && Math.abs(curve[3].y - curve[0].y) < 60;
    return {
      ...pointOn(curve, 0.5),
      between: [one, other],
      size: home ? 24 : Math.min(cut && !short ? 44 : 28, handleSizes[layout.tier]),
      kind: cut ? cutMark : well ? wellMark : link.loss > 0 ? lossyMark : slowMark,
      ...{ cut, hasHandle, ill: !well },
      shown: !well || (servers <= handlesShown && !home),
      label: [say("network.link-name", called), ...(well ? [] : linkWords(link!))].join(": "),
      told: layout.tier === "micro" ? [] : [...(well || !link ? [] : linkWords(link)), ...waits],
    };
  });
}

function boxOf({ x, y, size }: Handle): Box {
  return around(x - size / 2, x + size / 2, y, size / 2);
}

/** Where what is told of a link stands, so that it covers no mark and no letter that waits. */
function toldPlace(handle: Handle, handles: readonly Handle[], scene: Scene): ToldPlace | undefined {
  if (handle.told.length === 0) return undefined;
  const { x, y, size, told } = handle;
  const others = handles.filter((other) => other !== handle && other.shown).map(boxOf);
  const { width } = scene.layout;
  return placeTold({ x, y, half: size / 2, parts: told }, [...others, ...letterBoxes(scene)], width);
}

/** Marks of links that are not well, what is told of them, and letters that wait: labels keep clear of them. */
export function linkObstacles(scene: Scene, now: number): Box[] {
  const handles = handlesOf(scene, now);
  return [
    ...handles.filter(({ ill }) => ill).map(boxOf),
    ...letterBoxes(scene),
    ...handles.flatMap((each) => toldPlace(each, handles, scene)?.box ?? []),
  ];
}

/** What hangs on each cable: a handle to change it, the mark of what is not well, and when it is tried again. */
export function sceneHandles(scene: Scene, now: number): TemplateResult[] {
  const handles = handlesOf(scene, now);
  return handles.map((handle) => linkTemplate(scene, handle, toldPlace(handle, handles, scene)));
}

function linkTemplate(scene: Scene, handle: Handle, told: ToldPlace | undefined): TemplateResult {
  const { x, y, between, size, kind, cut, ill, shown, hasHandle, label } = handle;
  const rect = { x: Math.round(x - size / 2), y: Math.round(y - size / 2), width: size, height: size };
  const mark = html`<svg viewBox="0 0 24 24" aria-hidden="true" focusable="false"><path d=${kind}></path></svg>`;
  const name = `mark ${cut ? "cut" : ill ? "ill" : ""} ${shown ? "shown" : ""}`;
  return html`<li>
    ${
      hasHandle
        ? html`<button class=${name} data-link=${linkKey(...between)} ${place(rect)} type="button" aria-haspopup="dialog"
            aria-label=${label} title=${label}
            @click=${(event: Event) => scene.tools({ between }, event.currentTarget as Element)}>${mark}</button>`
        : ill
          ? html`<span class=${name} ${place(rect)} role="img" aria-label=${label}>${mark}</span>`
          : nothing
    }
    ${
      told
        ? html`<span class="mark-label ${told.lines ? "lines" : ""}" ${place({ x: Math.round(told.x), y: told.y })} aria-hidden="true"
            ><span>${handle.told.slice(0, told.count).map((words, index) => html`${index > 0 ? html`<span class="dot"> · </span>` : nothing}<span class="part">${words}</span>`)}</span></span>`
        : nothing
    }
  </li>`;
}

/** What letters that wait take, with the badge at their corner. */
function letterBoxes(scene: Scene): Box[] {
  return queuePlaces(scene).map(({ x, y }) => around(x - 24, x + 32, y, 24));
}

/** Where letters wait, by the middle of their mark. */
function queuePlaces({ state, geometry }: Scene): (Point & { from: string; to: string; waiting: number })[] {
  return [...state.queues].flatMap(([from, queues]) =>
    [...queues].flatMap(([to, { waiting, away }]) => {
      const curve = away ? geometry.curve(from, to) : undefined;
      if (!curve) return [];
      const short = Math.hypot(curve[3].x - curve[0].x, curve[3].y - curve[0].y) < 150;
      return { from, to, waiting, ...pointOn(curve, short ? 0.02 : 0.24) };
    }),
  );
}

/** What waits at a server for one that is away: letters on their line, with a count. */
export function sceneQueues(scene: Scene): TemplateResult[] {
  return queuePlaces(scene).map(({ x, y, from, to, waiting }) => {
    return html`<li class=${lookedAt(scene, from)?.className ?? ""}>
      <button class="queue ${waiting > 1 ? "pile" : ""}" ${place({ x: Math.round(x - 22), y: Math.round(y - 16) })} type="button"
        @click=${() => scene.act({ type: "look", at: { host: from } })}>
        ${packetMark()}<span class="badge" aria-hidden="true">${waiting}</span><span class="unseen">${say("network.queue", { n: waiting, from, to })}</span>
      </button>
    </li>`;
  });
}

/** World time at which a countdown that is shown says something else; undefined where none is. */
export function nextTick(state: NetworkState, now: number): number | undefined {
  let next: number | undefined;
  for (const queues of state.queues.values()) {
    for (const { away, nextTry } of queues.values()) {
      const seconds = away ? secondsTo(nextTry, now) : undefined;
      if (seconds === undefined || nextTry === undefined) continue;
      const at = nextTry - (seconds - 1) * 1000;
      next = Math.min(next ?? at, at);
    }
  }
  return next;
}
