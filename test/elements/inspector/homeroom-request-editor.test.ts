import { sendKeys } from "@web/test-runner-commands";
import { expect } from "chai";
import "../../../src/elements/inspector/homeroom-inspector.ts";
import type { HomeroomInspector } from "../../../src/elements/inspector/homeroom-inspector.ts";
import { inspectorFold } from "../../../src/elements/inspector/inspector-fold.ts";
import type { JsonObject } from "../../../src/protocol/json.ts";
import type { Action, ActionResult } from "../../../src/world/action.ts";
import { expectAccessible } from "../accessible.ts";
import { allText, byName, everything, focused, waitFor } from "../deep.ts";
import { type MadeLog, twoHouses } from "../made-log.ts";

describe("a request, changed and sent", () => {
  let inspector: HomeroomInspector;
  let place: HTMLElement;
  let acts: Action[];
  let answer: ActionResult;
  let log: MadeLog;

  beforeEach(async () => {
    acts = [];
    answer = { ok: true };
    log = twoHouses();
    place = document.createElement("div");
    place.style.cssText = "inline-size: 380px; block-size: 640px; overflow: auto";
    inspector = document.createElement("homeroom-inspector");
    inspector.addEventListener("homeroom-act", (event) => {
      acts.push(event.action);
      event.result = Promise.resolve(answer);
    });
    place.append(inspector);
    document.body.append(place);
  });

  afterEach(() => place.remove());

  async function show(subject: HomeroomInspector["subject"]): Promise<void> {
    inspector.state = log.entries.reduce(inspectorFold.step, inspectorFold.initial);
    inspector.subject = subject;
    await inspector.updateComplete;
  }

  const editor = () =>
    waitFor(() => [...everything(place)].find((each) => each.classList.contains("cm-content")));

  async function open(path: string, body: object): Promise<void> {
    const exchange = log.out("you/laptop", "garden.example", "PUT", path, { body: body as JsonObject });
    await show({ exchange });
    (await waitFor(() => byName(inspector, "button", "Edit and send…"))).click();
    await waitFor(() => focused()?.textContent === "Send a request");
  }

  const statePath = "/_matrix/client/v3/rooms/!a/state/m.room.join_rules";

  it("goes out as whoever is chosen, with the answer beside it", async () => {
    await open(statePath, { join_rule: "invite" });
    await editor();
    await expectAccessible(place);
    const who = await waitFor(() => byName<HTMLSelectElement>(inspector, "combobox", "Who sends it"));
    who.value = [...who.options].at(-1)!.value;
    who.dispatchEvent(new Event("change"));
    (await waitFor(() => byName(inspector, "button", "Send"))).click();
    const [sent] = await waitFor(() => acts.length > 0 && acts);
    expect(sent).to.deep.include({ type: "request", method: "PUT", path: statePath });
    expect(JSON.parse((sent as { body: string }).body)).to.deep.equal({ join_rule: "invite" });
    const [person] = who.value.split("/");
    expect(sent).to.include({ person });
  });

  it("is another request each time, with a transaction id of its own", async () => {
    const path = "/_matrix/client/v3/rooms/!a/send/m.room.message/m1";
    await open(path, { msgtype: "m.text", body: "Hello" });
    for (const count of [1, 2]) {
      (await waitFor(() => byName(inspector, "button", "Send"))).click();
      await waitFor(() => acts.length === count);
    }
    const paths = acts.map((action) => (action as { path: string }).path);
    expect(new Set([path, ...paths]).size).to.equal(3);
    for (const each of paths) expect(each).to.match(/\/send\/m\.room\.message\/hand-\w+$/);
  });

  it("says what is no JSON, and what the specification wants otherwise", async () => {
    await open(statePath, { join_rule: "everybody" });
    const field = await editor();
    await waitFor(() =>
      [...everything(place)].some((each) => each.classList.contains("cm-lintRange-warning")),
    );
    field.focus();
    await sendKeys({ press: "Control+A" });
    await sendKeys({ type: "{" });
    await waitFor(() =>
      [...everything(place)].some((each) => each.matches(".cm-lintRange-error, .cm-lintPoint-error")),
    );
  });

  it("offers what the specification knows", async () => {
    await open(statePath, { join_rule: "" });
    const field = await editor();
    await waitFor(() => allText(place).includes("Ctrl and space offer"));
    field.focus();
    await sendKeys({ press: "Control+Home" });
    await sendKeys({ press: "ArrowDown" });
    await sendKeys({ press: "End" });
    await sendKeys({ press: "ArrowLeft" });
    await sendKeys({ press: "Control+Space" });
    await waitFor(() => allText(place).includes('"knock_restricted"'));
  });

  it("stays where the request was refused, and goes back", async () => {
    answer = { ok: false, refusal: { code: "network/link-cut", facts: {} } };
    await open(statePath, { join_rule: "invite" });
    (await waitFor(() => byName(inspector, "button", "Send"))).click();
    await waitFor(() => allText(place).includes("The link is cut"));
    (await waitFor(() => byName(inspector, "button", "Back"))).click();
    await waitFor(() => focused()?.textContent?.trim() === "Edit and send…");
  });

  it("is not offered for the past, nor for what servers sign", async () => {
    const exchange = log.out("garden.example", "harbor.example", "PUT", "/_matrix/federation/v1/send/1");
    await show({ exchange });
    expect(byName(inspector, "button", "Edit and send…")).to.equal(undefined);
    const own = log.out("you/laptop", "garden.example", "PUT", statePath);
    inspector.readonly = true;
    await show({ exchange: own });
    expect(byName(inspector, "button", "Edit and send…")).to.equal(undefined);
  });
});
