import { sendKeys, setViewport } from "@web/test-runner-commands";
import { expect } from "chai";
import { speak } from "../../../src/catalogue/catalogue.ts";
import { loadWords } from "../../../src/catalogue/languages.ts";
import "../../../src/elements/step/homeroom-step.ts";
import { PointerHand } from "../../../src/elements/pointer-hand.ts";
import type { HomeroomStep } from "../../../src/elements/step/homeroom-step.ts";
import type { StepAct } from "../../../src/elements/step/step-event.ts";
import type { Step, StepProse } from "../../../src/tutorial/tutorial.ts";
import type { Condition } from "../../../src/world/condition.ts";
import { expectAccessible } from "../accessible.ts";
import { bindings, looks } from "../chat/chat-story.ts";
import { allText, byName, focused, waitFor } from "../deep.ts";

const always: Condition = { type: "all", of: [] };
const goal = (id: string) => ({ id, hold: false, solution: [], condition: always });
const step: Step = {
  id: "cut",
  views: {},
  start: [],
  speed: 1,
  misses: [{ id: "alone", condition: always, example: [] }],
  goals: [goal("cut"), goal("sent"), goal("who")],
  quizzes: [{ id: "who", answers: ["bo", "server"], right: "server" }],
};

const prose: StepProse = {
  headline: "The cable breaks. Who still talks?",
  html: "<p>You are {you.name}, and live at {you.server}. Write to {bo}, or to {cy.name}.</p>",
  goals: { cut: "Cut the link", sent: "Send something to {bo}" },
  misses: { alone: "That went elsewhere; Bo is *not* there." },
  hints: ["Look at the map.", "Click the line."],
  fields: {},
  quizzes: {
    who: {
      question: "Who keeps it?",
      answers: {
        bo: { text: "Bo", feedback: "Bo was away." },
        server: { text: "The server", feedback: "It kept a copy." },
      },
    },
  },
  speaker: [],
};

describe("homeroom-step", () => {
  let panel: HomeroomStep;
  let acts: StepAct[];

  beforeEach(async () => {
    acts = [];
    panel = document.createElement("homeroom-step");
    Object.assign(panel, {
      tutorial: "Federation",
      number: 5,
      count: 9,
      step,
      prose,
      bindings,
      looks,
      canGoBack: true,
    });
    panel.addEventListener("homeroom-step", (event) => acts.push(event.act));
    document.body.append(panel);
    await panel.updateComplete;
  });

  afterEach(async () => {
    panel.remove();
    speak("en", {});
    await setViewport({ width: 1000, height: 800 });
  });

  const show = async (change: Partial<HomeroomStep>) => {
    Object.assign(panel, change);
    await panel.updateComplete;
  };
  const button = (name: string) => byName<HTMLButtonElement>(panel, "button", name);
  const met = (...ids: string[]) => ({
    met: Object.fromEntries(ids.map((id, at) => [id, at])),
    lost: [],
    answers: {},
  });

  it("says where one is, fills roles, and colours addresses", () => {
    expect(byName(panel, "region", "Federation · Step 5")).to.not.equal(undefined);
    expect(panel.renderRoot.querySelector("h1")?.textContent).to.equal(prose.headline);
    const addresses = [...panel.renderRoot.querySelectorAll(".prose homeroom-address")];
    expect(addresses.map((each) => each.textContent)).to.deep.equal(["garden.example", "@bo:harbor.example"]);
    expect(allText(panel)).to.contain("You are You, and live at");
    expect(allText(panel)).to.contain("or to Cy.");
  });

  it("begins no line with the comma after an address", async () => {
    const words = panel.renderRoot.querySelector(".prose")!;
    for (const address of words.querySelectorAll("homeroom-address")) {
      if (!/^[,.]/.test(address.nextSibling?.textContent ?? "")) continue;
      expect(getComputedStyle(address.parentElement!).whiteSpace).to.equal("nowrap");
    }
    const kept = [...words.querySelectorAll(".whole")].map((each) => each.lastChild?.textContent);
    expect(kept).to.deep.equal([".", ","]);
    await show({
      goals: { ...met(), miss: "alone" },
      prose: { ...prose, misses: { alone: "Ask {bo}, then go." } },
    });
    expect(panel.renderRoot.querySelector(".miss .whole")!.textContent?.trim()).to.equal(",");
    expect(panel.renderRoot.querySelector(".miss")!.textContent).to.match(/Ask\s+,\s+then go\./);
  });

  it("never takes a name for markup", async () => {
    const people = {
      ...bindings.people,
      you: { name: "<img src=x onerror='window.harmed=1'>", server: "garden.example" },
    };
    await show({ bindings: { ...bindings, people } });
    expect(panel.renderRoot.querySelector("img")).to.equal(null);
    expect(allText(panel)).to.contain("You are <img src=x");
    expect("harmed" in window).to.equal(false);
  });

  it("ticks goals live, says each once, and readies Next when all are met", async () => {
    expect(button("Next")?.disabled).to.equal(true);
    expect(button("Skip")).to.not.equal(undefined);
    await show({ goals: met("cut") });
    const spoken = () => [...panel.renderRoot.querySelectorAll('[role="status"]')].at(-1)?.textContent;
    expect(panel.renderRoot.querySelector('[data-goal="cut"]')?.textContent).to.contain("Done:");
    expect(spoken()).to.equal("Done: Cut the link");
    await show({ goals: met("cut", "sent", "who"), met: true });
    expect(spoken()).to.equal("Done: Send something to @bo:harbor.example All done. Next is ready.");
    expect(button("Skip")).to.equal(undefined);
    button("Next")?.click();
    expect(acts).to.deep.equal([{ type: "next" }]);
    await show({ goals: { ...met("cut", "sent", "who"), lost: ["cut"] }, met: false });
    expect(panel.renderRoot.querySelector('[data-goal="cut"]')?.textContent).to.contain("No longer so:");
  });

  it("names its buttons as agreed, and fires what they say", async () => {
    for (const name of ["Back", "Skip", "Show me", "Reset step", "Copy link"]) button(name)?.click();
    panel.renderRoot.querySelector("summary")?.click();
    (await waitFor(() => button("Start again"))).click();
    expect(acts.map(({ type }) => type)).to.deep.equal([
      "back",
      "skip",
      "showMe",
      "reset",
      "copyLink",
      "startAgain",
    ]);
    await show({ playing: true });
    expect(button("Show me")).to.equal(undefined);
    button("Stop")?.click();
    expect(acts.at(-1)).to.deep.equal({ type: "stop" });
    await show({ playing: false, number: 9, copied: true });
    expect(button("Finish")).to.not.equal(undefined);
    expect(button("Link copied")).to.not.equal(undefined);
  });

  it("gives hints one after the other", async () => {
    button("Hint")?.click();
    expect(acts).to.deep.equal([{ type: "hint", available: 2 }]);
    await show({ hints: 1 });
    expect(allText(panel)).to.contain("Look at the map.").and.not.contain("Click the line.");
    expect(button("Another hint")).to.not.equal(undefined);
    await show({ hints: 2 });
    expect(allText(panel)).to.contain("Click the line.");
    expect(button("Another hint")).to.equal(undefined);
  });

  it("says politely that something was near", async () => {
    await show({ goals: { ...met(), miss: "alone" } });
    const miss = panel.renderRoot.querySelector(".miss");
    expect(miss?.closest('[role="status"]')).to.not.equal(null);
    expect(miss?.querySelector("em")?.textContent).to.equal("not");
  });

  it("brings what was near into view", async () => {
    panel.style.cssText = "display: block; block-size: 220px";
    await show({ goals: met() });
    await show({ goals: { ...met(), miss: "alone" } });
    await new Promise((drawn) => requestAnimationFrame(drawn));
    await new Promise((drawn) => requestAnimationFrame(drawn));
    const scroll = panel.renderRoot.querySelector(".scroll")!.getBoundingClientRect();
    const miss = panel.renderRoot.querySelector(".miss")!.getBoundingClientRect();
    expect(miss.top).to.be.at.least(scroll.top - 1);
    expect(miss.bottom).to.be.at.most(scroll.bottom + 1);
  });

  it("asks a quiz as a group of choices, and answers each with its words", async () => {
    const choice = byName<HTMLInputElement>(panel, "radio", "Bo") ?? expect.fail();
    expect(byName(panel, "group", /Who keeps it\?/)).to.not.equal(undefined);
    choice.click();
    expect(acts).to.deep.equal([{ type: "answer", quiz: "who", with: "bo" }]);
    await show({ goals: { ...met(), answers: { who: "bo" } } });
    expect(allText(panel)).to.contain("Not quite. Bo was away.");
    await show({ goals: { ...met("who"), answers: { who: "server" } } });
    expect(allText(panel)).to.contain("Yes. It kept a copy.");
    expect(byName<HTMLInputElement>(panel, "radio", "The server")?.checked).to.equal(true);
  });

  it("keeps the tick of a question that was answered, whatever one tries afterwards", async () => {
    const tick = () => panel.renderRoot.querySelector("legend")!.classList.contains("met");
    await show({ goals: { ...met(), answers: { who: "bo" } } });
    expect(tick()).to.equal(false);
    await show({ goals: { ...met("who"), answers: { who: "server" } } });
    expect(tick()).to.equal(true);
    await show({ goals: { ...met("who"), answers: { who: "bo" } } });
    expect(tick()).to.equal(true);
    expect(allText(panel)).to.contain("Bo was away.");
  });

  it("has its buttons in one row in each language, as narrow as it gets beside the stage", async () => {
    const inter = new URL(
      "../../../node_modules/@fontsource-variable/inter/files/inter-latin-wght-normal.woff2",
      import.meta.url,
    );
    document.fonts.add(await new FontFace("Inter Variable", `url(${inter})`, { weight: "100 900" }).load());
    panel.style.cssText = "display: block; inline-size: 343px; block-size: 600px";
    await setViewport({ width: 1024, height: 768 });
    for (const language of ["en", "fr", "de"] as const) {
      speak(language, (await loadWords(language)) ?? {});
      for (const number of [5, 9]) {
        panel.number = number;
        panel.requestUpdate();
        await panel.updateComplete;
        const buttons = [...panel.renderRoot.querySelectorAll<HTMLElement>(".main button")];
        const tops = new Set(buttons.map((each) => Math.round(each.getBoundingClientRect().top)));
        expect([...tops], `${language}: ${buttons.map((each) => each.textContent!.trim())}`).to.have.length(
          1,
        );
        expect(buttons).to.have.length(4);
        const ends = buttons.map((each) => each.getBoundingClientRect().right);
        expect(Math.max(...ends)).to.be.at.most(panel.getBoundingClientRect().right);
      }
    }
  });

  it("begins each step at its top", async () => {
    panel.style.cssText = "display: block; inline-size: 343px; block-size: 200px";
    const words = panel.renderRoot.querySelector(".scroll")!;
    words.scrollTop = 40;
    expect(words.scrollTop).to.be.above(0);
    await show({ step: { ...step, id: "mend" } });
    expect(words.scrollTop).to.equal(0);
  });

  it("hands the focus on where a button goes", async () => {
    const focused = () => panel.shadowRoot?.activeElement?.textContent?.trim();
    await show({});
    button("Reset step")?.focus();
    await show({ question: { about: "reset", step: 2 } });
    expect(focused()).to.equal("Keep what I have");
    panel.shadowRoot?.activeElement?.dispatchEvent(
      new KeyboardEvent("keydown", { key: "Escape", bubbles: true }),
    );
    expect(acts.map(({ type }) => type)).to.deep.equal(["decline"]);
    await show({ question: undefined });
    expect(focused()).to.equal("Reset step");
    button("Show me")?.focus();
    await show({ playing: true });
    expect(focused()).to.equal("Stop");
    await show({ playing: false, busy: true });
    expect(panel.shadowRoot?.activeElement?.localName).to.equal("h1");
  });

  it("asks before anything is dropped, and only looks when one looks back", async () => {
    await show({ question: { about: "reset", step: 2 } });
    expect(byName(panel, "alertdialog", /Go back to how this step began\?/)).to.not.equal(undefined);
    button("Keep what I have")?.click();
    button("Reset it")?.click();
    expect(acts.map(({ type }) => type)).to.deep.equal(["decline", "confirm"]);
    await show({ question: undefined, lookingBack: true });
    expect(button("Show me")?.disabled).to.equal(true);
    expect(button("Next")?.disabled).to.equal(false);
    expect(byName<HTMLFieldSetElement>(panel, "group", /Who keeps it/)?.disabled).to.equal(true);
  });

  it("says when the stage is not ready, or could not be set", async () => {
    await show({ busy: true });
    expect(allText(panel)).to.contain("Setting the stage…");
    await show({ busy: false, trouble: "world" });
    button("Try again")?.click();
    expect(acts).to.deep.equal([{ type: "retry" }]);
  });

  it("shows how to answer with the hand", async () => {
    const hand = new PointerHand(new AbortController().signal);
    expect(await panel.demonstrate({ type: "answer", quiz: "who", with: "server" }, hand)).to.equal(true);
    expect(acts).to.deep.equal([{ type: "answer", quiz: "who", with: "server" }]);
    expect(await panel.demonstrate({ type: "answer", quiz: "other", with: "x" }, hand)).to.equal(false);
    hand.leave();
  });

  it("is a sheet on a narrow page, folded and unfolded by click and key", async () => {
    await setViewport({ width: 390, height: 780 });
    await waitFor(() => panel.sheet);
    const handle = () => panel.renderRoot.querySelector<HTMLElement>(".handle") ?? expect.fail();
    expect(handle().getAttribute("aria-expanded")).to.equal("true");
    handle().focus();
    await sendKeys({ press: "Enter" });
    await waitFor(() => panel.folded);
    expect(panel.getBoundingClientRect().height).to.be.lessThan(180);
    expect(button("Next")).to.not.equal(undefined);
    expect(focused()).to.equal(handle());
    await sendKeys({ press: "Enter" });
    await waitFor(() => !panel.folded);
    const field = document.body.appendChild(document.createElement("input"));
    field.focus();
    expect(panel.folded, "somebody writes on the stage").to.equal(true);
    field.remove();
    handle().click();
    await show({ playing: true });
    expect(panel.folded).to.equal(true);
    for (const each of panel.renderRoot.querySelectorAll<HTMLElement>("button"))
      if (each.checkVisibility()) expect(each.getBoundingClientRect().right).to.be.at.most(390);
    await expectAccessible(panel);
  });

  it("is accessible", async () => {
    await show({ goals: { ...met("cut"), miss: "alone", answers: { who: "bo" } }, hints: 1 });
    await expectAccessible(panel);
    await show({ goals: met("cut", "sent", "who"), met: true });
    await expectAccessible(panel);
    await show({ question: { about: "start-again", step: 0 }, lookingBack: true });
    await expectAccessible(panel);
  });
});
