import assert from "node:assert/strict";
import { readFileSync } from "node:fs";
import { join } from "node:path";
import { after, before, describe, it } from "node:test";
import { root } from "../../src/build/install.mjs";
import { readTutorials } from "../../src/build/tutorial-files.ts";
import { BuiltSite, type Visitor } from "./built-site.ts";

const axe = readFileSync(join(root, "node_modules/axe-core/axe.min.js"), "utf8");
const steps = [...readTutorials().tutorials.values()].flatMap(({ tutorial }) =>
  (tutorial?.steps ?? []).map((step) => ({ tutorial: tutorial!.id, step: step.id })),
);
const sizes = {
  wide: { width: 1440, height: 900 },
  middle: { width: 1024, height: 768 },
  phone: { width: 390, height: 844 },
};

/** What axe finds, in both themes. */
async function axeFaults({ page }: Visitor): Promise<string[]> {
  const faults: string[] = [];
  for (const colorScheme of ["light", "dark"] as const) {
    await page.emulateMedia({ colorScheme, reducedMotion: "reduce" });
    await page.evaluate(axe);
    const found = await page.evaluate(async () => {
      const { violations } = await (globalThis as unknown as { axe: typeof import("axe-core") }).axe.run();
      return violations.map(
        ({ id, nodes }) => `${id}: ${nodes.map(({ target }) => target.join(" ")).join(", ")}`,
      );
    });
    faults.push(...found.map((fault) => `${colorScheme}: ${fault}`));
  }
  return faults;
}

async function fitsEverySize(visitor: Visitor): Promise<void> {
  for (const size of Object.values(sizes)) {
    await visitor.page.setViewportSize(size);
    await visitor.fits();
  }
}

describe("every page", () => {
  let site: BuiltSite;
  before(async () => {
    site = await BuiltSite.open();
  });
  after(() => site?.close());

  const alive = (visitor: Visitor): Promise<void> => visitor.alive();
  const nothing = (visitor: Visitor): Promise<void> =>
    visitor.headline("There is nothing at this address").waitFor();
  for (const [path, stands] of [
    ["", alive],
    ["about/", alive],
    // What stands where nothing is has no scripts of the site's.
    ["tutorials/hello/nowhere/", nothing],
  ] as const) {
    it(`fits and is accessible: ${path || "Home"}`, async () => {
      const visitor = await site.visitor({ viewport: sizes.wide });
      await visitor.page.goto(site.address + path);
      await stands(visitor);
      assert.deepEqual(await axeFaults(visitor), []);
      await fitsEverySize(visitor);
      await visitor.context.close();
    });
  }

  for (const { tutorial, step } of steps) {
    it(`fits and is accessible: step ${step} of ${tutorial}`, async () => {
      const visitor = await site.visitor({ viewport: sizes.wide });
      await visitor.go(`tutorials/${tutorial}/${step}/`);
      await visitor.ready("Skip").waitFor();
      assert.deepEqual(await axeFaults(visitor), []);
      await fitsEverySize(visitor);
      await visitor.leave();
    });
  }
});
