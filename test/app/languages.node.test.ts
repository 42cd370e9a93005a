import { after, before, describe, it } from "node:test";
import { BuiltSite, type Visitor } from "./built-site.ts";

describe("the page's language", () => {
  let site: BuiltSite;
  before(async () => {
    site = await BuiltSite.open();
  });
  after(() => site?.close());

  const speaks = async ({ page }: Visitor, language: string): Promise<void> => {
    await page.waitForFunction((tag) => document.documentElement.lang === tag, language);
  };

  it("is the browser's, until another is chosen, which is kept", async () => {
    const visitor = await site.visitor({ locale: "de-CH" });
    const { page } = visitor;
    await visitor.go("tutorials/hello/");
    await visitor.headline("Such dir einen Namen aus. Das ist alles.").waitFor();
    await visitor.button("Konto anlegen").waitFor();
    await speaks(visitor, "de");
    await page.getByRole("combobox", { name: "Sprache" }).selectOption("Français");
    await visitor.headline("Choisissez un nom. C’est tout.").waitFor();
    await visitor.go("about/");
    await visitor.headline("Ce qui est réel ici, et ce qui est gardé").waitFor();
    await visitor.titled(/^Ce qui est réel ici/);
    await visitor.leave();
  });

  it("can be asked for by an address, and is English where it is not spoken", async () => {
    const visitor = await site.visitor({ locale: "ja-JP" });
    await visitor.go("about/");
    await visitor.headline("What is real here, and what is kept").waitFor();
    await visitor.go("about/?lang=de");
    await visitor.headline("Was hier echt ist und was aufbewahrt wird").waitFor();
    await visitor.go("");
    await visitor.headline("Matrix lernen, indem man es benutzt.").waitFor();
    await speaks(visitor, "de");
    await visitor.leave();
  });

  it("may be written from right to left", async () => {
    for (const path of [
      "",
      "about/",
      "tutorials/hello/write/",
      "tutorials/hello/rewind/",
      "tutorials/addresses/mend/",
    ]) {
      const visitor = await site.visitor({ viewport: { width: 390, height: 844 } });
      const { page } = visitor;
      await visitor.go(path);
      await visitor.alive();
      if (path.startsWith("tutorials")) await visitor.ready("Skip").waitFor();
      await page.evaluate(() => {
        document.documentElement.dir = "rtl";
      });
      for (const width of [390, 1440]) {
        await page.setViewportSize({ width, height: 844 });
        await visitor.fits();
      }
      // The word mark is at the right.
      await page.waitForFunction(() => document.querySelector(".word-mark")!.getBoundingClientRect().x > 720);
      await visitor.leave();
    }
  });
});
