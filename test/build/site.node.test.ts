import assert from "node:assert/strict";
import { createHash } from "node:crypto";
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

  it("has in its pages only addresses that fit any base path, and no script that its policy does not name", () => {
    const pages = readdirSync(outDir, { recursive: true, encoding: "utf8" }).filter((path) =>
      path.endsWith(".html"),
    );
    assert.ok(pages.includes("index.html"));
    const faults = pages.flatMap((page) => {
      const text = readFileSync(join(outDir, page), "utf8");
      const policy = /http-equiv="Content-Security-Policy" content="([^"]*)"/.exec(text)?.[1] ?? "";
      const hashed = (part: string) =>
        policy.includes(`'sha256-${createHash("sha256").update(part).digest("base64")}'`);
      const inside = [...text.matchAll(/<(script|style)>([\s\S]*?)<\/\1>/g)].map((match) => match[2] ?? "");
      return [
        ...(/\b(src|href)="\/(?!\/)/.test(text) ? [`${page} names a file by its path from the top`] : []),
        ...(/\s(on\w+|style)="/.test(text) ? [`${page} has a handler or a style in an attribute`] : []),
        ...(policy === "" || policy.includes("unsafe-inline") ? [`${page} has no strict policy`] : []),
        ...inside
          .filter((part) => !hashed(part))
          .map((part) => `${page} does not allow its own ${part.slice(0, 60)}`),
      ];
    });
    assert.ok(faults.length === 0, faults.join("\n"));
  });

  it("opens below a path, with all that it asks for on its own host and nothing missing", async () => {
    const page = await browser.newPage();
    page.setDefaultTimeout(120_000);
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
