import { after, before, describe, it } from "node:test";
import { BuiltSite, type Visitor } from "./built-site.ts";

/** "Show me" plays the first step to its end, with its wait for a friend. Milliseconds. */
const patience = 90_000;

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
    await visitor.ready("Show me").click({ timeout: patience });
    await visitor.ready("Next").waitFor({ timeout: patience });
    await visitor.text("This browser keeps nothing for this page").waitFor();
    await visitor.leave();
  });
});
