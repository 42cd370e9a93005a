import { expect } from "chai";
import "../../../src/elements/time/homeroom-time-bar.ts";
import type { HomeroomTimeBar } from "../../../src/elements/time/homeroom-time-bar.ts";
import type { ClockCommand } from "../../../src/elements/time/time-events.ts";
import { sequenceAt, timeFold, timeOf } from "../../../src/elements/time/time-fold.ts";
import { clockTime } from "../../../src/elements/time/time-words.ts";
import { expectAccessible } from "../accessible.ts";
import { garden, harbor, MadeLog, twoHouses } from "../made-log.ts";

let element: HomeroomTimeBar;
let log: MadeLog;
let commands: ClockCommand[];
let scrubbed: { sequence: number | undefined; at: number | undefined }[];

function role(name: string): HTMLElement {
  return element.renderRoot.querySelector<HTMLElement>(`[role="${name}"]`)!;
}

function named(name: string): HTMLButtonElement | undefined {
  return [...element.renderRoot.querySelectorAll("button")].find(
    (button) => button.textContent!.trim() === name,
  );
}

async function press(key: string): Promise<void> {
  role("slider").dispatchEvent(new KeyboardEvent("keydown", { key, bubbles: true }));
  await element.updateComplete;
}

describe("homeroom-time-bar", () => {
  beforeEach(async () => {
    log = twoHouses();
    commands = [];
    scrubbed = [];
    element = document.createElement("homeroom-time-bar");
    element.state = log.entries.reduce(timeFold.step, timeFold.initial);
    element.clock = { running: false, speed: 0.5, worldAt: log.at, realAt: performance.now() };
    element.addEventListener("homeroom-clock", ({ command }) => commands.push(command));
    element.addEventListener("homeroom-scrub", ({ sequence, at }) => {
      scrubbed.push({ sequence, at });
      element.at = sequence;
    });
    document.body.append(element);
    await element.updateComplete;
  });
  afterEach(() => element.remove());

  it("resumes, pauses and steps", async () => {
    named("Resume")!.click();
    named("Step")!.click();
    element.clock = { ...element.clock, running: true };
    await element.updateComplete;
    named("Pause")!.click();
    expect(commands).to.deep.equal([{ do: "resume" }, { do: "step" }, { do: "pause" }]);
  });

  it("sets the speed from 0.1 to 10", () => {
    const speed = element.renderRoot.querySelector("input")!;
    expect(speed.getAttribute("aria-valuetext")).to.equal("0.5 times as fast as real time");
    for (const value of ["0", "6"]) {
      speed.value = value;
      speed.dispatchEvent(new Event("input"));
    }
    expect(commands).to.deep.equal([
      { do: "speed", speed: 0.1 },
      { do: "speed", speed: 10 },
    ]);
  });

  it("goes back story by story with the arrow keys, says where it is, and comes back to now", async () => {
    expect(role("slider").getAttribute("aria-valuetext")).to.match(/^now, /);
    await press("ArrowLeft");
    const first = scrubbed.at(-1)!;
    const mark = [...element.state.marks.items()].at(-1)!;
    expect(first).to.deep.equal({ sequence: mark.sequence + 1, at: mark.at });
    await press("ArrowLeft");
    expect(scrubbed.at(-1)!.at).to.be.lessThan(first.at!);
    expect(role("slider").getAttribute("aria-valuetext")).to.match(/ since the start: .+ sends PUT/);
    await press("Home");
    expect(scrubbed.at(-1)!.at).to.equal(log.entries[0]!.at);
    await press("End");
    expect(scrubbed.at(-1)).to.deep.equal({ sequence: undefined, at: undefined });
    await press("ArrowLeft");
    named("Now")!.click();
    await element.updateComplete;
    expect(element.at).to.equal(undefined);
    expect(named("Now")).to.equal(undefined);
  });

  it("goes where the pointer drags it", async () => {
    const slider = role("slider");
    const { left, width, top } = slider.getBoundingClientRect();
    const at = (part: number) => ({
      clientX: left + width * part,
      clientY: top + 5,
      pointerId: 1,
      bubbles: true,
      button: 0,
    });
    slider.setPointerCapture = () => {};
    slider.dispatchEvent(new PointerEvent("pointerdown", at(0.1)));
    slider.dispatchEvent(new PointerEvent("pointermove", at(0.2)));
    slider.dispatchEvent(new PointerEvent("pointerup", at(0.2)));
    slider.dispatchEvent(new PointerEvent("pointermove", at(0.05)));
    expect(scrubbed.map(({ at: time }) => Math.round((time! - log.entries[0]!.at) / 100))).to.deep.equal([
      15, 30,
    ]);
  });

  it("begins where the oldest checkpoint is", async () => {
    element.from = log.entries.length - 10;
    await element.updateComplete;
    await press("Home");
    expect(scrubbed.at(-1)!.at).to.equal(log.entries[log.entries.length - 11]!.at);
  });

  it("switches to all traffic", () => {
    let all: boolean | undefined;
    element.addEventListener("homeroom-all-traffic", (event) => {
      all = event.all;
    });
    named("Show all traffic")!.click();
    expect(all).to.equal(true);
    expect(role("switch").getAttribute("aria-checked")).to.equal("false");
  });

  it("is accessible in both themes", async () => {
    await expectAccessible(element);
    await press("ArrowLeft");
    await expectAccessible(element);
  });
});

describe("the time bar's fold", () => {
  it("finds the sequence number of a time, and the time of a sequence number", () => {
    const made = twoHouses();
    const state = made.entries.reduce(timeFold.step, timeFold.initial);
    for (const { sequence, at } of made.entries) {
      expect(timeOf(state, sequence + 1), `before ${sequence + 1}`).to.equal(at);
      const last = made.entries.findLast((entry) => entry.at <= at)!;
      expect(sequenceAt(state, at), `at ${sequence}`).to.equal(last.sequence + 1);
    }
  });

  it("marks story departures by the sender's server, failures and cuts", () => {
    const made = new MadeLog().server(garden, "leaf").server(harbor, "anchor").device("you/laptop", garden);
    made.exchange("you/laptop", garden, "GET", "/_matrix/client/versions");
    made.exchange("you/laptop", garden, "POST", "/_matrix/client/v3/register");
    made.add({ type: "link-changed", between: [garden, harbor], cut: true, latency: 1, loss: 0 });
    const lost = made.out(garden, harbor, "PUT", "/_matrix/federation/v1/send/1");
    made.add({ type: "exchange-failed", exchange: lost, reason: "link-cut" });
    const { marks } = made.entries.reduce(timeFold.step, timeFold.initial);
    expect([...marks.items()].map(({ kind, server }) => `${kind} ${server}`)).to.deep.equal([
      "leaves garden.example",
      "answers garden.example",
      "cut garden.example",
      "leaves garden.example",
      "fails garden.example",
    ]);
  });

  it("writes times as a clock does", () => {
    expect([0, 14_250, 61_000, 3_723_400].map((time) => clockTime(time))).to.deep.equal([
      "0:00.0",
      "0:14.2",
      "1:01.0",
      "1:02:03.4",
    ]);
  });
});
