import type { Page } from "playwright-core";
import { createServer, type ViteDevServer } from "vite";
import { launchBrowser } from "../../src/build/browser.ts";
import { root } from "../../src/build/install.mjs";

/** Visits a page of one module, served as it is; the module says that it is ready by `window.bench`. */
export async function onServedPage<Result>(
  module: string,
  visit: (page: Page) => Promise<Result>,
): Promise<Result> {
  let server: ViteDevServer | undefined;
  const browser = await launchBrowser();
  try {
    // Who writes meanwhile is not to reload the page.
    server = await createServer({ root, logLevel: "error", server: { port: 0, watch: null, hmr: false } });
    await server.listen();
    const page = await browser.newPage({ viewport: { width: 500, height: 760 } });
    const body = `<!doctype html><html lang="en"><head><link rel="stylesheet" href="/src/elements/theme.css"></head>
      <body><script type="module" src="/${module}"></script></body></html>`;
    await page.route("**/bench.html", (route) => route.fulfill({ contentType: "text/html", body }));
    await page.goto(`${server.resolvedUrls?.local[0] ?? ""}bench.html`);
    await page.waitForFunction(() => "bench" in window);
    return await visit(page);
  } finally {
    await browser.close();
    await server?.close();
  }
}
