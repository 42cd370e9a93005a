import { sendKeys } from "@web/test-runner-commands";
import { expect } from "chai";
import "../../../src/elements/addresses/homeroom-addresses.ts";
import { addressFold } from "../../../src/elements/addresses/address-fold.ts";
import type { HomeroomAddresses } from "../../../src/elements/addresses/homeroom-addresses.ts";
import { PointerHand } from "../../../src/elements/pointer-hand.ts";
import type { Happening } from "../../../src/simulation/log.ts";
import type { Action, ActionResult } from "../../../src/world/action.ts";
import { expectAccessible } from "../accessible.ts";
import { looks } from "../chat/chat-story.ts";
import { allText, byName, waitFor } from "../deep.ts";

const wrote = (field: string, text: string): Happening => ({
  type: "action",
  person: "you",
  scripted: false,
  action: { type: "writeAddress", field, text },
});
const followed = (text: string): Happening => ({
  type: "action",
  person: "you",
  scripted: false,
  action: { type: "openAddress", person: "you", text },
});
const asked = (url: string): Happening => ({
  type: "exchange-out",
  exchange: 7,
  from: "you/laptop",
  to: "garden.example",
  request: { method: "GET", url, headers: [] },
  arrives: 0,
});
const answered = (status: number, body: string): Happening => ({
  type: "exchange-back",
  exchange: 7,
  response: { status, headers: [], body },
  arrives: 0,
});
const teaUrl = "https://garden.example/_matrix/client/v3/directory/room/%23tea%3Agarden.example";

describe("homeroom-addresses", () => {
  let view: HomeroomAddresses;
  let acts: Action[];
  let story: Happening[];
  let result: ActionResult;

  function tell(...more: Happening[]): void {
    story = [...story, ...more];
    view.state = story.reduce(
      (state, happening, sequence) => addressFold.step(state, { sequence, at: 0, ...happening }),
      addressFold.initial,
    );
  }

  beforeEach(async () => {
    acts = [];
    story = [];
    result = { ok: true };
    view = document.createElement("homeroom-addresses");
    Object.assign(view, { fields: ["one", "two"], labels: { one: "Sam’s address", two: "A room" }, looks });
    view.addEventListener("homeroom-act", (event) => {
      acts.push(event.action);
      if (event.action.type === "writeAddress") tell(wrote(event.action.field, event.action.text));
      event.result = Promise.resolve(result);
    });
    document.body.append(view);
    await view.updateComplete;
  });

  afterEach(() => view.remove());

  const field = (name: string) => byName<HTMLTextAreaElement>(view, "textbox", name) ?? expect.fail(name);
  const write = async (name: string, text: string) => {
    field(name).focus();
    field(name).select();
    await sendKeys({ type: text });
  };

  it("takes apart what is written while it is written, and tells it when the learner pauses", async () => {
    await write("Sam’s address", "@sam:garden.example");
    expect(
      [...view.renderRoot.querySelectorAll(".part .piece")].map(({ textContent }) => textContent),
    ).to.deep.equal(["@", "sam", ":", "garden.example"]);
    expect(byName(view, "list", "Its parts")?.textContent?.replace(/\s+/g, " ")).to.match(
      /sigil: a person.*localpart: the name.*server name: the home/,
    );
    const told = { type: "writeAddress", field: "one", text: "@sam:garden.example" };
    await waitFor(() => JSON.stringify(acts.at(-1)) === JSON.stringify(told));
    expect(allText(view)).to.contain("Its home is garden.example");
    expect(allText(view)).to.contain("https://matrix.to/#/@sam:garden.example");
    expect(allText(view)).to.contain("matrix:u/sam:garden.example");
  });

  it("says what is wrong, and puts a caret under it", async () => {
    tell(wrote("one", "sam@garden.example"));
    await view.updateComplete;
    expect(field("Sam’s address").getAttribute("aria-invalid")).to.equal("true");
    expect(view.renderRoot.querySelector("mark")?.textContent).to.equal("@");
    expect(view.renderRoot.querySelector(".where")?.textContent).to.equal("sam@garden.example");
    expect(allText(view)).to.contain("This is written like an e-mail address.");
  });

  it("takes a name of old times, and says that it is one", async () => {
    tell(wrote("one", "@Sam:garden.example"));
    await waitFor(() => allText(view).includes("Only very old accounts have a name like this."));
  });

  it("follows an address, and says what its home answered", async () => {
    tell(wrote("two", "#tea:garden.example"));
    (await waitFor(() => byName(view, "button", "Follow it"))).click();
    await waitFor(() => acts[0]);
    expect(acts[0]).to.deep.equal({ type: "openAddress", person: "you", text: "#tea:garden.example" });
    tell(followed("#tea:garden.example"), asked(teaUrl));
    await waitFor(() => allText(view).includes("Asking garden.example"));
    tell(answered(200, '{"room_id":"!abc:garden.example"}'));
    await waitFor(() => allText(view).includes("knows this room. Its id is !abc:garden.example"));
    tell(followed("#tea:garden.example"), asked(teaUrl), answered(404, '{"errcode":"M_NOT_FOUND"}'));
    await waitFor(() => allText(view).includes("garden.example knows no room by this name. (status 404)"));
    tell(followed("#tea:garden.example"), asked(teaUrl), {
      type: "exchange-failed",
      exchange: 7,
      reason: "link-cut",
    });
    await waitFor(() => allText(view).includes("gave no answer. The link is cut"));
  });

  it("knows a room id that names no home", async () => {
    const id = `!${"aB3-".repeat(10)}xyz`;
    tell(wrote("one", id));
    await waitFor(() => allText(view).includes("It names no home: nobody owns this room."));
    expect(byName<HTMLButtonElement>(view, "button", "Follow it")?.disabled).to.equal(true);
    tell(wrote("one", `https://matrix.to/#/${id}?via=harbor.example`));
    await waitFor(() => byName<HTMLButtonElement>(view, "button", "Follow it")?.disabled === false);
  });

  it("shows what the step put there, also after it was reset", async () => {
    await write("Sam’s address", "@x");
    await waitFor(() => acts[0]);
    story = [];
    tell(wrote("one", "@kim"));
    await view.updateComplete;
    expect(field("Sam’s address").value).to.equal("@kim");
  });

  it("can be played by the hand", async () => {
    const hand = new PointerHand(new AbortController().signal);
    expect(
      await view.demonstrate({ type: "writeAddress", field: "one", text: "@kim:harbor.example" }, hand),
    ).to.equal(true);
    expect(acts).to.deep.equal([{ type: "writeAddress", field: "one", text: "@kim:harbor.example" }]);
    await view.updateComplete;
    expect(
      await view.demonstrate({ type: "openAddress", person: "you", text: "@kim:harbor.example" }, hand),
    ).to.equal(true);
    expect(acts.at(-1)?.type).to.equal("openAddress");
    expect(await view.demonstrate({ type: "writeAddress", field: "none", text: "x" }, hand)).to.equal(false);
    hand.leave();
  });

  it("contains whatever is written", async () => {
    tell(
      wrote("one", "<img src=x onerror='window.harmed=1'>"),
      wrote("two", `@${"w".repeat(1500)}:garden.example`),
    );
    view.style.inlineSize = "300px";
    await view.updateComplete;
    expect(view.renderRoot.querySelector("img")).to.equal(null);
    expect(view.scrollWidth).to.be.at.most(view.clientWidth);
    expect("harmed" in window).to.equal(false);
  });

  it("is accessible, whole and broken", async () => {
    tell(
      wrote("one", "https://matrix.to/#/#tea:garden.example:8448?via=harbor.example"),
      wrote("two", "#tea.garden.example"),
    );
    await view.updateComplete;
    await expectAccessible(view);
  });
});
