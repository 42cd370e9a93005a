import { html, nothing, type TemplateResult } from "lit";
import { repeat } from "lit/directives/repeat.js";
import { say } from "../../catalogue/late.ts";
import { lookOf, symbolMark } from "../server-look.ts";
import type { GraphNode } from "./graph-runs.ts";
import type { GraphScene } from "./graph-scene.ts";
import { standingWords } from "./graph-sentences.ts";
import { copyWords, eventWords, signerOf, verdictWords } from "./graph-words.ts";

/** So many of the newest events are listed. */
const listed = 400;

/** The same as the picture, as sentences in order. */
export function graphList(scene: GraphScene, press: (node: GraphNode) => void): TemplateResult {
  const { nodes, room, looks } = scene;
  return html`<div class="words">
    <ul class="copies">
      ${[...room.copies].map(([host, copy]) => {
        const look = lookOf(looks, host);
        return html`<li class=${look?.className ?? ""}>
          ${look ? symbolMark(look, "symbol") : nothing}<b translate="no">${host}</b> <small>${copyWords(room, copy)}</small>
        </li>`;
      })}
    </ul>
    <ol start=${Math.max(1, nodes.nodes.length - listed + 1)}>
      ${repeat(
        nodes.nodes.slice(-listed),
        ({ id }) => id,
        (node) => lineTemplate(scene, node, press),
      )}
    </ol>
  </div>`;
}

function lineTemplate(scene: GraphScene, node: GraphNode, press: (node: GraphNode) => void): TemplateResult {
  const { room, looks, selected } = scene;
  const last = node.events.at(-1)!;
  const look = lookOf(looks, signerOf(last.pdu));
  const run = node.events.length > 1;
  const name = run
    ? say("graph.run-name", {
        n: node.events.length,
        first: eventWords(node.events[0]!.pdu),
        last: eventWords(last.pdu),
      })
    : say("graph.node", { words: eventWords(last.pdu), server: signerOf(last.pdu) });
  // Who has it is worth a word only where it is not everybody.
  const refused = [...room.copies].filter(([, { events }]) => {
    const verdict = events.get(last.id)?.verdict;
    return verdict !== undefined && verdict !== "stored";
  });
  return html`<li class=${look?.className ?? ""}>
    <button class="line" type="button" data-line=${node.id} aria-pressed=${node.events.some(({ id }) => id === selected)} @click=${() => press(node)}>
      ${look ? symbolMark(look, "symbol") : nothing}<b>${name}</b>
    </button>
    <span>${standingWords(scene, node).join("; ")}.</span>
    ${refused.map(([host, { events }]) => html`<span class="no">${verdictWords(host, events.get(last.id))}</span>`)}
  </li>`;
}
