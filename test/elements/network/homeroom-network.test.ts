import { expect } from "chai";
import type { Action } from "../../../src/world/action.ts";
import "../../../src/elements/network/homeroom-network.ts";
import type { HomeroomNetwork } from "../../../src/elements/network/homeroom-network.ts";
import { networkFold } from "../../../src/elements/network/network-fold.ts";
import { expectAccessible } from "../accessible.ts";
import { garden, harbor, type MadeLog, twoHouses } from "../made-log.ts";

let element: HomeroomNetwork;
let acts: Action[];

async function show(log: MadeLog, change: Partial<HomeroomNetwork> = {}): Promise<void> {
  element.state = log.entries.reduce(networkFold.step, networkFold.initial);
  element.clock = { running: false, speed: 1, worldAt: log.at, realAt: performance.now() };
  Object.assign(element, change);
  await element.updateComplete;
}

function names(selector: string): string[] {
  return [...element.renderRoot.querySelectorAll(selector)].map(
    (each) => each.getAttribute("aria-label") ?? each.textContent!.replace(/\s+/g, " ").trim(),
  );
}

function button(selector: string): HTMLButtonElement {
  return element.renderRoot.querySelector<HTMLButtonElement>(selector)!;
}

const send = "/_matrix/client/v3/rooms/!tea/send/m.room.message/1";

describe("homeroom-network", () => {
  beforeEach(async () => {
    acts = [];
    element = document.createElement("homeroom-network");
    element.style.height = "480px";
    element.style.width = "1000px";
    element.addEventListener("homeroom-act", ({ action }) => acts.push(action));
    document.body.append(element);
    // The map is drawn once it knows its size.
    await new Promise<void>((resolve) => {
      const sized = new ResizeObserver(() => {
        sized.disconnect();
        resolve();
      });
      sized.observe(element);
    });
  });
  afterEach(() => element.remove());

  it("names every house and every device", async () => {
    await show(twoHouses());
    expect(names(".house")).to.deep.equal(["garden.example, homeserver", "harbor.example, homeserver"]);
    expect(names(".card")).to.deep.equal([
      "You laptop @you:garden.example",
      "You phone @you:garden.example",
      "Bo laptop @bo:harbor.example",
      "Bo tablet @bo:harbor.example",
    ]);
  });

  it("opens houses, devices, rooms and packets", async () => {
    const log = twoHouses();
    const exchange = log.out("you/laptop", garden, "PUT", send);
    log.wait(40);
    await show(log);
    button(`[data-host="${garden}"]`).click();
    button('[data-host="bo/tablet"]').click();
    button(".room").click();
    button(".packet").click();
    const at = acts.map((action) => (action.type === "look" ? action.at : undefined));
    expect(at.slice(0, 2)).to.deep.equal([{ host: garden }, { host: "bo/tablet" }]);
    expect(at[2]).to.have.property("event");
    expect(at[3]).to.deep.equal({ exchange: { id: exchange } });
  });

  it("has a story packet on its line, with its name, while it is out", async () => {
    const log = twoHouses();
    const exchange = log.out("you/laptop", garden, "PUT", send, { latency: 100 });
    log.wait(50);
    await show(log);
    expect(names(".packet")).to.deep.equal(["PUT …/send/m.room.message, from your laptop to garden.example"]);
    const packet = button(".packet").getBoundingClientRect();
    const house = button(`[data-host="${garden}"]`).getBoundingClientRect();
    const card = button('[data-host="you/laptop"]').getBoundingClientRect();
    expect(packet.top).to.be.within(house.bottom - 30, card.top);
    log.wait(50).held(exchange, 0).back(exchange).done(exchange);
    await show(log);
    expect(names(".packet")).to.deep.equal([]);
  });

  it("shows a held poll as an ear, and says so", async () => {
    const log = twoHouses();
    log.held(log.out("bo/laptop", harbor, "GET", "/_matrix/client/v3/sync?timeout=30000"));
    await show(log);
    expect(names(".ear")).to.deep.equal(["Bo’s laptop waits at harbor.example for news: GET /sync"]);
    expect(names(".packet")).to.deep.equal([]);
  });

  it("names quiet packets only where all traffic is shown", async () => {
    const log = twoHouses();
    log.out("you/phone", garden, "GET", "/_matrix/client/v3/pushrules/");
    log.wait(20);
    await show(log);
    expect(names(".packet")).to.deep.equal([]);
    await show(log, { allTraffic: true });
    expect(names(".packet")).to.deep.equal(["GET /pushrules, from your phone to garden.example"]);
  });

  it("finds the quiet dot that is clicked", async () => {
    const log = twoHouses();
    const exchange = log.out("you/phone", garden, "GET", "/_matrix/client/v3/pushrules/", { latency: 100 });
    log.wait(50);
    await show(log);
    const map = element.renderRoot.querySelector(".map")!;
    const { left, top, width, height } = map.getBoundingClientRect();
    for (let x = 0; x < width; x += 12) {
      for (let y = 0; y < height; y += 12) {
        map.dispatchEvent(new MouseEvent("click", { clientX: left + x, clientY: top + y, bubbles: true }));
      }
    }
    expect(acts).not.to.have.length(0);
    expect(
      acts.every(
        (action) => action.type === "look" && "exchange" in action.at && action.at.exchange.id === exchange,
      ),
    ).to.equal(true);
  });

  it("marks a cut link, what waits for it, and when it is tried again", async () => {
    const log = twoHouses();
    log.add({ type: "link-changed", between: [garden, harbor], cut: true, latency: 80, loss: 0 });
    log.fact(garden, { type: "queue", destination: harbor, waiting: 2, nextTry: log.at + 2000 });
    await show(log);
    expect(names("button.mark")).to.include("The link between garden.example and harbor.example: link cut");
    expect(names(".mark-label")).to.deep.equal(["link cut · garden tries again in 2 s"]);
    expect(names(".queue .unseen")).to.deep.equal(["2 events wait at garden.example for harbor.example"]);
    await show(log, { readonly: true });
    expect(names('[role="img"]')).to.deep.equal([
      "The link between garden.example and harbor.example: link cut",
    ]);
  });

  it("counts down to the next try while nothing else moves", async () => {
    const log = twoHouses();
    log.fact(garden, { type: "queue", destination: harbor, waiting: 1, nextTry: log.at + 1002 });
    const told = async (words: readonly string[]) => {
      while (names(".mark-label").join() !== words.join()) await new Promise(requestAnimationFrame);
    };
    // So slow that nothing is over before a busy machine looks at it.
    const clock = (worldAt: number) => ({ running: true, speed: 0.1, worldAt, realAt: performance.now() });
    await show(log, { clock: clock(log.at) });
    await told(["garden tries again in 1 s"]);
    await show(log, { clock: clock(log.at + 1000) });
    await told([]);
    expect(names(".queue .unseen")).to.deep.equal(["One event waits at garden.example for harbor.example"]);
  });

  it("draws no queue for what leaves at once", async () => {
    const log = twoHouses();
    log.fact(garden, { type: "queue", destination: harbor, waiting: 1 });
    await show(log);
    expect(names(".queue")).to.deep.equal([]);
  });

  it("says what a server asks before it can talk to another", async () => {
    const log = twoHouses();
    log.out(garden, harbor, "GET", "/.well-known/matrix/server");
    log.out(harbor, garden, "GET", "/_matrix/key/v2/server");
    log.wait(20);
    await show(log);
    expect(
      [...element.renderRoot.querySelectorAll(".packet .label")].map((label) => label.textContent),
    ).to.deep.equal(["where is harbor.example?", "which key is garden.example’s?"]);
    for (const packet of element.renderRoot.querySelectorAll(".packet")) {
      expect(packet.ariaLabel).to.include(packet.querySelector(".label")!.textContent);
    }
  });

  const tools = () => element.renderRoot.querySelector("homeroom-network-tools")!;
  const tool = async (name: string): Promise<HTMLElement> => {
    await tools().updateComplete;
    const all = [...tools().renderRoot.querySelectorAll<HTMLElement>("button, input")];
    return all.find(
      (each) =>
        each.textContent?.trim() === name || each.closest("label")?.textContent?.trim().startsWith(name),
    )!;
  };

  it("stops, starts and crashes a homeserver by its tools", async () => {
    const log = twoHouses();
    await show(log);
    button(`[data-switch="${garden}"]`).click();
    (await tool("Stop it")).click();
    button(`[data-switch="${garden}"]`).click();
    (await tool("Pull the plug")).click();
    log.add({ type: "host-stopped", host: garden });
    await show(log);
    expect(names(".house")[0]).to.equal("garden.example stopped, homeserver");
    button(`[data-switch="${garden}"]`).click();
    (await tool("Start it")).click();
    expect(acts).to.deep.equal([
      { type: "stopHost", host: garden },
      { type: "crashHost", host: garden },
      { type: "startHost", host: garden },
    ]);
    await show(log, { readonly: true });
    expect(names(".switch, button.mark")).to.deep.equal([]);
  });

  it("cuts, mends, slows and thins out a link by its tools", async () => {
    const log = twoHouses();
    await show(log);
    const handle = () => button(`[data-link="${garden} ${harbor}"]`);
    handle().click();
    (await tool("Cut the link")).click();
    expect(tools().matches(":popover-open")).to.equal(false);
    log.add({ type: "link-changed", between: [garden, harbor], cut: true, latency: 80, loss: 0 });
    await show(log);
    handle().click();
    (await tool("Mend the link")).click();
    handle().click();
    const [slow, lossy] = [
      await tool("Time on the way"),
      await tool("Lost on the way"),
    ] as HTMLInputElement[];
    slow!.value = "2000";
    slow!.dispatchEvent(new Event("change"));
    lossy!.value = "30";
    lossy!.dispatchEvent(new Event("change"));
    const between = [garden, harbor];
    expect(acts).to.deep.equal([
      { type: "cutLink", between },
      { type: "mendLink", between },
      { type: "setLink", between, latency: 2000 },
      { type: "setLink", between, loss: 0.3 },
    ]);
    log.add({ type: "link-changed", between: [garden, harbor], cut: false, latency: 2000, loss: 0.3 });
    await show(log);
    expect(names(".mark-label")).to.deep.equal(["2 s each way · 30 % get lost"]);
  });

  it("opens a link’s tools where its line is clicked", async () => {
    await show(twoHouses());
    const line = element.renderRoot.querySelector<SVGPathElement>(`[data-between="${garden} ${harbor}"]`)!;
    line.dispatchEvent(new MouseEvent("click", { bubbles: true, composed: true }));
    await tools().updateComplete;
    expect(tools().renderRoot.querySelector('[role="dialog"]')!.getAttribute("aria-label")).to.equal(
      "The link between garden.example and harbor.example",
    );
  });

  it("says that one looks at the past, and stands still there", async () => {
    const log = twoHouses();
    log.out("you/laptop", garden, "PUT", send, { latency: 100 });
    await show(log, { at: log.at + 50, clock: { running: true, speed: 1, worldAt: log.at, realAt: 0 } });
    expect(names(".past")).to.deep.equal(["You are looking at the past"]);
    const before = button(".packet").style.transform;
    await new Promise((resolve) => requestAnimationFrame(() => requestAnimationFrame(resolve)));
    expect(button(".packet").style.transform).to.equal(before);
  });

  it("plays an action through its own controls", async () => {
    await show(twoHouses());
    const hand = {
      signal: new AbortController().signal,
      moveTo: async () => {},
      click: async (target: HTMLElement) => target.click(),
      type: async () => {},
    };
    expect(await element.demonstrate({ type: "look", at: { host: harbor } }, hand)).to.equal(true);
    expect(await element.demonstrate({ type: "stopHost", host: harbor }, hand)).to.equal(true);
    expect(await element.demonstrate({ type: "setSpeed", speed: 2 }, hand)).to.equal(false);
    expect(acts).to.deep.equal([
      { type: "look", at: { host: harbor } },
      { type: "stopHost", host: harbor },
    ]);
  });

  it("is accessible in both themes", async () => {
    const log = twoHouses();
    log.held(log.out("bo/laptop", harbor, "GET", "/_matrix/client/v3/sync?timeout=30000"));
    log.add({ type: "link-changed", between: [garden, harbor], cut: true, latency: 80, loss: 0 });
    log.fact(garden, { type: "queue", destination: harbor, waiting: 1, nextTry: log.at + 2000 });
    log.out("you/laptop", garden, "PUT", send);
    log.wait(40);
    await show(log);
    await expectAccessible(element);
    button(`[data-link="${garden} ${harbor}"]`).click();
    await tool("Mend the link");
    await expectAccessible(element);
  });
});
