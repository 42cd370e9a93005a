import assert from "node:assert/strict";
import { mkdtempSync, readdirSync, readFileSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { after, before, describe, it } from "node:test";
import type { Browser } from "playwright-core";
import { build } from "vite";
import { launchBrowser } from "../../src/build/browser.ts";
import { root } from "../../src/build/install.mjs";
import { type StaticServer, serveFolder } from "../../src/build/static-server.ts";

describe("the built site", () => {
  const outDir = mkdtempSync(join(tmpdir(), "homeroom-site-"));
  let server: StaticServer;
  let browser: Browser;
  before(async () => {
    await build({ root, logLevel: "error", build: { outDir } });
    server = await serveFolder(outDir, { base: "/some/where/" });
    browser = await launchBrowser();
  });
  after(async () => {
    await browser?.close();
    await server?.close();
    rmSync(outDir, { recursive: true });
  });

  it("has in its pages only addresses that fit any base path, and no script of their own", () => {
    const pages = readdirSync(outDir, { recursive: true, encoding: "utf8" }).filter((path) =>
      path.endsWith(".html"),
    );
    assert.ok(pages.includes("index.html"));
    for (const page of pages) {
      const text = readFileSync(join(outDir, page), "utf8");
      assert.doesNotMatch(text, /\b(src|href)="\/(?!\/)/, `${page} names a file by its path from the top`);
      assert.doesNotMatch(
        text,
        /<script(?![^>]*\bsrc=)(?![^>]*application\/json)/,
        `${page} has a script inside`,
      );
      assert.doesNotMatch(text, /\son\w+="/, `${page} has a handler inside`);
    }
  });

  it("opens below a path, with all that it asks for on its own host and nothing missing", async () => {
    const page = await browser.newPage();
    const faults: string[] = [];
    page.on("pageerror", (error) => faults.push(String(error)));
    page.on("console", (message) => message.type() === "error" && faults.push(message.text()));
    page.on(
      "response",
      (response) => response.status() >= 400 && faults.push(`${response.status()} ${response.url()}`),
    );
    page.on("request", (request) => {
      if (!/^(blob|data):/.test(request.url()) && !request.url().startsWith(server.address))
        faults.push(request.url());
    });
    for (const path of ["", "about/", "tutorials/hello/"]) {
      await page.goto(server.address + path);
      await page.getByRole("heading").first().waitFor();
      await page.waitForLoadState("networkidle");
    }
    assert.deepEqual(faults, []);
    await page.close();
  });
});
