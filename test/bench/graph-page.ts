import { graphFold } from "../../src/elements/graph/graph-fold.ts";
import "../../src/elements/graph/homeroom-room-graph.ts";
import type { GraphState } from "../../src/elements/graph/graph-state.ts";
import "../../src/elements/theme.css";
import { braidedRoom } from "../elements/graph/made-room.ts";

declare global {
  interface Window {
    /** Shows a room whose thousand events do not fold. */
    showGraph(): Promise<void>;
    /** Goes back to its beginning and forth again, a step in each frame. */
    scrubGraph(): Promise<void>;
  }
}

const made = braidedRoom(500);

/** A state for each step of the time bar. */
const states: GraphState[] = [];
let state = graphFold.initial;
for (const [index, entry] of made.log.entries.entries()) {
  state = graphFold.step(state, entry);
  if (index % 20 === 0) states.push(state);
}

const view = document.createElement("homeroom-room-graph");
view.style.cssText = "display:block;height:100vh";
document.body.style.margin = "0";
document.body.append(view);

/** Resolves once a frame was drawn. */
async function show(shown: GraphState): Promise<void> {
  view.state = shown;
  await view.updateComplete;
  await new Promise((resolve) => requestAnimationFrame(resolve));
}

window.showGraph = async () => {
  await show(state);
  await show(state);
};

window.scrubGraph = async () => {
  for (const each of states.toReversed()) await show(each);
  for (const each of states) await show(each);
};
