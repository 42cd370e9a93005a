import { join } from "node:path";
import type { Browser } from "playwright-core";
import { createServer } from "vite";
import { launchBrowser } from "../../src/build/browser.ts";
import { root } from "../../src/build/install.mjs";
import { median } from "./cost.ts";
import type { EncryptionMeasured, FirstMessage, MachineStart } from "./encryption-page.ts";
import type { Figure } from "./figures.ts";

const rounds = 3;
const html = '<!doctype html><meta charset="utf-8"><title>Bench</title>';

/** What encryption costs in a browser: to have it, to send and show with it, to verify, to reach many. */
export async function encryption(): Promise<Figure[]> {
  const vite = await createServer({
    root,
    cacheDir: join(root, "node_modules/.vite/bench"),
    logLevel: "error",
    appType: "custom",
    server: { port: 0, hmr: false, ws: false, watch: null },
    // Found on the way, a package would take the page's modules from under it.
    optimizeDeps: { noDiscovery: true, include: ["chai"] },
    plugins: [
      {
        name: "bench-page",
        configureServer(server) {
          server.middlewares.use("/bench.html", (_request, response) => {
            response.setHeader("content-type", "text/html");
            response.end(html);
          });
        },
      },
    ],
  });
  await vite.listen();
  const browser = await launchBrowser();
  try {
    const address = `${vite.resolvedUrls?.local[0]}bench.html`;
    const starts: (MachineStart & { wire: number })[] = [];
    // The first visit lets the server transform the sources.
    for (let round = 0; round <= rounds; round++) starts.push(await start(browser, address));
    const [, ...counted] = starts;
    const messages = await inPage<EncryptionMeasured>(browser, address, "sendAndVerify");
    const many = await inPage<FirstMessage>(browser, address, "firstMessage");
    return [
      {
        name: "the crypto over the wire",
        value: Math.max(...counted.map(({ wire }) => wire)) / 1e6,
        unit: "MB",
        most: 1.6,
      },
      {
        name: "from its last byte to the first client's machine",
        value: median(counted.map(({ first }) => first)),
        unit: "ms",
        most: 350,
      },
      {
        name: "each further client's machine",
        value: median(counted.flatMap(({ further }) => further)),
        unit: "ms",
        most: 120,
      },
      {
        name: "encrypted: sent to shown on the other device, links at zero",
        value: median(messages.shown),
        unit: "ms",
        most: 100,
      },
      { name: "verified by emoji, start to finish", value: messages.verified / 1000, unit: "s", most: 2 },
      {
        name: `the first message to ${many.devices} devices on ${many.servers} servers`,
        value: many.took,
        unit: "ms",
      },
      { name: "most requests that claimed keys of one server", value: many.claims, unit: "", most: 1 },
    ];
  } finally {
    await browser.close();
    await vite.close();
  }
}

/** In a browser that has nothing of it yet. */
async function start(browser: Browser, address: string): Promise<MachineStart & { wire: number }> {
  const context = await browser.newContext();
  try {
    const page = await context.newPage();
    const cdp = await context.newCDPSession(page);
    await cdp.send("Network.enable");
    const packed = new Set<string>();
    let wire = 0;
    cdp.on("Network.requestWillBeSent", ({ requestId, request }) => {
      if (request.url.endsWith(".bin")) packed.add(requestId);
    });
    cdp.on("Network.loadingFinished", ({ requestId, encodedDataLength }) => {
      if (packed.has(requestId)) wire += encodedDataLength;
    });
    await page.goto(address);
    const measured = await page.evaluate<MachineStart>(call("startMachines"));
    if (wire === 0) throw new Error("The crypto did not come over the wire");
    return { ...measured, wire };
  } finally {
    await context.close();
  }
}

async function inPage<Measured>(browser: Browser, address: string, name: string): Promise<Measured> {
  const context = await browser.newContext();
  try {
    const page = await context.newPage();
    await page.goto(address);
    return await page.evaluate<Measured>(call(name));
  } finally {
    await context.close();
  }
}

function call(name: string): string {
  return `import("/test/bench/encryption-page.ts").then((page) => page.${name}())`;
}
