import assert from "node:assert/strict";
import { after, before, describe, it } from "node:test";
import { BuiltSite, type Visitor } from "./built-site.ts";

/** The name of what has the focus, through all shadow roots. */
function focused({ page }: Visitor): Promise<string> {
  return page.evaluate(() => {
    let element = document.activeElement;
    while (element?.shadowRoot?.activeElement) element = element.shadowRoot.activeElement;
    const label = (element as HTMLInputElement | null)?.labels?.[0]?.textContent;
    return (element?.getAttribute("aria-label") ?? label ?? element?.textContent ?? "")
      .replace(/\s+/g, " ")
      .trim();
  });
}

/** The step's headline has got the focus, and reads so. */
async function headlineFocused({ page }: Visitor, words: string): Promise<void> {
  await page.waitForFunction((expected) => {
    const focus = document.querySelector("homeroom-step")?.shadowRoot?.activeElement;
    return focus?.localName === "h1" && focus.textContent?.trim() === expected;
  }, words);
}

/** Tabs on until what is wanted has the focus. */
async function tabTo(visitor: Visitor, name: RegExp): Promise<void> {
  const passed: string[] = [];
  for (let tabs = 0; tabs < 60; tabs++) {
    const now = await focused(visitor);
    if (name.test(now)) return;
    passed.push(now);
    await visitor.page.keyboard.press("Tab");
  }
  assert.fail(`Tab never came to ${name}, but to ${passed.join(" | ")}`);
}

describe("with the keyboard alone", () => {
  let site: BuiltSite;
  before(async () => {
    site = await BuiltSite.open();
  });
  after(() => site?.close());

  it("one comes from Home to a friend's answer, and the focus is where the page is", async () => {
    const visitor = await site.visitor();
    const { page } = visitor;
    const press = (key: string): Promise<void> => page.keyboard.press(key);
    await visitor.go("");
    await visitor.alive();
    await press("Tab");
    assert.equal(await focused(visitor), "Skip to the content");
    await press("Enter");
    await tabTo(visitor, /^Start: Say hello/);
    await press("Enter");
    await visitor.headline("Pick a name. That is all.").waitFor();
    await headlineFocused(visitor, "Pick a name. That is all.");
    await tabTo(visitor, /^User name/);
    await page.keyboard.type("zoe");
    await press("Enter");
    await visitor.ready("Next").waitFor();
    await press("Shift+Tab");
    await tabTo(visitor, /^Next$/);
    await press("Enter");
    await visitor.headline("Bo is waiting for you").waitFor();
    await headlineFocused(visitor, "Bo is waiting for you");
    await visitor.ready("Accept").waitFor();
    await tabTo(visitor, /^Accept/);
    await press("Enter");
    await page.getByRole("textbox", { name: "Message" }).waitFor();
    await tabTo(visitor, /^Message/);
    await page.keyboard.type("Hello by hand");
    await press("Enter");
    await visitor.text("You made it! Was that hard?").waitFor();
    await visitor.leave();
  });

  it("one goes through the tabs of the stage on a narrow window", async () => {
    const visitor = await site.visitor({ viewport: { width: 390, height: 844 } });
    const { page } = visitor;
    await visitor.go("tutorials/hello/inside/");
    await visitor.ready("Skip").waitFor();
    const tab = page.getByRole("tab", { selected: true });
    await tab.focus();
    const first = (await tab.textContent()) ?? "";
    await page.keyboard.press("ArrowRight");
    await page.keyboard.press("ArrowRight");
    await page.getByRole("tab", { name: "Map", selected: true }).waitFor();
    await page.getByRole("tabpanel", { name: "Map" }).waitFor();
    await page.keyboard.press("ArrowLeft");
    await page.keyboard.press("ArrowLeft");
    await tab.filter({ hasText: first }).waitFor();
    await visitor.leave();
  });

  it("a key on the stage stops Show me, and does nothing else", async () => {
    const visitor = await site.visitor();
    const { page } = visitor;
    await visitor.go("tutorials/federation/cut/");
    // What came before is played to its end, for which the clock runs.
    await visitor.ready("Skip").waitFor();
    // While the clock stands still nothing arrives, and what is shown has no end.
    await visitor.ready("Pause").press("Enter");
    await visitor.ready("Show me").press("Enter");
    await page.locator("textarea:focus").waitFor();
    await page.keyboard.press("z");
    await visitor.ready("Show me").waitFor();
    assert.doesNotMatch(await page.locator("textarea:focus").inputValue(), /z$/);
    await visitor.leave();
  });

  it("one throws a device away, and is told so in its place", async () => {
    const visitor = await site.visitor();
    const { page } = visitor;
    await visitor.go("tutorials/client-and-server/lake/");
    await visitor.ready("Skip").waitFor();
    const phone = page.getByRole("region", { name: "Your phone" });
    await phone.getByRole("button", { name: "Account of" }).press("Enter");
    await phone.getByRole("button", { name: "Lose this device" }).press("Enter");
    await phone.getByRole("button", { name: "Into the lake" }).press("Enter");
    await page
      .locator(".gone:focus", { hasText: "This device is gone. You cannot use it any more." })
      .waitFor();
    await visitor.leave();
  });

  it("one changes the theme, which outlives the page", async () => {
    const visitor = await site.visitor({ colorScheme: "light" });
    const { page } = visitor;
    await visitor.go("about/");
    await visitor.ready("Theme: as the system").press("Enter");
    await visitor.ready("Theme: light").press("Enter");
    await visitor.ready("Theme: dark").waitFor();
    await page.reload();
    await page.waitForFunction(() => document.documentElement.dataset.theme === "dark");
    await visitor.ready("Theme: dark").press("Enter");
    await visitor.ready("Theme: as the system").waitFor();
    await visitor.leave();
  });
});
