import assert from "node:assert/strict";
import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import type { Browser, BrowserContext, BrowserContextOptions, Locator, Page } from "playwright-core";
import { build } from "vite";
import { launchBrowser } from "../../src/build/browser.ts";
import { root } from "../../src/build/install.mjs";
import { type StaticServer, serveFolder } from "../../src/build/static-server.ts";

/** Milliseconds after which something that should have come has not, on however slow a machine. */
const patience = 120_000;

/** The site as it is built, on a plain host of static files, below a path; and a browser to visit it with. */
export class BuiltSite {
  readonly browser: Browser;
  readonly #server: StaticServer;
  readonly #folder: string;

  private constructor(browser: Browser, server: StaticServer, folder: string) {
    this.browser = browser;
    this.#server = server;
    this.#folder = folder;
  }

  static async open(): Promise<BuiltSite> {
    const folder = mkdtempSync(join(tmpdir(), "homeroom-visit-"));
    await build({ root, logLevel: "error", build: { outDir: folder } });
    const server = await serveFolder(folder, { base: "/below/a/path/" });
    return new BuiltSite(await launchBrowser(), server, folder);
  }

  get address(): string {
    return this.#server.address;
  }

  /** The host goes away: what works now works without a network. */
  async unplug(): Promise<void> {
    await this.#server.close();
  }

  async close(): Promise<void> {
    await this.browser.close();
    await this.#server.close();
    rmSync(this.#folder, { recursive: true });
  }

  /** A learner with a browser of their own, who notices everything that goes wrong. */
  async visitor(options: BrowserContextOptions = {}): Promise<Visitor> {
    const context = await this.browser.newContext(options);
    context.setDefaultTimeout(patience);
    return new Visitor(context, await context.newPage(), this.address);
  }

  /** A page in a browser of its own. */
  async page(): Promise<Page> {
    const page = await this.browser.newPage();
    page.setDefaultTimeout(patience);
    return page;
  }
}

export class Visitor {
  readonly context: BrowserContext;
  readonly page: Page;
  readonly #address: string;
  readonly #faults: string[] = [];

  constructor(context: BrowserContext, page: Page, address: string) {
    this.context = context;
    this.page = page;
    this.#address = address;
    this.watch(page);
  }

  /** What goes wrong on this page counts. */
  watch(page: Page): void {
    page.on("pageerror", (error) => this.#faults.push(error.stack ?? String(error)));
    page.on("console", (message) => {
      if (message.type() === "error") this.#faults.push(message.text());
    });
    page.on("request", (request) => {
      if (!/^(blob|data):/.test(request.url()) && !request.url().startsWith(this.#address)) {
        this.#faults.push(`A request left the origin: ${request.url()}`);
      }
    });
  }

  async go(path: string): Promise<void> {
    await this.page.goto(this.#address + path);
  }

  /** The address has become that of this path below the site's root; what the build has drawn may show a page before. */
  async at(path: string): Promise<void> {
    await this.page.waitForURL(this.#address + path, { waitUntil: "commit" });
  }

  /** The page's title has become one like this. */
  async titled(title: RegExp): Promise<void> {
    await this.page.waitForFunction((like) => new RegExp(like).test(document.title), title.source);
  }

  /** The page's own scripts have taken over what the build has drawn. */
  async alive(): Promise<void> {
    await this.page.locator(".site-header select:enabled").waitFor();
  }

  /** Nothing is wider than the window, once the page has taken its shape. */
  async fits(): Promise<void> {
    const widths = () =>
      [document.documentElement.scrollWidth, document.documentElement.clientWidth] as const;
    await this.page
      .waitForFunction(() => document.documentElement.scrollWidth <= document.documentElement.clientWidth)
      .catch(async (error: unknown) => {
        const [has, may] = await this.page.evaluate(widths);
        throw new Error(`${this.page.url()} is ${has} px wide in a window of ${may}`, { cause: error });
      });
  }

  button(name: string): Locator {
    return this.page.getByRole("button", { name, exact: true });
  }

  /** The button, once it can be pressed. */
  ready(name: string): Locator {
    return this.button(name).and(this.page.locator(":enabled"));
  }

  /** Where a text can be seen first. */
  text(text: string): Locator {
    return this.page.getByText(text).filter({ visible: true }).first();
  }

  headline(text: string): Locator {
    return this.page.getByRole("heading", { level: 1, name: text });
  }

  /** Makes the account of the first step of `hello`. */
  async signUp(name = "zoe"): Promise<void> {
    await this.page.getByLabel("User name").fill(name);
    await this.button("Create account").click();
    await this.ready("Next").click();
  }

  /** Sees that nothing went wrong, and leaves. */
  async leave(): Promise<void> {
    await this.context.close();
    assert.deepEqual(this.#faults, []);
  }
}
