import { after, before, describe, it } from "node:test";
import { BuiltSite } from "./built-site.ts";

describe("a learner's way", () => {
  let site: BuiltSite;
  before(async () => {
    site = await BuiltSite.open();
  });
  after(() => site?.close());

  it("leads from Home into the first tutorial, to a friend's answer, and on", async () => {
    const visitor = await site.visitor();
    const { page } = visitor;
    await visitor.go("");
    await page.getByRole("link", { name: "Start: Say hello" }).click();
    await visitor.headline("Pick a name. That is all.").waitFor();
    await visitor.at("tutorials/hello/name/");
    await visitor.titled(/^Pick a name\. That is all\. · Say hello/);
    await visitor.signUp();
    await visitor.headline("Bo is waiting for you").waitFor();
    await visitor.at("tutorials/hello/write/");
    await visitor.button("Accept").click();
    await page.getByRole("textbox", { name: "Message" }).fill("Hi Bo, it is me.");
    await page.keyboard.press("Enter");
    await visitor.text("You made it! Was that hard?").waitFor();
    await visitor.ready("Next").click();
    await visitor.headline("Where did your words go?").waitFor();
    await page.getByRole("group", { name: "Map" }).or(page.locator("homeroom-network")).first().waitFor();
    await visitor.leave();
  });

  it("goes on in the same step, with the same messages, after a reload", async () => {
    const visitor = await site.visitor();
    const { page } = visitor;
    await visitor.go("tutorials/hello/");
    await visitor.signUp("mina");
    await visitor.button("Accept").click();
    await page.getByRole("textbox", { name: "Message" }).fill("Are you there?");
    await page.keyboard.press("Enter");
    await visitor.text("You made it! Was that hard?").waitFor();
    await page.reload();
    await visitor.headline("Bo is waiting for you").waitFor();
    await visitor.text("Are you there?").waitFor();
    await visitor.ready("Next").waitFor();
    await visitor.at("tutorials/hello/write/");
    await visitor.go("");
    await page.getByRole("link", { name: "Continue: Say hello" }).waitFor();
    await visitor.leave();
  });

  it("goes back to how the step began, and keeps what was before", async () => {
    const visitor = await site.visitor();
    const { page } = visitor;
    await visitor.go("tutorials/hello/follow/");
    const box = page.getByRole("textbox", { name: "Message" }).first();
    await box.fill("Only in this step");
    await page.keyboard.press("Enter");
    await visitor.text("Only in this step").waitFor();
    await visitor.button("Reset step").click();
    await visitor.text("Only in this step").waitFor({ state: "detached" });
    await visitor.text("You made it! Was that hard?").waitFor();
    await visitor.leave();
  });

  it("looks back without changing anything, by button and by the browser's history", async () => {
    const visitor = await site.visitor();
    const { page } = visitor;
    await visitor.go("tutorials/hello/");
    await visitor.signUp();
    await visitor.headline("Bo is waiting for you").waitFor();
    await visitor.button("Back").click();
    await visitor.headline("Pick a name. That is all.").waitFor();
    await visitor.at("tutorials/hello/name/");
    await page.goBack();
    await visitor.headline("Bo is waiting for you").waitFor();
    await page.goForward();
    await visitor.headline("Pick a name. That is all.").waitFor();
    await visitor.ready("Next").click();
    await visitor.headline("Bo is waiting for you").waitFor();
    await visitor.ready("Accept").waitFor();
    await visitor.leave();
  });

  it("opens a link to a step with all that came before, and asks before it drops anything", async () => {
    const visitor = await site.visitor();
    await visitor.go("tutorials/hello/inside/");
    await visitor.text("You made it! Was that hard?").waitFor();
    await visitor.ready("Skip").waitFor();
    await visitor.go("tutorials/hello/write/");
    await visitor.headline("Open the envelope").waitFor();
    await visitor.button("Keep what I have").click();
    await visitor.ready("Skip").waitFor();
    await visitor.at("tutorials/hello/inside/");
    await visitor.leave();
  });

  it("gives a second tab a fresh copy, and the tutorial itself where one wants to go on", async () => {
    const visitor = await site.visitor();
    await visitor.go("tutorials/hello/");
    await visitor.signUp("ona");
    await visitor.ready("Accept").waitFor();
    const second = await visitor.context.newPage();
    visitor.watch(second);
    await second.goto(visitor.page.url());
    await second.getByText("This tutorial is open in another tab.").waitFor();
    await second.getByRole("button", { name: "Continue here" }).click();
    await second.getByRole("button", { name: "Account of ona" }).waitFor();
    await visitor.page.getByText("You went on with this tutorial in another tab.").waitFor();
    await visitor.button("Continue here").click();
    await visitor.button("Account of ona").waitFor();
    await second.getByText("You went on with this tutorial in another tab.").waitFor();
    await visitor.leave();
  });

  it("plays the solutions before the learner's eyes until a click of theirs", async () => {
    const visitor = await site.visitor();
    await visitor.go("tutorials/hello/");
    const { x, y } = (await visitor.page.getByLabel("User name").boundingBox())!;
    await visitor.button("Show me").click();
    await visitor.page.locator("homeroom-pointer").waitFor({ state: "attached" });
    await visitor.page.mouse.click(x + 5, y + 5);
    await visitor.ready("Show me").click();
    await visitor.ready("Next").click();
    await visitor.headline("Bo is waiting for you").waitFor();
    await visitor.leave();
  });

  it("skips what is left at once, step after step, to the end and on to the next tutorial", async () => {
    const visitor = await site.visitor();
    const { page } = visitor;
    await visitor.go("tutorials/hello/");
    const steps = Number(
      /of (\d+)/.exec(
        (await page
          .getByText(/^Step 1 of/)
          .first()
          .textContent()) ?? "",
      )?.[1],
    );
    for (let step = 1; step <= steps; step++) {
      await page.getByText(`Step ${step} of ${steps}`).first().waitFor();
      await visitor.ready("Skip").click();
    }
    await visitor.headline("That was it. Well done!").waitFor();
    await page.waitForFunction(() => document.activeElement?.localName === "h1");
    await visitor.button("Back").click();
    await page.getByText(`Step ${steps} of ${steps}`).first().waitFor();
    await page.waitForFunction(
      () => document.querySelector("homeroom-step")?.shadowRoot?.activeElement?.localName === "h1",
    );
    await visitor.ready("Finish").click();
    await visitor.headline("That was it. Well done!").waitFor();
    await page.getByRole("link", { name: /^Start: / }).click();
    await visitor.ready("Skip").waitFor();
    await page.waitForURL((url) => !url.pathname.includes("hello"), { waitUntil: "commit" });
    await visitor.leave();
  });
});
