import { once } from "node:events";
import { type AddressInfo, createServer } from "node:net";
import { join } from "node:path";
import { startTestRunner } from "@web/test-runner";
import { playwrightLauncher } from "@web/test-runner-playwright";
import { findBrowser } from "./browser.ts";
import { browserTestReport, type TestCount } from "./browser-test-report.ts";
import { root } from "./install.mjs";
import { RecordedTraffic } from "./recorded-traffic.ts";
import { viteInTestRunner } from "./vite-in-test-runner.ts";

/**
 * Runs test files in a browser, each in a page and a profile of its own.
 * @param trafficFile keeps what test servers were asked and answered, as an HTTP Archive
 */
export async function runBrowserTests(files: readonly string[], trafficFile?: string): Promise<TestCount> {
  const count: TestCount = { passed: 0, failed: 0 };
  if (files.length === 0) return count;
  const traffic = trafficFile === undefined ? undefined : new RecordedTraffic();
  const [vite, launchOptions] = await Promise.all([viteInTestRunner(), findBrowser()]);
  try {
    const runner = await startTestRunner({
      readCliArgs: false,
      readFileConfig: false,
      autoExitProcess: false,
      config: {
        rootDir: root,
        port: await freePort(),
        files: files.map((file) => join(root, file)),
        browsers: [playwrightLauncher({ product: "chromium", launchOptions })],
        concurrency: 2,
        middleware: [...(traffic ? [traffic.middleware] : []), vite.middleware],
        ...(traffic && { testRunnerHtml: traffic.page }),
        reporters: [browserTestReport(count)],
        staticLogging: true,
        // Long, for machines that are slow or busy: only what never comes is waited for to the end.
        browserStartTimeout: 300_000,
        testsStartTimeout: 300_000,
        testsFinishTimeout: 1_200_000,
        testFramework: { config: { ui: "bdd", timeout: 180_000 } },
      },
    });
    if (!runner) throw new Error("The browser tests could not start.");
    const passed = await new Promise<boolean>((resolve) => runner.on("stopped", resolve));
    if (!passed && count.failed === 0) count.failed = 1;
    if (trafficFile !== undefined) traffic?.write(trafficFile);
  } finally {
    await vite.close();
  }
  return count;
}

/** The runner looks for a free port from 8000 up, where two runs at once may find the same. */
async function freePort(): Promise<number> {
  const server = createServer().listen(0);
  await once(server, "listening");
  const { port } = server.address() as AddressInfo;
  server.close();
  return port;
}
