import { html, nothing, svg, type TemplateResult } from "lit";
import { repeat } from "lit/directives/repeat.js";
import { say } from "../../catalogue/late.ts";
import { place } from "../network/network-place.ts";
import { lookOf, symbolMark } from "../server-look.ts";
import { cell, type GraphLayout, type GraphPlace } from "./graph-layout.ts";
import type { GraphNode } from "./graph-runs.ts";
import type { GraphScene } from "./graph-scene.ts";
import { nodeSentence } from "./graph-sentences.ts";
import type { GraphCopy } from "./graph-state.ts";
import { copyWords, eventWords, signerOf } from "./graph-words.ts";

/** The picture of one copy, or of all on top of each other. */
export type Picture = GraphScene & {
  layout: GraphLayout;
  /** What is in sight: from and to, in pixels from the left. */
  window: readonly [number, number];
  /** Events that a step of a resolution, or a state, is about. */
  marked: ReadonlySet<string>;
  /** The node that Tab leads to: the copy's host, and its id. */
  tabStop: { host: string; node: string } | undefined;
  press(node: GraphNode): void;
  focused(host: string, node: GraphNode): void;
};

/** From the middle of a node's place up to its mark. */
const markY = -11;
const markRadius = 17;

function edgePath(from: GraphPlace, to: GraphPlace): string {
  const [x1, y1] = [from.x + markRadius, from.y + markY];
  const [x2, y2] = [to.x - markRadius - 2, to.y + markY];
  const bend = Math.max(12, (x2 - x1) * 0.5);
  return `M${x1} ${y1}C${x1 + bend} ${y1} ${x2 - bend} ${y2} ${x2} ${y2}`;
}

function inWindow({ window: [from, to] }: Picture, x: number): boolean {
  return x >= from && x <= to;
}

/** How a node stands in a copy; in all of them together where none is given. */
function standingOf({ room }: Picture, { events }: GraphNode, copy: GraphCopy | undefined): string {
  const { id } = events.at(-1)!;
  if (copy) return copy.events.get(id)?.verdict ?? "absent";
  const verdicts = new Set([...room.copies.values()].map((each) => each.events.get(id)?.verdict));
  return verdicts.has("stored") ? "stored" : verdicts.has("soft-failed") ? "soft-failed" : "rejected";
}

function nodeTemplate(
  picture: Picture,
  node: GraphNode,
  host: string,
  copy: GraphCopy | undefined,
): TemplateResult {
  const { layout, looks, room, selected, marked, tabStop } = picture;
  const { x, y } = layout.places.get(node.id)!;
  const last = node.events.at(-1)!;
  const run = node.events.length > 1;
  const standing = standingOf(picture, node, copy);
  const ends = copy ? [copy.ends] : [...room.copies.values()].map(({ ends }) => ends);
  const end = ends.some((each) => each.includes(last.id));
  const look = lookOf(looks, signerOf(last.pdu));
  const pressed = node.events.some(({ id }) => id === selected);
  const name = `node ${look?.className ?? ""} ${last.pdu.state_key === undefined ? "message" : "settles"} ${standing} ${end ? "end" : ""} ${run ? "run" : ""} ${last.pdu.type === "m.room.encrypted" ? "sealed" : ""} ${node.events.some(({ id }) => marked.has(id)) ? "marked" : ""}`;
  return html`<li>
    <button
      class=${name}
      ${place({ x: x - cell.width / 2, y: y - cell.height / 2 })}
      data-node=${node.id}
      type="button"
      tabindex=${tabStop?.host === host && tabStop.node === node.id ? 0 : -1}
      aria-pressed=${pressed}
      aria-label=${nodeSentence(picture, node, copy ? host : undefined)}
      @click=${() => picture.press(node)}
      @focus=${() => picture.focused(host, node)}
    >
      <span class="mark" aria-hidden="true">${run ? html`<b>${node.events.length}</b>` : look ? symbolMark(look, "symbol") : nothing}</span>
      <span class="label">${run ? say("graph.run", { n: node.events.length }) : eventWords(last.pdu)}</span>
      ${copy ? nothing : holders(picture, last.id)}
    </button>
  </li>`;
}

/** Where not every server has it: who does. */
function holders({ room, looks }: Picture, id: string): TemplateResult | typeof nothing {
  const having = [...room.copies].filter(([, { events }]) => events.get(id)?.verdict === "stored");
  if (having.length === room.copies.size) return nothing;
  return html`<span class="holders" aria-hidden="true"
    >${having.slice(0, 3).map(([host]) => {
      const look = lookOf(looks, host);
      return look ? html`<i class=${look.className}>${symbolMark(look, "symbol")}</i>` : nothing;
    })}</span
  >`;
}

function edges(picture: Picture, copy: GraphCopy | undefined): TemplateResult {
  const { layout, nodes, room } = picture;
  const paths: TemplateResult[] = [];
  for (const node of nodes.nodes) {
    const to = layout.places.get(node.id)!;
    const standing = standingOf(picture, node, copy);
    for (const parent of node.parents) {
      const from = layout.places.get(parent)!;
      if (to.x < picture.window[0] || from.x > picture.window[1]) continue;
      paths.push(svg`<path class="edge ${standing}" d=${edgePath(from, to)}></path>`);
    }
    if (node.unknownParents > 0 && inWindow(picture, to.x))
      paths.push(svg`<path class="edge unknown" d="M${to.x - markRadius - 24} ${to.y + markY}h22"></path>`);
    const { id } = node.events.at(-1)!;
    const end = copy
      ? copy.ends.includes(id)
      : [...room.copies.values()].some(({ ends }) => ends.includes(id));
    if (end && inWindow(picture, to.x))
      paths.push(
        svg`<path class="open-end" d="M${to.x + markRadius + 3} ${to.y + markY}h13m-5 -5 5 5 -5 5"></path>`,
      );
  }
  return html`<svg class="edges" aria-hidden="true" focusable="false" width=${layout.width} height=${layout.height}>${paths}</svg>`;
}

/** One server's copy, with what it lacks drawn faintly; without a host, all copies on top of each other. */
export function copyTemplate(picture: Picture, host: string, copy: GraphCopy | undefined): TemplateResult {
  const { layout, nodes, looks, room } = picture;
  const look = copy ? lookOf(looks, host) : undefined;
  const shown = nodes.nodes.filter(({ id }) => inWindow(picture, layout.places.get(id)!.x));
  return html`<section class="copy" aria-label=${copy ? say("graph.copy-of", { server: host }) : say("graph.all-copies")}>
    <h3 class=${look?.className ?? ""}>
      ${look ? symbolMark(look, "symbol") : nothing}<span translate=${copy ? "no" : nothing}>${copy ? host : say("graph.all-copies")}</span>
      <small>${copy ? copyWords(room, copy) : say("graph.count", { n: room.events.size })}</small>
    </h3>
    <div class="field" data-copy=${host} ${place({ x: 0, y: 0, width: layout.width, height: layout.height })}>
      ${edges(picture, copy)}
      <ul>
        ${repeat(
          shown,
          ({ id }) => id,
          (node) => nodeTemplate(picture, node, host, copy),
        )}
      </ul>
    </div>
  </section>`;
}
