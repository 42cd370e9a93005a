import { sendKeys } from "@web/test-runner-commands";
import { expect } from "chai";
import "../../../src/elements/log/homeroom-log.ts";
import type { HomeroomLog } from "../../../src/elements/log/homeroom-log.ts";
import { logFold } from "../../../src/elements/log/log-fold.ts";
import { plainSentence, speechOf } from "../../../src/elements/log/log-sentence.ts";
import type { LookTarget } from "../../../src/world/action.ts";
import { expectAccessible } from "../accessible.ts";
import { garden, harbor, MadeLog, twoHouses } from "../made-log.ts";

let element: HomeroomLog;

async function show(log: MadeLog, change: Partial<HomeroomLog> = {}): Promise<void> {
  element.state = log.entries.reduce(logFold.step, logFold.initial);
  Object.assign(element, change);
  await element.updateComplete;
}

function sentences(log: MadeLog): string[] {
  const state = log.entries.reduce(logFold.step, logFold.initial);
  const speech = speechOf(state, new Map(), undefined);
  return [...state.lines.items()].map((line) => plainSentence(line, speech));
}

function rows(): HTMLButtonElement[] {
  return [...element.renderRoot.querySelectorAll<HTMLButtonElement>(".row")];
}

async function choose(label: string, value: string): Promise<void> {
  const select = [...element.renderRoot.querySelectorAll("label")]
    .find((each) => each.textContent!.trim().startsWith(label))!
    .querySelector("select")!;
  select.value = value;
  select.dispatchEvent(new Event("change"));
  await element.updateComplete;
}

function voice(): string[] {
  return [...element.renderRoot.querySelector("homeroom-log-voice")!.renderRoot.querySelectorAll("p")].map(
    (each) => each.textContent!,
  );
}

describe("the log's sentences", () => {
  it("tell what happened, in order, with people's names", () => {
    expect(sentences(twoHouses()).slice(-10)).to.deep.equal([
      "Bo’s laptop hands harbor.example a message for #tea:garden.example",
      "harbor.example keeps a message from @bo:harbor.example in #tea:garden.example",
      "harbor.example passes on one event to garden.example",
      "garden.example keeps a message from @bo:harbor.example in #tea:garden.example",
      "Your laptop shows “Earl Grey or mint?” from Bo",
      "Your laptop hands garden.example a message for #tea:garden.example",
      "garden.example keeps a message from @you:garden.example in #tea:garden.example",
      "garden.example passes on one event to harbor.example",
      "harbor.example keeps a message from @you:garden.example in #tea:garden.example",
      "Bo’s laptop shows “Mint, please” from You",
    ]);
  });

  it("fold quiet requests of a device until its own story goes on", () => {
    const log = new MadeLog().server(garden, "leaf").device("bo/phone", garden).device("you/laptop", garden);
    const poll = () => log.exchange("bo/phone", garden, "GET", "/_matrix/client/v3/sync");
    poll();
    poll();
    log.exchange("you/laptop", garden, "POST", "/_matrix/client/v3/createRoom", { body: {} });
    poll();
    log.exchange("bo/phone", garden, "POST", "/_matrix/client/v3/logout");
    poll();
    expect(sentences(log)).to.deep.equal([
      "Bo’s phone said hello to garden.example, 3 requests",
      "Your laptop asks garden.example to make a room",
      "Bo’s phone signs out at garden.example",
      "Bo’s phone said hello to garden.example, one request",
    ]);
  });

  it("tell of cut links, stopped servers, refusals and waiting events", () => {
    const log = twoHouses();
    const before = sentences(log).length;
    const pdu = { type: "m.room.message", sender: "@you:garden.example", content: {} };
    log.add({ type: "link-changed", between: [garden, harbor], cut: true, latency: 1, loss: 0 });
    log.fact(garden, { type: "queue", destination: harbor, waiting: 2, nextTry: log.at + 2000 });
    log.add({ type: "host-stopped", host: harbor }).add({ type: "host-started", host: harbor });
    log.fact(harbor, {
      type: "event-rejected",
      room: "!r",
      event: "$e",
      pdu,
      refusal: { code: "no-words/for-this", facts: {} },
    });
    log.add({ type: "link-changed", between: [garden, harbor], cut: false, latency: 1, loss: 0 });
    log.fact(garden, { type: "queue", destination: harbor, waiting: 0 });
    const told = sentences(log).slice(before);
    expect(told.slice(0, 4)).to.deep.equal([
      "The link between garden.example and harbor.example is cut",
      "2 events wait at garden.example for harbor.example",
      "harbor.example stops",
      "harbor.example runs again",
    ]);
    expect(told[4]).to.match(/^harbor\.example rejects an event from @you:garden\.example in a room: /);
    expect(told.slice(5)).to.deep.equal([
      "The link between garden.example and harbor.example is mended",
      "Nothing waits at garden.example for harbor.example any more",
    ]);
  });

  it("tell what servers find out, throw away and settle", () => {
    const log = twoHouses();
    const before = sentences(log).length;
    const key = { keyId: "ed25519:2", publicKey: "key" };
    log.fact(garden, { type: "server-looked-up", server: harbor, steps: [] });
    log.fact(garden, { type: "signing-key", server: harbor, ...key });
    log.fact(harbor, { type: "signing-key", server: harbor, ...key });
    log.fact(harbor, { type: "signing-key", server: garden, ...key, expired: log.at });
    const refusal = {
      code: "federation/bad-signature",
      facts: { server: harbor, sender: "@bo:harbor.example" },
    };
    log.fact(garden, { type: "event-dropped", pdu: {}, origin: harbor, refusal });
    log.fact(garden, { type: "state-resolved", room: "!r", trace: {} });
    expect(sentences(log).slice(before)).to.deep.equal([
      "garden.example finds out where harbor.example is",
      "garden.example learns the key ed25519:2 of harbor.example",
      "harbor.example signs with a new key, ed25519:2",
      "garden.example throws away an event from harbor.example: it has no signature that fits from harbor.example, where its sender lives",
      "garden.example brings branches of a room together",
    ]);
  });

  it("lead from what was thrown away to the request that brought it", () => {
    const log = twoHouses();
    const pdu = { type: "m.forged" };
    const body = { pdus: [pdu] };
    const sent = log.out(harbor, garden, "PUT", "/_matrix/federation/v1/send/1", { body });
    const refusal = { code: "pdu/too-deep", facts: {} };
    log.held(sent).fact(garden, { type: "event-dropped", pdu, origin: harbor, refusal });
    const { lines } = log.entries.reduce(logFold.step, logFold.initial);
    expect([...lines.items(true)][0]!.subject).to.deep.equal({ exchange: sent });
  });

  it("tell how a link changes, and of what waits only once the other server is away", () => {
    const log = twoHouses();
    const link = { type: "link-changed", between: [garden, harbor] as [string, string], cut: false } as const;
    log.add({ ...link, latency: 150, loss: 0 });
    const before = sentences(log).length;
    log.add({ ...link, latency: 2000, loss: 0 });
    log.add({ ...link, latency: 2000, loss: 0.3 });
    log.add({ ...link, latency: 2000, loss: 0 });
    log.fact(garden, { type: "queue", destination: harbor, waiting: 1 });
    log.fact(garden, { type: "queue", destination: harbor, waiting: 1, nextTry: log.at + 2000 });
    log.fact(garden, { type: "queue", destination: harbor, waiting: 1 });
    log.fact(garden, { type: "queue", destination: harbor, waiting: 0 });
    expect(sentences(log).slice(before)).to.deep.equal([
      "The link between garden.example and harbor.example now takes 2 s each way",
      "The link between garden.example and harbor.example now loses 30 packets of 100",
      "The link between garden.example and harbor.example loses nothing any more",
      "One event waits at garden.example for harbor.example",
      "Nothing waits at garden.example for harbor.example any more",
    ]);
  });

  it("keep 10,000 lines", () => {
    const log = new MadeLog().server(garden, "leaf").device("you/laptop", garden);
    for (let index = 0; index < 12_000; index++) {
      log.exchange("you/laptop", garden, "POST", "/_matrix/client/v3/createRoom", { latency: 1 });
    }
    const { lines } = log.entries.reduce(logFold.step, logFold.initial);
    expect(lines.size).to.equal(10_000);
    expect(lines.at(lines.end - 1)!.index).to.equal(lines.end - 1);
  });
});

describe("homeroom-log", () => {
  beforeEach(() => {
    element = document.createElement("homeroom-log");
    element.style.height = "400px";
    document.body.append(element);
  });
  afterEach(() => element.remove());

  it("opens what a line tells of", async () => {
    const looked: LookTarget[] = [];
    element.addEventListener("homeroom-act", ({ action }) => {
      if (action.type === "look") looked.push(action.at);
    });
    const log = twoHouses();
    await show(log);
    rows()
      .find((row) => row.textContent!.includes("hands"))!
      .click();
    rows().at(-2)!.click();
    expect(looked[0]).to.have.nested.property("exchange.id");
    expect(looked[1]).to.have.nested.property("event.id");
  });

  it("unfolds quiet requests, each of which opens", async () => {
    await show(twoHouses());
    const folded = rows().find((row) => row.hasAttribute("aria-expanded"))!;
    folded.click();
    await element.updateComplete;
    expect(folded.getAttribute("aria-expanded")).to.equal("true");
    expect(element.renderRoot.querySelector(".item")!.textContent).to.equal("GET /versions");
  });

  it("is one stop for Tab, and arrow keys, Home and End go from line to line", async () => {
    await show(twoHouses());
    const stops = () => rows().filter(({ tabIndex }) => tabIndex === 0);
    expect(stops()).to.deep.equal([rows().at(-1)]);
    const at = () => rows().indexOf(element.shadowRoot!.activeElement as HTMLButtonElement);
    const last = rows().length - 1;
    rows().at(-1)!.focus();
    await sendKeys({ press: "ArrowDown" });
    expect(at()).to.equal(last);
    await sendKeys({ press: "ArrowUp" });
    expect(at()).to.equal(last - 1);
    await sendKeys({ press: "Home" });
    expect(at()).to.equal(0);
    expect(stops()).to.deep.equal([rows()[0]]);
    await sendKeys({ press: "End" });
    expect(at()).to.equal(last);
    await sendKeys({ press: "Tab" });
    expect(at()).to.equal(-1);
  });

  it("opens a line by Enter, and goes through what is folded in it", async () => {
    const looked: LookTarget[] = [];
    element.addEventListener("homeroom-act", ({ action }) => {
      if (action.type === "look") looked.push(action.at);
    });
    await show(twoHouses());
    rows().at(-2)!.focus();
    await sendKeys({ press: "Enter" });
    expect(looked).to.have.length(1);
    const folded = rows().find((row) => row.hasAttribute("aria-expanded"))!;
    folded.focus();
    await sendKeys({ press: "Enter" });
    await element.updateComplete;
    await sendKeys({ press: "ArrowDown" });
    expect(element.shadowRoot!.activeElement!.textContent).to.equal("GET /versions");
    await sendKeys({ press: "Enter" });
    expect(looked[1]).to.have.nested.property("exchange.id");
  });

  it("keeps the line with the focus in view while others come, and the focus when it goes", async () => {
    const log = new MadeLog().server(garden, "leaf").device("you/laptop", garden);
    const ask = () => log.exchange("you/laptop", garden, "POST", "/_matrix/client/v3/createRoom");
    for (let index = 0; index < 200; index++) ask();
    await show(log);
    rows().at(-1)!.focus();
    await sendKeys({ press: "ArrowUp" });
    const focused = () => element.shadowRoot!.activeElement as HTMLElement;
    const lines = element.renderRoot.querySelector(".lines")!.getBoundingClientRect();
    for (let index = 0; index < 60; index++) ask();
    await show(log);
    const box = focused().getBoundingClientRect();
    expect(box.top).to.be.at.least(lines.top - 1);
    expect(box.bottom).to.be.at.most(lines.bottom + 1);
    await sendKeys({ press: "Home" });
    for (let index = 0; index < 60; index++) ask();
    await show(log);
    expect(focused()).to.equal(rows()[0]);
  });

  it("filters by host, person and kind", async () => {
    await show(twoHouses());
    const all = rows().length;
    await choose("Host", harbor);
    const atHarbor = rows();
    expect(atHarbor.length).to.be.within(1, all - 1);
    await choose("Kind", "message");
    expect(rows()).to.have.length(0);
    await choose("Host", "");
    await choose("Person", "bo");
    expect(rows().map((row) => row.querySelector(".sentence")!.textContent)).to.deep.equal([
      "Bo’s laptop shows “Mint, please” from You",
    ]);
  });

  it("draws the newest lines and gives the earlier ones when asked", async () => {
    const log = new MadeLog().server(garden, "leaf").device("you/laptop", garden);
    for (let index = 0; index < 400; index++)
      log.exchange("you/laptop", garden, "POST", "/_matrix/client/v3/createRoom");
    await show(log);
    expect(rows()).to.have.length(150);
    element.renderRoot.querySelector<HTMLButtonElement>(".earlier")!.click();
    await element.updateComplete;
    expect(rows()).to.have.length(300);
  });

  it("exports with secrets only when one asks", async () => {
    const asked: boolean[] = [];
    element.addEventListener("homeroom-export-har", ({ secrets }) => asked.push(secrets));
    await show(twoHouses());
    const buttons = [...element.renderRoot.querySelectorAll<HTMLButtonElement>(".export button")];
    expect(buttons.map((button) => button.textContent)).to.deep.equal([
      "Export HAR",
      "Export HAR, secrets masked",
      "Export HAR with passwords and tokens",
    ]);
    for (const button of buttons) button.click();
    expect(asked).to.deep.equal([false, false, true]);
  });

  it("tells listeners what matters, and nothing of what was there before or of requests that went well", async () => {
    const log = twoHouses();
    await show(log);
    log.exchange("you/laptop", garden, "POST", "/_matrix/client/v3/createRoom");
    log.shown("bo/laptop", "!tea", "@you:garden.example", "You", "Come in");
    log.add({ type: "host-stopped", host: harbor });
    await show(log);
    expect(voice()).to.deep.equal([]);
    const region = element.renderRoot
      .querySelector("homeroom-log-voice")!
      .renderRoot.querySelector('[role="log"]')!;
    await new Promise<void>((resolve) => {
      const watch = new MutationObserver(() => {
        watch.disconnect();
        resolve();
      });
      watch.observe(region, { childList: true });
    });
    expect(voice()).to.deep.equal(["Bo’s laptop shows “Come in” from You. harbor.example stops"]);
  });

  it("is accessible in both themes", async () => {
    const log = twoHouses();
    log.add({ type: "host-stopped", host: harbor });
    await show(log);
    rows()[0]!.click();
    element.renderRoot.querySelector("details")!.open = true;
    await element.updateComplete;
    await expectAccessible(element);
    await show(new MadeLog(), { readonly: true });
    await expectAccessible(element);
  });
});
