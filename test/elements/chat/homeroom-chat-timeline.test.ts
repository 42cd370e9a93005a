import { sendKeys } from "@web/test-runner-commands";
import { expect } from "chai";
import type { ClientFact } from "../../../src/client/client-fact.ts";
import type { Action } from "../../../src/world/action.ts";
import "../../../src/elements/chat/homeroom-chat-timeline.ts";
import type { HomeroomChatTimeline } from "../../../src/elements/chat/homeroom-chat-timeline.ts";
import { expectAccessible } from "../accessible.ts";
import { bo, chatState, cy, looks, room, said, signedIn, stated, zoe } from "./chat-story.ts";

const frame = () => new Promise((resolve) => requestAnimationFrame(resolve));

describe("homeroom-chat-timeline", () => {
  let place: HTMLElement;
  let timeline: HomeroomChatTimeline;
  let acts: Action[];
  let facts: ClientFact[];

  async function show(more: readonly ClientFact[]): Promise<void> {
    facts = [...facts, ...more];
    const state = chatState(more, { ...chatState([signedIn]), rooms: new Map([["!r", timeline.room]]) });
    timeline.room = state.rooms.get("!r") ?? expect.fail();
    await settled();
  }

  async function settled(): Promise<void> {
    for (let round = 0; round < 6; round += 1) {
      await timeline.updateComplete;
      await frame();
    }
  }

  beforeEach(() => {
    acts = [];
    facts = [];
    place = document.createElement("div");
    place.style.cssText = "inline-size: 330px; block-size: 300px; font: 16px/1.5 sans-serif";
    timeline = document.createElement("homeroom-chat-timeline");
    Object.assign(timeline, {
      by: { person: "you", device: "laptop" },
      roomId: "!r",
      me: zoe,
      looks,
      server: "garden.example",
    });
    timeline.addEventListener("homeroom-act", (event) => acts.push(event.action));
    place.append(timeline);
    document.body.append(place);
  });

  afterEach(() => place.remove());

  const scroller = () => timeline.renderRoot.querySelector<HTMLElement>(".scroller") ?? expect.fail();
  const rows = () => [...timeline.renderRoot.querySelectorAll<HTMLElement>('[role="listitem"]')];
  const rowSaying = (words: string) => rows().find((row) => row.textContent?.includes(words));
  const topOf = (row: Element | undefined) => (row ?? expect.fail("no such row")).getBoundingClientRect().top;
  const fromEnd = () => scroller().scrollHeight - scroller().scrollTop - scroller().clientHeight;
  const many = (count: number, from = 0) =>
    Array.from({ length: count }, (_, at) =>
      said("!r", at % 3 ? bo : cy, `message ${from + at} ${"word ".repeat(at % 17)}`),
    );

  it("shows ten thousand messages with few elements, wherever one is in them", async () => {
    await show([room("!r", "Crowd"), ...many(10_000)]);
    expect(fromEnd()).to.be.lessThan(2);
    expect(rows().length).to.be.lessThan(80);
    expect(rows().at(-1)?.getAttribute("aria-posinset")).to.equal(
      rows().at(-1)?.getAttribute("aria-setsize"),
    );
    expect(rowSaying("message 9999")).to.not.equal(undefined);
    for (let step = 0; step < 40; step += 1) {
      scroller().scrollTop -= 900;
      scroller().dispatchEvent(new Event("scroll"));
      await timeline.updateComplete;
    }
    const box = scroller().getBoundingClientRect();
    const seen = rows().filter(
      (row) => topOf(row) < box.bottom && row.getBoundingClientRect().bottom > box.top,
    );
    expect(seen.length, "rows on the screen after a long way").to.be.greaterThan(2);
  });

  it("keeps to its end while messages come, and to its place while somebody reads above", async () => {
    await show([room("!r", "Crowd"), ...many(60)]);
    await show(many(3, 60));
    expect(fromEnd()).to.be.lessThan(2);
    scroller().scrollTop = 400;
    await settled();
    const row = rows().find((each) => topOf(each) > scroller().getBoundingClientRect().top);
    const words = row?.querySelector(".bubble")?.textContent?.slice(0, 12) ?? expect.fail();
    const before = topOf(rowSaying(words));
    await show(many(5, 63));
    expect(Math.abs(topOf(rowSaying(words)) - before)).to.be.lessThan(2);
    const older = many(40, 100).map((fact) => ({ ...fact, place: "start" }) as ClientFact);
    await show(older);
    expect(Math.abs(topOf(rowSaying(words)) - before)).to.be.lessThan(2);
    const newest = timeline.renderRoot.querySelector<HTMLElement>(".newest") ?? expect.fail();
    expect(newest.textContent).to.contain("5 new messages");
    newest.click();
    await settled();
    expect(fromEnd()).to.be.lessThan(2);
  });

  it("leads to its end when the user writes", async () => {
    await show([room("!r", "Crowd"), ...many(60)]);
    scroller().scrollTop = 200;
    await settled();
    await show([said("!r", zoe, "mine", { id: "~t", transaction: "t", status: "sending" })]);
    expect(fromEnd()).to.be.lessThan(2);
  });

  it("says where each own message is, in words, and offers to mend what failed", async () => {
    await show([
      room("!r", "Bo", { direct: true }),
      said("!r", zoe, "on its way", { id: "~1", status: "sending" }),
      said("!r", zoe, "no line", { id: "~2", status: "waiting" }),
      said("!r", zoe, "not allowed", { id: "~3", status: "failed", errcode: "M_FORBIDDEN" }),
      said("!r", zoe, "there"),
    ]);
    expect(rowSaying("on its way")?.textContent).to.contain("Sending…");
    expect(rowSaying("no line")?.textContent).to.contain("Waiting for garden.example");
    expect(rowSaying("there")?.textContent).to.contain("Sent");
    const failed = rowSaying("not allowed") ?? expect.fail();
    expect(failed.textContent).to.contain("The server does not allow this.");
    const buttons = [...failed.querySelectorAll("button")];
    expect(buttons.map((button) => button.textContent?.trim())).to.deep.equal(["Retry", "Delete"]);
    for (const button of buttons) button.click();
    const expected = { person: "you", device: "laptop", in: "!r", event: "~3" };
    expect(acts.filter(({ type }) => type !== "markRead")).to.deep.equal([
      { type: "retry", ...expected },
      { type: "discard", ...expected },
    ]);
  });

  it("marks what is new, who has read, and that somebody types", async () => {
    await show([
      room("!r", "Crowd", { joined: 3 }),
      said("!r", bo, "old", { id: "$old" }),
      said("!r", zoe, "mine", { id: "$mine" }),
      { type: "receipt", room: "!r", user: bo, event: "$mine" },
      { type: "typing", room: "!r", users: [bo, cy] },
    ]);
    expect(rowSaying("mine")?.textContent).to.contain("Read by bo");
    expect(timeline.renderRoot.textContent).to.contain("bo and cy are typing…");
    const again = chatState([
      room("!r", "Crowd", { joined: 3, unread: 1 }),
      said("!r", bo, "old", { id: "$old" }),
      { type: "read-marker", room: "!r", event: "$old" },
      said("!r", bo, "fresh"),
    ]).rooms.get("!r");
    Object.assign(timeline, { room: again, roomId: "!other" });
    await settled();
    const kinds = rows().map((row) => row.textContent?.trim());
    expect(kinds.indexOf("New")).to.equal(kinds.findIndex((words) => words?.includes("fresh")) - 1);
  });

  it("tells once that the newest message is read, and nothing while the past is looked at", async () => {
    await show([room("!r", "Bo"), said("!r", bo, "hi", { id: "$hi" })]);
    await show([{ type: "typing", room: "!r", users: [bo] }]);
    expect(acts.filter(({ type }) => type === "markRead")).to.have.length(1);
    timeline.readonly = true;
    await show([said("!r", bo, "again")]);
    expect(acts.filter(({ type }) => type === "markRead")).to.have.length(1);
  });

  it("speaks what others write while the learner is there", async () => {
    timeline.attended = true;
    await show([room("!r", "Bo"), said("!r", bo, "one")]);
    await show([said("!r", bo, "two"), said("!r", zoe, "three")]);
    expect(timeline.renderRoot.querySelector('[role="status"]')?.textContent).to.equal("Bo: two");
  });

  it("asks for older messages once at a time", async () => {
    await show([room("!r", "Bo"), said("!r", bo, "hi"), { type: "history", room: "!r", more: true }]);
    const older = timeline.renderRoot.querySelector<HTMLElement>(".older") ?? expect.fail();
    expect(older.textContent?.trim()).to.equal("Load older messages");
    older.click();
    older.click();
    expect(acts.filter(({ type }) => type === "loadOlder")).to.have.length(1);
  });

  it("keeps the focus while older messages are asked for, and at the beginning that they lead to", async () => {
    await show([room("!r", "Bo"), said("!r", bo, "hi"), { type: "history", room: "!r", more: true }]);
    const older = timeline.renderRoot.querySelector<HTMLElement>(".older") ?? expect.fail();
    older.focus();
    await sendKeys({ press: "Enter" });
    await settled();
    expect(acts.map(({ type }) => type)).to.include("loadOlder");
    expect(timeline.shadowRoot?.activeElement).to.equal(older);
    await show([{ type: "history", room: "!r", more: false }]);
    expect(timeline.renderRoot.querySelector(".older")).to.equal(null);
    expect(timeline.shadowRoot?.activeElement).to.equal(scroller());
  });

  it("calls whoever is invited by the name that the event or the room knows, else by the user's", async () => {
    const invite = (user: string, more = {}) =>
      stated("!r", zoe, "m.room.member", { membership: "invite", ...more }, user);
    const ida = "@ida:harbor.example";
    await show([
      room("!r", "Bo"),
      { type: "members", room: "!r", members: [{ user: bo, name: "Bo", membership: "join", power: 0 }] },
      invite(bo),
      invite(cy, { displayname: "Cyril" }),
      invite(ida),
    ]);
    for (const words of ["You invited Bo", "You invited Cyril", "You invited ida"])
      expect(rowSaying(words), words).to.not.equal(undefined);
  });

  it("loads nothing older while the focus only passes through its beginning", async () => {
    await show([room("!r", "Bo"), ...many(40), { type: "history", room: "!r", more: true }]);
    const loads = () => acts.filter(({ type }) => type === "loadOlder").length;
    const toBeginning = async () => {
      scroller().scrollTop = 0;
      scroller().dispatchEvent(new Event("scroll"));
      await settled();
    };
    (timeline.renderRoot.querySelector<HTMLElement>(".older") ?? expect.fail()).focus();
    await toBeginning();
    expect(loads()).to.equal(0);
    scroller().dispatchEvent(new WheelEvent("wheel"));
    await toBeginning();
    expect(loads()).to.equal(1);
  });

  it("contains hostile text: no markup, no overflow, no borrowed direction", async () => {
    const zalgo = `Z${"\u0310\u0313\u0489".repeat(400)}algo`;
    const texts = [
      "<img src=x onerror='window.harmed=1'><script>window.harmed=1</script>",
      "W".repeat(6000),
      "\u202Eevil\u202E left to right",
      "مرحبا <b>hi</b> \u2067abc",
      zalgo,
      "\n".repeat(500),
      'https://example.org/" onmouseover="window.harmed=1',
      "javascript:alert(1)",
    ];
    await show([
      room("!r", zalgo, { topic: "<b>x</b>" }),
      ...texts.map((text) => said("!r", bo, text, { senderName: `\u202E${zalgo}<b>` })),
      said("!r", bo, "x", { content: { msgtype: "m.text", body: { not: "text" } } }),
      said("!r", bo, "x", { content: { msgtype: 7, body: "number", format: [], formatted_body: 5 } }),
      said("!r", bo, "x", {
        content: {
          msgtype: "m.text",
          body: "plain",
          format: "org.matrix.custom.html",
          formatted_body: "<img src=x onerror='window.harmed=1'><b>bold</b>",
        },
      }),
      stated("!r", bo, "m.room.member", { membership: "join", displayname: [] as never }, bo),
      stated("!r", bo, "m.room.topic", { topic: "<i>\u202Etopic</i>" }),
      stated("!r", bo, "org.example.<b>", { a: 1 }),
    ]);
    const inner = timeline.renderRoot.querySelector(".rows") ?? expect.fail();
    expect(inner.querySelector("img, script, b, i")).to.equal(null);
    expect("harmed" in window).to.equal(false);
    expect(scroller().scrollWidth).to.be.at.most(scroller().clientWidth);
    for (const row of rows()) {
      expect(row.scrollWidth, row.textContent?.slice(0, 40)).to.be.at.most(row.clientWidth + 1);
      const bubble = row.querySelector(".bubble");
      if (bubble) expect(bubble.getBoundingClientRect().height).to.be.lessThan(13_000);
    }
    for (const words of inner.querySelectorAll(".text"))
      expect(getComputedStyle(words).unicodeBidi).to.equal("isolate");
    for (const name of inner.querySelectorAll("bdi")) expect(name.textContent?.length).to.be.lessThan(300);
    const formatted = inner.querySelector("homeroom-chat-formatted") ?? expect.fail();
    while (!formatted.renderRoot.querySelector("b")) await frame();
    expect(formatted.renderRoot.querySelector("[onerror]")).to.equal(null);
  });

  it("is the same to a screen reader in lines, and is accessible in both manners", async () => {
    await show([
      room("!r", "Bo"),
      stated("!r", bo, "m.room.create", {}),
      said("!r", bo, "Earl Grey or mint?"),
      said("!r", zoe, "Mint", { status: "failed", id: "~1" }),
      { type: "history", room: "!r", more: true },
    ]);
    expect(scroller().getAttribute("role")).to.equal("log");
    expect(scroller().getAttribute("aria-label")).to.equal("Messages in Bo");
    await expectAccessible(place);
    timeline.manner = "lines";
    await settled();
    expect(rowSaying("Earl Grey")?.textContent?.replace(/\s+/g, " ")).to.match(
      /\d+:\d\d.*<Bo> Earl Grey or mint\?/,
    );
    expect(
      [...timeline.renderRoot.querySelectorAll("button")].map(({ textContent }) => textContent?.trim()),
    ).to.include("Retry");
  });
});
