import { expect } from "chai";
import "../../../src/elements/inspector/homeroom-inspector.ts";
import type { HomeroomInspector } from "../../../src/elements/inspector/homeroom-inspector.ts";
import { inspectorFold } from "../../../src/elements/inspector/inspector-fold.ts";
import type { JsonView } from "../../../src/elements/inspector/json-view.ts";
import type { LookTarget } from "../../../src/world/action.ts";
import { expectAccessible } from "../accessible.ts";
import { garden, harbor, MadeLog, twoHouses } from "../made-log.ts";

let element: HomeroomInspector;
let looked: LookTarget[];
let copied: string[];

async function show(log: MadeLog, subject?: HomeroomInspector["subject"]): Promise<void> {
  element.state = log.entries.reduce(inspectorFold.step, inspectorFold.initial);
  element.subject = subject;
  await element.updateComplete;
  await view()?.updateComplete;
}

function view(): JsonView | null {
  return element.renderRoot.querySelector("json-view");
}

function text(): string {
  return `${element.renderRoot.textContent} ${view()?.renderRoot.textContent ?? ""}`;
}

function button(name: string): HTMLButtonElement {
  const found = [...element.renderRoot.querySelectorAll("button")].find(
    (each) => each.getAttribute("aria-label") === name || each.textContent!.trim() === name,
  );
  if (!found) throw new Error(`There is no button "${name}".`);
  return found;
}

async function press(name: string): Promise<void> {
  button(name).click();
  await element.updateComplete;
  await view()?.updateComplete;
}

function register(): { log: MadeLog; exchange: number } {
  const log = new MadeLog().server(garden, "leaf").device("you/laptop", garden);
  const exchange = log.exchange("you/laptop", garden, "POST", "/_matrix/client/v3/register", {
    body: { username: "zoe", password: "it's a secret", auth: { type: "m.login.dummy" } },
    answer: { user_id: "@zoe:garden.example", access_token: "syt_token", device_id: "LAPTOP" },
    token: "syt_old_token",
  });
  return { log, exchange };
}

describe("homeroom-inspector", () => {
  beforeEach(() => {
    looked = [];
    copied = [];
    element = document.createElement("homeroom-inspector");
    element.style.height = "520px";
    element.addEventListener("homeroom-act", ({ action }) => {
      if (action.type === "look") looked.push(action.at);
    });
    Object.defineProperty(navigator, "clipboard", {
      configurable: true,
      value: { writeText: async (copy: string) => void copied.push(copy) },
    });
    document.body.append(element);
  });
  afterEach(() => {
    element.remove();
    Reflect.deleteProperty(navigator, "clipboard");
  });

  it("says what to do while nothing is open, and offers the newest requests", async () => {
    const { log, exchange } = register();
    await show(log);
    expect(text()).to.contain("Nothing is open here yet");
    element.renderRoot.querySelector<HTMLButtonElement>(".requests button")!.click();
    expect(looked).to.deep.equal([{ exchange: { id: exchange } }]);
  });

  it("takes the focus along to what was opened with it", async () => {
    const { log, exchange } = register();
    await show(log);
    element.renderRoot.querySelector<HTMLButtonElement>(".requests button")!.focus();
    await show(log, { exchange });
    expect(element.shadowRoot?.activeElement?.textContent).to.match(/Your laptop\s*→\s*garden\.example/);
    (element.shadowRoot?.activeElement as HTMLElement | null)?.blur();
    await show(log, { host: garden });
    expect(element.shadowRoot?.activeElement).to.equal(null);
  });

  it("shows method, path, status, who to whom, what it is for, and its place in the specification", async () => {
    const { log, exchange } = register();
    await show(log, { exchange });
    expect(text()).to.match(/Your laptop\s*→\s*garden\.example/);
    for (const part of ["POST", "/_matrix/client/v3/register", "200", "Asks for a new account"]) {
      expect(text().replace(/\s/g, "")).to.contain(part.replace(/\s/g, ""));
    }
    const link = element.renderRoot.querySelector("a")!;
    expect(link.textContent).to.contain("Account registration");
    expect(link.href).to.equal(
      "https://spec.matrix.org/v1.19/client-server-api/#post_matrixclientv3register",
    );
  });

  it("masks secrets until one asks, in copies too", async () => {
    const { log, exchange } = register();
    await show(log, { exchange });
    expect(text()).not.to.match(/it's a secret|syt_/);
    await press("Copy as curl");
    await press("Copy JSON");
    expect(copied.join()).not.to.match(/a secret|syt_/);
    expect(text()).to.contain("Copied the JSON, secrets masked.");
    await press("Show secrets");
    expect(text()).to.contain("it's a secret");
    await press("Copy as curl");
    expect(copied.at(-1)).to.contain("-H 'authorization: Bearer syt_old_token'");
    expect(copied.at(-1)).to.contain(`--data-raw '{"username":"zoe","password":"it'\\''s a secret"`);
    await press("Response");
    expect(text()).to.contain("syt_token");
    await show(log, undefined);
    await show(log, { exchange });
    expect(text()).not.to.match(/it's a secret|syt_/);
  });

  it("goes from request to response by mouse and by keyboard", async () => {
    const { log, exchange } = register();
    await show(log, { exchange });
    const tabs = () =>
      [...element.renderRoot.querySelectorAll('[role="tab"]')].map((tab) =>
        tab.getAttribute("aria-selected"),
      );
    expect(tabs()).to.deep.equal(["true", "false"]);
    element.renderRoot
      .querySelector('[role="tablist"]')!
      .dispatchEvent(new KeyboardEvent("keydown", { key: "ArrowRight" }));
    await element.updateComplete;
    expect(tabs()).to.deep.equal(["false", "true"]);
    await press("Request");
    expect(tabs()).to.deep.equal(["true", "false"]);
  });

  it("explains a field on focus and on hover, and Escape hides the words", async () => {
    const { log, exchange } = register();
    await show(log, { exchange });
    const json = view()!;
    const tip = json.renderRoot.querySelector<HTMLElement>(".tip")!;
    const field = [...json.renderRoot.querySelectorAll<HTMLElement>('[role="treeitem"]')].find((row) =>
      row.textContent!.includes("username"),
    )!;
    field.focus();
    expect(tip.textContent).to.equal("The name before the colon of the new address.");
    expect(tip.checkVisibility()).to.equal(true);
    expect(field.getAttribute("aria-describedby")).to.equal(tip.id);
    field.dispatchEvent(new KeyboardEvent("keydown", { key: "Escape", bubbles: true, composed: true }));
    expect(tip.checkVisibility()).to.equal(false);
    field.blur();
    field.dispatchEvent(
      new PointerEvent("pointerover", { bubbles: true, composed: true, pointerType: "mouse" }),
    );
    await new Promise<void>((resolve) => {
      const watch = new MutationObserver(() => {
        watch.disconnect();
        resolve();
      });
      watch.observe(tip, { attributes: true });
    });
    expect(tip.checkVisibility()).to.equal(true);
  });

  it("walks through the tree with the keys of the tree pattern", async () => {
    const { log, exchange } = register();
    await show(log, { exchange });
    const json = view()!;
    const press = async (key: string) => {
      json.renderRoot
        .querySelector('[role="tree"]')!
        .dispatchEvent(new KeyboardEvent("keydown", { key, bubbles: true }));
      await json.updateComplete;
      return json.renderRoot.querySelector('[tabindex="0"]')!.getAttribute("aria-label");
    };
    expect(await press("ArrowDown")).to.equal("username: zoe");
    expect(await press("ArrowDown")).to.equal("password: hidden secret");
    expect(await press("ArrowDown")).to.equal("auth: one field");
    expect(await press("ArrowRight")).to.equal("type: m.login.dummy");
    expect(await press("ArrowLeft")).to.equal("auth: one field");
    await press("ArrowLeft");
    expect(json.renderRoot.querySelector('[tabindex="0"]')!.getAttribute("aria-expanded")).to.equal("false");
    expect(await press("End")).to.equal("auth: one field");
    expect(await press("Home")).to.equal("Request: 3 fields");
  });

  it("cuts long strings and folds what is large until one asks", async () => {
    const log = new MadeLog().server(garden, "leaf").device("you/laptop", garden);
    const events = Array.from({ length: 300 }, (_, depth) => ({ depth, body: "x".repeat(400) }));
    const exchange = log.exchange("you/laptop", garden, "GET", "/_matrix/client/v3/sync", {
      answer: { chunk: events },
    });
    await show(log, { exchange });
    const json = view()!;
    const rows = () => json.renderRoot.querySelectorAll('[role="treeitem"]').length;
    expect(rows()).to.equal(2);
    json.renderRoot.querySelectorAll<HTMLElement>('[role="treeitem"]')[1]!.click();
    await json.updateComplete;
    expect(rows()).to.equal(103);
    json.renderRoot.querySelectorAll<HTMLElement>('[role="treeitem"]')[2]!.click();
    await json.updateComplete;
    expect(json.renderRoot.textContent).to.contain("Show all 400 characters");
    expect(json.renderRoot.textContent).not.to.contain("x".repeat(400));
  });

  it("tells why there is no answer, and why one refuses", async () => {
    const log = twoHouses();
    const cut = log.out(garden, harbor, "PUT", "/_matrix/federation/v1/send/1", { body: { pdus: [] } });
    log.add({ type: "exchange-failed", exchange: cut, reason: "link-cut" });
    await show(log, { exchange: cut });
    await press("Response");
    expect(text()).to.contain("No answer came: the link is cut.");
    const taken = log.exchange("you/laptop", garden, "POST", "/_matrix/client/v3/register", {
      status: 400,
      answer: { errcode: "M_USER_IN_USE", error: "Taken" },
    });
    await show(log, { exchange: taken });
    await press("Response");
    expect(text()).to.contain("Somebody at this server has this name already.");
  });

  it("goes to the next and previous request of the story", async () => {
    const log = twoHouses();
    const story = [...log.entries]
      .filter((entry) => entry.type === "exchange-out" && entry.request.method !== "GET")
      .map((entry) => (entry.type === "exchange-out" ? entry.exchange : 0));
    await show(log, { exchange: story[1]! });
    await press("Older request");
    await press("Newer request");
    expect(looked).to.deep.equal([{ exchange: { id: story[0] } }, { exchange: { id: story[2] } }]);
    await show(log, { exchange: story[0]! });
    expect(button("Older request").disabled).to.equal(true);
  });

  it("shows an event as servers store it, and who has it", async () => {
    const log = twoHouses();
    const event = log.event([garden], "!tea", 9, "m.room.topic", "@you:garden.example", { topic: "Tea" }, "");
    const pdu = { type: "m.room.topic", sender: "@you:garden.example", content: {} };
    log.fact(harbor, {
      type: "event-rejected",
      room: "!tea",
      event,
      pdu,
      refusal: { code: "some/code", facts: {} },
    });
    await show(log, { event });
    expect(text()).to.contain("m.room.topic").and.to.contain("ed25519:a_1");
    const copies = [...element.renderRoot.querySelectorAll(".copies li")].map((item) =>
      item.textContent!.replace(/\s+/g, " ").trim(),
    );
    expect(copies[0]).to.equal("garden.example keeps it");
    expect(copies[1]).to.match(/^harbor.example rejected it: /);
    expect(element.renderRoot.querySelector("a")!.href).to.match(/#mroomtopic$/);
  });

  it("tells why a server threw away what a request or an answer brought", async () => {
    const log = twoHouses();
    const [sent, asked] = [{ type: "m.forged" }, { type: "m.bent" }];
    const refusal = {
      code: "federation/bad-signature",
      facts: { server: harbor, sender: "@bo:harbor.example" },
    };
    const fact = { type: "event-dropped", origin: harbor, refusal } as const;
    const pushed = log.out(harbor, garden, "PUT", "/_matrix/federation/v1/send/1", {
      body: { pdus: [sent] },
    });
    log
      .held(pushed)
      .fact(garden, { ...fact, pdu: sent })
      .back(pushed);
    const pulled = log.out(garden, harbor, "GET", "/_matrix/federation/v1/backfill/!tea");
    log
      .held(pulled)
      .back(pulled, { answer: { pdus: [asked] } })
      .fact(garden, { ...fact, pdu: asked });
    for (const id of [pushed, pulled]) {
      await show(log, { exchange: id });
      const said = element.renderRoot.querySelector(".dropped")!.textContent!.replace(/\s+/g, " ");
      expect(said).to.match(
        /garden.example throws away an event from harbor.example: it has no signature that fits/,
      );
    }
    await show(log, { host: garden });
    const ways = [...element.renderRoot.querySelectorAll<HTMLButtonElement>(".dropped button")];
    for (const way of ways) way.click();
    expect(looked).to.deep.equal([{ exchange: { id: pulled } }, { exchange: { id: pushed } }]);
    await expectAccessible(element);
  });

  it("shows a host, who lives there and what it did", async () => {
    const log = twoHouses();
    await show(log, { host: garden });
    expect(text()).to.contain("Homeserver".toLowerCase().slice(1)).and.to.contain("Your phone");
    await show(log, { host: "bo/tablet" });
    expect(element.renderRoot.querySelector("homeroom-address")!.text).to.equal("@bo:harbor.example");
  });

  it("is accessible in both themes", async () => {
    const { log, exchange } = register();
    await show(log);
    await expectAccessible(element);
    await show(log, { exchange });
    await expectAccessible(element);
    await press("Show secrets");
    await press("Response");
    element.renderRoot.querySelector("details")!.open = true;
    await expectAccessible(element);
    const talk = twoHouses();
    await show(talk, { host: garden });
    await expectAccessible(element);
    await show(talk, {
      event: talk.event([garden], "!tea", 9, "m.room.topic", "@you:garden.example", {}, ""),
    });
    await expectAccessible(element);
  });
});
