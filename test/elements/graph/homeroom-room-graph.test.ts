import { expect } from "chai";
import { graphFold } from "../../../src/elements/graph/graph-fold.ts";
import "../../../src/elements/graph/homeroom-room-graph.ts";
import type { HomeroomRoomGraph } from "../../../src/elements/graph/homeroom-room-graph.ts";
import type { Action } from "../../../src/world/action.ts";
import { expectAccessible } from "../accessible.ts";
import { garden, harbor } from "../made-log.ts";
import { banRace, bo, MadeRoom, you } from "./made-room.ts";

let element: HomeroomRoomGraph;
let acts: Action[];

async function show(room: MadeRoom, until = room.log.entries.length): Promise<void> {
  element.state = room.log.entries.slice(0, until).reduce(graphFold.step, graphFold.initial);
  await settled();
}

async function settled(): Promise<void> {
  await element.updateComplete;
  // What is in sight is known after the next frame.
  await new Promise(requestAnimationFrame);
  await element.updateComplete;
}

function all(selector: string): HTMLElement[] {
  return [...element.renderRoot.querySelectorAll<HTMLElement>(selector)];
}

function text(selector: string): string[] {
  return all(selector).map((each) => each.textContent!.replace(/\s+/g, " ").trim());
}

function node(host: string, words: string): HTMLElement {
  const found = all(`[data-copy="${host}"] .node`).find((each) => each.textContent!.includes(words));
  if (!found) throw new Error(`No node ${words} at ${host}`);
  return found;
}

async function press(name: string): Promise<void> {
  const button = all("button").find((each) => each.textContent!.replace(/\s+/g, " ").trim() === name);
  if (!button) throw new Error(`No button ${name}: ${text("button").join(", ")}`);
  button.click();
  await settled();
}

async function key(name: string): Promise<string> {
  const target = element.shadowRoot!.activeElement!;
  target.dispatchEvent(new KeyboardEvent("keydown", { key: name, bubbles: true, composed: true }));
  await settled();
  return element.shadowRoot!.activeElement!.getAttribute("aria-label")!;
}

describe("homeroom-room-graph", () => {
  beforeEach(() => {
    acts = [];
    element = document.createElement("homeroom-room-graph");
    element.style.cssText = "display:grid;height:560px;width:1200px";
    element.addEventListener("homeroom-act", ({ action }) => acts.push(action));
    document.body.append(element);
  });
  afterEach(() => element.remove());

  it("says that there is no room yet", async () => {
    await settled();
    expect(text(".empty")).to.deep.equal([
      "No server has a room yet. The graph begins with the first event of one.",
    ]);
  });

  it("shows each server’s copy, and what it lacks", async () => {
    await show(banRace());
    expect(text(".copy h3")).to.deep.equal([
      "garden.example 8 events · one not here",
      "harbor.example 7 events · 2 not here",
    ]);
    expect(node(garden, "topic: Coffee").classList.contains("absent")).to.equal(true);
    expect(node(harbor, "topic: Coffee").classList.contains("absent")).to.equal(false);
    expect(node(harbor, "topic: Coffee").classList.contains("end")).to.equal(true);
  });

  it("names an event with its signer and its place in the graph", async () => {
    await show(banRace());
    expect(node(harbor, "Earl Grey").getAttribute("aria-label")).to.equal(
      "Earl Grey or mint?, signed by garden.example; follows “bo joins”; 2 events follow it: a fork",
    );
    expect(node(garden, "topic: Coffee").getAttribute("aria-label")).to.equal(
      "topic: Coffee, signed by harbor.example; follows “Earl Grey or mint?”; garden.example does not have it",
    );
  });

  it("opens an event, and tells what each server made of it", async () => {
    const race = banRace();
    race.take(garden, race.coffee);
    race.refuse(garden, race.coffee, "event-soft-failed", {
      code: "auth/sender-not-joined",
      facts: { sender: bo, membership: "ban" },
    });
    await show(race);
    node(garden, "topic: Coffee").click();
    await settled();
    expect(acts).to.deep.equal([{ type: "look", at: { event: { id: race.coffee } } }]);
    expect(text(".verdicts li")).to.deep.equal([
      "garden.example hides it: @bo:harbor.example is not in the room",
      "harbor.example has it",
    ]);
  });

  it("shows how the room stood before an event", async () => {
    const race = banRace();
    await show(race);
    node(garden, "bo is banned").click();
    await settled();
    element.renderRoot.querySelector<HTMLElement>("summary")!.click();
    await settled();
    await settled();
    const state = text("details .places div");
    expect(state).to.include("topic topic: Tea");
    expect(state).to.include("where bo stands bo joins");
    expect(node(garden, "topic: Tea").classList.contains("marked")).to.equal(true);
  });

  it("goes through a resolution step by step", async () => {
    const race = banRace();
    race.take(garden, race.coffee);
    race.resolve(garden, race.ban, race.coffee);
    await show(race);
    await press("garden.example settled 2 questions");
    const told: string[] = [];
    for (;;) {
      told.push(text(".resolution [aria-live]")[0]!);
      const next = all(".resolution button").find((each) => each.textContent!.trim() === "Next");
      if ((next as HTMLButtonElement).disabled) break;
      next!.click();
      await settled();
    }
    expect(told[0]).to.match(/^Step 1 of \d+ The branches differ about 2 things:/);
    const checked = told.find(
      (each) => each.includes("topic: Coffee") && each.includes("Is this allowed now?"),
    );
    expect(checked).to.match(/No\. @bo:harbor\.example is not in the room$/);
    expect(told.at(-1)).to.match(/So this is what counts, on every server: .*bo is banned.*topic: Tea/);
    await press("Close");
    expect(text(".resolution")).to.deep.equal([]);
  });

  it("keeps the focus while a resolution is opened, gone through and closed", async () => {
    const race = banRace();
    race.take(garden, race.coffee);
    race.resolve(garden, race.ban, race.coffee);
    await show(race);
    const focused = () => element.shadowRoot?.activeElement?.textContent?.replace(/\s+/g, " ").trim();
    const pressFocused = async (name: string) => {
      all("button")
        .find((each) => each.textContent!.replace(/\s+/g, " ").trim() === name)!
        .focus();
      await press(name);
    };
    await pressFocused("garden.example settled 2 questions");
    expect(focused()).to.equal("Step by step, at garden.example");
    await pressFocused("Next");
    expect(focused()).to.equal("Next");
    await pressFocused("Close");
    expect(focused()).to.equal("garden.example settled 2 questions");
  });

  it("tells what was thrown away", async () => {
    const race = banRace();
    const refusal = { code: "pdu/missing-key", facts: { key: "hashes" } };
    race.log.fact(harbor, { type: "event-dropped", room: race.id, pdu: {}, origin: garden, refusal });
    await show(race);
    expect(text(".verdicts li")).to.deep.equal([
      "harbor.example throws away an event from garden.example: it has no “hashes”",
    ]);
  });

  it("is walked by arrow keys, along parents and children and between copies", async () => {
    await show(banRace());
    node(garden, "Earl Grey").focus();
    await settled();
    expect(await key("ArrowLeft")).to.match(/^bo joins/);
    expect(await key("ArrowRight")).to.match(/^Earl Grey/);
    expect(await key("End")).to.match(/^(topic: Coffee|bo is banned)/);
    expect(await key("Home")).to.match(/^room made, signed by garden\.example; the first event/);
    expect(await key("ArrowDown")).to.match(/^room made/);
    const copy = element.shadowRoot!.activeElement!.closest("[data-copy]") as HTMLElement;
    expect(copy.dataset.copy).to.equal(harbor);
    expect(all(".node[tabindex='0']")).to.have.length(1);
  });

  it("has the same in words", async () => {
    const race = banRace();
    await show(race);
    await press("In words");
    const lines = text(".words ol li");
    expect(lines).to.have.length(9);
    expect(lines[0]).to.equal("room made, signed by garden.example the first event.");
    expect(lines.find((line) => line.startsWith("topic: Coffee"))).to.equal(
      "topic: Coffee, signed by harbor.example follows “Earl Grey or mint?”; nothing follows it yet; only harbor.example has it.",
    );
    all("[data-line]").at(0)!.click();
    expect(acts).to.have.length(1);
  });

  it("lays all copies on top of each other", async () => {
    await show(banRace());
    await press("All in one");
    expect(text(".copy h3")).to.deep.equal(["All copies on top of each other 9 events"]);
    expect(all('[data-copy=""] .node .holders')).to.have.length(3);
  });

  it("draws only what is in sight of a long room, and unfolds a run", async () => {
    const room = new MadeRoom();
    for (let at = 0; at < 300; at++) room.says(at % 3 === 0 ? bo : you, `message ${at}`);
    await show(room);
    const run = all(".node.run")[0]!;
    expect(run.getAttribute("aria-label")).to.match(
      /^\d+ events in a row, from “.*” to “message \d+”\. Press to unfold/,
    );
    run.click();
    await settled();
    expect(all(".node").length).to.be.lessThan(140);
    await press("Fold long runs");
    expect(all(".node.run").length).to.be.greaterThan(0);
  });

  it("rewinds with the log", async () => {
    const race = banRace();
    await show(race, race.log.entries.length - 2);
    expect(text(".copy h3").at(-1)).to.equal("harbor.example 6 events · 2 not here");
  });

  it("plays a look through its own node", async () => {
    const race = banRace();
    await show(race);
    const hand = {
      signal: new AbortController().signal,
      moveTo: async () => {},
      click: async (target: HTMLElement) => target.click(),
      type: async () => {},
    };
    expect(await element.demonstrate({ type: "look", at: { event: { id: race.ban } } }, hand)).to.equal(true);
    expect(await element.demonstrate({ type: "look", at: { host: garden } }, hand)).to.equal(false);
    expect(acts).to.have.length(1);
  });

  it("is accessible in both themes, as a picture and in words", async () => {
    const race = banRace();
    race.take(garden, race.coffee);
    race.refuse(garden, race.coffee, "event-rejected", {
      code: "auth/sender-not-joined",
      facts: { sender: bo },
    });
    race.resolve(garden, race.ban, race.coffee);
    await show(race);
    node(garden, "topic: Coffee").click();
    await settled();
    await expectAccessible(element);
    await press("garden.example settled 2 questions");
    await expectAccessible(element);
    await press("In words");
    await expectAccessible(element);
  });
});
