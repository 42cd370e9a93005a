import assert from "node:assert/strict";
import { after, before, describe, it } from "node:test";
import { BuiltSite, type Visitor } from "./built-site.ts";

describe("a page that plays encryption", () => {
  let site: BuiltSite;
  before(async () => {
    site = await BuiltSite.open();
  });
  after(() => site?.close());

  async function saysWhatIsMissing(visitor: Visitor, words: string): Promise<void> {
    await visitor.go("tutorials/encryption/");
    await visitor.headline("cannot play in this page").waitFor();
    await visitor.text(words).waitFor();
    await visitor.page.locator("main li a").first().click();
    await visitor.page.getByRole("button", { name: "Show me" }).waitFor();
    await visitor.leave();
  }

  it("says that it has no WebAssembly, and leads to what plays here", async () => {
    const visitor = await site.visitor();
    await visitor.page.addInitScript(() => Reflect.deleteProperty(globalThis, "WebAssembly"));
    await saysWhatIsMissing(visitor, "by a program in WebAssembly");
  });

  it("says that it is not secure, and leads to what plays here", async () => {
    const visitor = await site.visitor();
    await visitor.page.addInitScript(() => {
      Object.defineProperty(globalThis, "isSecureContext", { get: () => false });
    });
    await saysWhatIsMissing(visitor, "only over https");
  });

  it("tells how much of the crypto is here while it comes, and needs it but once", async () => {
    const visitor = await site.visitor();
    const { page } = visitor;
    let asked = 0;
    const held = Promise.withResolvers<void>();
    await page.route(/\/crypto-[\w-]+\.bin$/, async (route) => {
      asked += 1;
      await held.promise;
      await route.continue();
    });
    await visitor.go("tutorials/encryption/");
    const bar = page.getByRole("progressbar");
    await bar.waitFor();
    const [at, most] = await bar.evaluate((each: HTMLProgressElement) => [each.value, each.max]);
    assert.equal(at, 0);
    assert.ok(most! > 1_000_000 && most! < 1_600_000, `${most} bytes`);
    held.resolve();
    await visitor.ready("Show me").waitFor();
    await page.waitForFunction(async () => (await (await caches.open("homeroom-crypto")).keys()).length > 0);
    await page.reload();
    await visitor.ready("Show me").waitFor();
    assert.equal(asked, 1);
    await visitor.leave();
  });

  it("plays in memory where the browser gives no storage", async () => {
    const visitor = await site.visitor({ reducedMotion: "reduce" });
    await visitor.page.addInitScript(() => {
      const refuse = (): never => {
        throw new DOMException("The operation is insecure.", "SecurityError");
      };
      for (const name of ["localStorage", "indexedDB", "caches"])
        Object.defineProperty(globalThis, name, { get: refuse });
      Object.defineProperty(navigator, "locks", { get: refuse });
    });
    await visitor.go("tutorials/encryption/");
    await visitor.ready("Show me").click();
    await visitor.ready("Next").waitFor();
    await visitor.text("This browser keeps nothing for this page").waitFor();
    await visitor.leave();
  });
});
