import assert from "node:assert/strict";
import { readFileSync } from "node:fs";
import { after, before, describe, it } from "node:test";
import { BuiltSite } from "./built-site.ts";

describe("when things are not as they should be", () => {
  let site: BuiltSite;
  before(async () => {
    site = await BuiltSite.open();
  });
  after(() => site?.close());

  /** Somebody who has come to the second step of the first tutorial. */
  const atBosInvitation = async () => {
    const visitor = await site.visitor();
    await visitor.go("tutorials/hello/");
    await visitor.signUp();
    await visitor.headline("Bo is waiting for you").waitFor();
    await visitor.ready("Accept").waitFor();
    // The step's beginning is kept, and nothing is written any more.
    await visitor.ready("Skip").waitFor();
    return visitor;
  };

  it("starts the step from its solutions where what was kept cannot be read, and hands over the damaged copy", async () => {
    const visitor = await atBosInvitation();
    const { page } = visitor;
    await page.evaluate(() => localStorage.setItem("homeroom.place.hello", '{"status":"active","value":7'));
    await page.reload();
    await visitor.text("could not be read").waitFor();
    await visitor.headline("Bo is waiting for you").waitFor();
    await visitor.ready("Accept").waitFor();
    const downloading = page.waitForEvent("download");
    await visitor.button("Download what was kept").click();
    const copy = readFileSync(await (await downloading).path(), "utf8");
    assert.ok(copy.length > 1000, "the copy has the world in it");
    await visitor.leave();
  });

  it("starts the step from its solutions where the world is gone", async () => {
    const visitor = await atBosInvitation();
    const { page } = visitor;
    await visitor.go("about/");
    await page.evaluate(async () => {
      for (const { name } of await indexedDB.databases()) {
        await new Promise((resolve) => {
          indexedDB.deleteDatabase(name!).onsuccess = resolve;
        });
      }
    });
    await visitor.go("tutorials/hello/");
    await visitor.text("could not be read").waitFor();
    await visitor.ready("Accept").waitFor();
    await visitor.leave();
  });

  it("starts the step anew under a newer version of the tutorial", async () => {
    const visitor = await atBosInvitation();
    const { page } = visitor;
    await page.evaluate(() => {
      const place = JSON.parse(localStorage.getItem("homeroom.place.hello")!);
      place.context.tutorialVersion = 0;
      localStorage.setItem("homeroom.place.hello", JSON.stringify(place));
    });
    await page.reload();
    await visitor.text("This tutorial has changed since you were here.").waitFor();
    await visitor.headline("Bo is waiting for you").waitFor();
    await visitor.leave();
  });

  it("starts the step anew where the world was kept by an older version", async () => {
    const visitor = await atBosInvitation();
    const { page } = visitor;
    await visitor.go("about/");
    await page.evaluate(async () => {
      const wanted = <Result>(request: IDBRequest<Result>) =>
        new Promise<Result>((resolve, reject) => {
          request.onsuccess = () => resolve(request.result);
          request.onerror = () => reject(request.error);
        });
      const registry = await wanted(indexedDB.open("homeroom"));
      const { database } = await wanted(registry.transaction("worlds").objectStore("worlds").get("hello"));
      registry.close();
      const world = await wanted(indexedDB.open(database));
      await wanted(world.transaction("scene", "readwrite").objectStore("scene").put(1, "version"));
      world.close();
    });
    await visitor.go("tutorials/hello/");
    await visitor.text("This tutorial has changed since you were here.").waitFor();
    await visitor.headline("Bo is waiting for you").waitFor();
    await visitor.ready("Accept").waitFor();
    await visitor.leave();
  });

  it("plays on in memory where the browser gives no storage, and says so", async () => {
    const visitor = await site.visitor();
    const { page } = visitor;
    await page.addInitScript(() => {
      const refuse = (): never => {
        throw new DOMException("The operation is insecure.", "SecurityError");
      };
      Object.defineProperty(globalThis, "localStorage", { get: refuse });
      Object.defineProperty(globalThis, "indexedDB", { get: refuse });
      Object.defineProperty(navigator, "locks", { get: refuse });
    });
    await visitor.go("tutorials/hello/");
    await visitor.signUp();
    await visitor.ready("Accept").waitFor();
    await visitor.text("This browser keeps nothing for this page").waitFor();
    await visitor.leave();
  });

  it("leads on from an address where nothing is, however deep", async () => {
    const visitor = await site.visitor();
    const { page } = visitor;
    for (const path of ["nowhere", "tutorials/", "tutorials/unknown/step/", "a/b/c/d"]) {
      const response = await page.goto(site.address + path);
      assert.equal(response?.status(), 404);
      await visitor.headline("There is nothing at this address").waitFor();
      await page
        .locator(`a[href="${new URL(site.address).pathname}"]`)
        .first()
        .waitFor();
      await page.getByRole("link", { name: "To the home page" }).click();
      await visitor.headline("Learn Matrix by using it.").waitFor();
    }
    await visitor.context.close();
  });

  it("can be read without JavaScript, step by step", async () => {
    const context = await site.browser.newContext({ javaScriptEnabled: false });
    const page = await context.newPage();
    await page.goto(site.address);
    await page.getByRole("link", { name: "Start: Say hello" }).click();
    await page.getByText("needs JavaScript").waitFor();
    await page.getByText("You have an account at garden.example").waitFor();
    await page.getByRole("link", { name: "Bo is waiting for you ›" }).click();
    await page.getByRole("heading", { level: 1, name: "Bo is waiting for you" }).waitFor();
    await context.close();
  });

  it("tells a browser that is too old, and lets it read", async () => {
    const visitor = await site.visitor();
    const { page } = visitor;
    await page.addInitScript(() => {
      CSS.supports = () => false;
    });
    await visitor.go("tutorials/hello/");
    await page.getByText("This browser is too old for Homeroom.").waitFor();
    await visitor.headline("Pick a name. That is all.").waitFor();
    await visitor.leave();
  });

  it("deletes everything that it keeps", async () => {
    const visitor = await atBosInvitation();
    const { page } = visitor;
    await page.getByRole("link", { name: "About" }).click();
    await visitor.button("Delete everything").click();
    await visitor.button("Cancel").click();
    await visitor.button("Delete everything").click();
    await visitor.button("Yes, delete everything").click();
    await page.getByText("Everything was deleted.").waitFor();
    const left = await page.evaluate(async () => [
      ...Object.keys(localStorage),
      ...(await indexedDB.databases()).map(({ name }) => name),
    ]);
    assert.deepEqual(left, []);
    await page.getByRole("link", { name: /^Homeroom/ }).click();
    await page.getByRole("link", { name: "Start: Say hello" }).waitFor();
    await visitor.leave();
  });

  it("takes progress along in a file, and says what is wrong with another one", async () => {
    const visitor = await atBosInvitation();
    const { page } = visitor;
    await visitor.headline("Bo is waiting for you").waitFor();
    await page.getByRole("link", { name: "About" }).click();
    const downloading = page.waitForEvent("download");
    await visitor.button("Export progress").click();
    const progress = readFileSync(await (await downloading).path());
    await visitor.leave();

    const other = await site.visitor();
    await other.go("about/");
    const input = other.page.getByLabel("Import progress");
    await input.setInputFiles({ name: "a.json", mimeType: "application/json", buffer: Buffer.from("{") });
    await other.page.getByText("That file is no progress of Homeroom").waitFor();
    await input.setInputFiles({ name: "b.json", mimeType: "application/json", buffer: progress });
    await other.page.getByText("Your progress was imported.").waitFor();
    await other.page.getByRole("link", { name: /^Homeroom/ }).click();
    await other.page.getByRole("link", { name: "Continue: Say hello" }).click();
    await other.headline("Bo is waiting for you").waitFor();
    await other.ready("Accept").waitFor();
    await other.leave();
  });

  it("works with no network after the first visit", async () => {
    const visitor = await site.visitor();
    const { page } = visitor;
    await visitor.go("");
    await page.waitForFunction(() => navigator.serviceWorker.controller !== null);
    await site.unplug();
    await page.getByRole("link", { name: "Start: Say hello" }).click();
    await visitor.signUp();
    await visitor.ready("Accept").click();
    await page.getByRole("textbox", { name: "Message" }).fill("No network, no problem");
    await page.keyboard.press("Enter");
    await visitor.text("You made it! Was that hard?").waitFor();
    await page.reload();
    await visitor.text("No network, no problem").waitFor();
    await visitor.go("tutorials/addresses/");
    await visitor.headline("A name, then a home").waitFor();
    await visitor.ready("Skip").waitFor();
    await visitor.leave();
  });
});
