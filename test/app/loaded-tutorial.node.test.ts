import assert from "node:assert/strict";
import { readFileSync } from "node:fs";
import { join } from "node:path";
import { after, before, describe, it } from "node:test";
import type { Page } from "playwright-core";
import { root } from "../../src/build/install.mjs";
import { BuiltSite } from "./built-site.ts";

const logic = readFileSync(join(root, "tutorials/hello/tutorial.yaml"), "utf8");
const prose = readFileSync(join(root, "tutorials/hello/en.md"), "utf8");

describe("a tutorial from somewhere else", () => {
  const from = "https://lessons.example/mine/";
  let site: BuiltSite;
  before(async () => {
    site = await BuiltSite.open();
  });
  after(() => site?.close());

  /** Opens the tutorial whose folder has these files. */
  async function open(files: Record<string, string>): Promise<Page> {
    const page = await site.page();
    await page.route(`${from}**`, (route) => {
      const body = files[route.request().url().slice(from.length)];
      const headers = { "access-control-allow-origin": "*" };
      return route.fulfill(body === undefined ? { status: 404, headers } : { body, headers });
    });
    await page.goto(`${site.address}?tutorial=${encodeURIComponent(from)}`);
    return page;
  }

  it("plays like one that ships, and keeps its place apart from it", async () => {
    const page = await open({ "tutorial.yaml": logic, "en.md": prose });
    await page.getByRole("heading", { level: 1, name: "Pick a name. That is all." }).waitFor();
    await page.getByLabel("User name").fill("zoe");
    await page.getByRole("button", { name: "Create account" }).click();
    await page.getByRole("button", { name: "Next", exact: true }).and(page.locator(":enabled")).click();
    await page.getByRole("heading", { level: 1, name: "Bo is waiting for you" }).waitFor();
    await page.waitForURL((url) => url.searchParams.get("step") === "write", { waitUntil: "commit" });
    await page.reload();
    await page.getByRole("button", { name: "Accept" }).waitFor();
    await page.goto(site.address);
    await page.getByRole("link", { name: "Start: Say hello" }).waitFor();
    await page.close();
  });

  it("is told all that is wrong with it, and the site stays up", async () => {
    const page = await open({
      "tutorial.yaml": "id: mine\nsteps: 7\nminutes: never\n",
      "en.md": "# nothing",
    });
    await page.getByRole("heading", { level: 1, name: "This tutorial cannot be played" }).waitFor();
    await page.locator(".faults li").nth(2).waitFor();
    const faults = await page.locator(".faults li").allTextContents();
    assert.ok(faults.length > 2, faults.join("\n"));
    for (const fault of faults) assert.match(fault, /^[\w./-]+:\d+:\d+: found .+, expected .+/);
    await page.getByRole("link", { name: "To the home page" }).click();
    await page.getByRole("heading", { level: 1, name: "Learn Matrix by using it." }).waitFor();
    await page.close();
  });

  it("says where there is nothing to read", async () => {
    const page = await open({});
    await page.getByText("There is nothing to read at https://lessons.example/mine/").waitFor();
    await page.close();
  });

  it("says where a web page lies in its place", async () => {
    const page = await open({ "tutorial.yaml": "<!doctype html><h1>Lessons</h1>", "en.md": "<html></html>" });
    await page.getByText("At https://lessons.example/mine/tutorial.yaml lies a web page").waitFor();
    await page.getByRole("link", { name: "To the home page" }).click();
    await page.getByRole("heading", { level: 1, name: "Learn Matrix by using it." }).waitFor();
    await page.close();
  });

  it("says where its host lets nobody read it", async () => {
    const page = await site.page();
    const headers = { "access-control-allow-origin": "https://lessons.example" };
    await page.route(`${from}**`, (route) => route.fulfill({ body: logic, headers }));
    await page.goto(`${site.address}?tutorial=${encodeURIComponent(from)}`);
    await page.getByText("The host of https://lessons.example/mine/tutorial.yaml does not allow").waitFor();
    await page.getByRole("link", { name: "To the home page" }).waitFor();
    await page.close();
  });

  it("says where nothing answers, and plays once something does", async () => {
    const page = await site.page();
    const files: Record<string, string> = { "tutorial.yaml": logic, "en.md": prose };
    let up = false;
    await page.route(`${from}**`, (route) => {
      const body = files[route.request().url().slice(from.length)] ?? "";
      return up
        ? route.fulfill({ body, headers: { "access-control-allow-origin": "*" } })
        : route.abort("connectionrefused");
    });
    await page.goto(`${site.address}?tutorial=${encodeURIComponent(from)}`);
    await page.getByText("Nothing answers at https://lessons.example/mine/tutorial.yaml").waitFor();
    up = true;
    await page.getByRole("button", { name: "Try again" }).click();
    await page.getByRole("heading", { level: 1, name: "Pick a name. That is all." }).waitFor();
    await page.close();
  });
});
