import { mkdtemp, rm } from "node:fs/promises";
import { type AddressInfo, createServer } from "node:net";
import { tmpdir } from "node:os";
import { join } from "node:path";
import lighthouse from "lighthouse";
import type { Browser } from "playwright-core";
import { build } from "vite";
import { launchBrowser } from "../../src/build/browser.ts";
import { root } from "../../src/build/install.mjs";
import { serveFolder } from "../../src/build/static-server.ts";
import { median } from "./cost.ts";
import type { Figure } from "./figures.ts";

const pages = { home: "", "the first step": "tutorials/hello/" };
const rounds = 3;

/** The built site as a phone gets it: what comes over the wire, and Lighthouse's scores. */
export async function site(): Promise<Figure[]> {
  const outDir = await mkdtemp(join(tmpdir(), "homeroom-bench-"));
  const port = await freePort();
  let browser: Browser | undefined;
  let server: Awaited<ReturnType<typeof serveFolder>> | undefined;
  try {
    await build({ root, logLevel: "error", build: { outDir } });
    server = await serveFolder(outDir);
    browser = await launchBrowser({ args: [`--remote-debugging-port=${port}`] });
    const figures = await wire(browser, `${server.address}${pages["the first step"]}`);
    for (const [name, path] of Object.entries(pages))
      figures.push(...(await audit(name, server.address + path, port)));
    return figures;
  } finally {
    await browser?.close();
    await server?.close();
    await rm(outDir, { recursive: true, force: true });
  }
}

/** Compressed bytes of pages, styles and scripts, and of fonts, until the step's form takes typing. */
async function wire(browser: Browser, address: string): Promise<Figure[]> {
  const page = await browser.newPage();
  const cdp = await page.context().newCDPSession(page);
  await cdp.send("Network.enable");
  const kinds = new Map<string, string>();
  const bytes = new Map<string, number>();
  cdp.on("Network.requestWillBeSent", ({ requestId, type }) => void kinds.set(requestId, type ?? "Other"));
  cdp.on("Network.dataReceived", ({ requestId, encodedDataLength }) => {
    const kind = kinds.get(requestId) ?? "Other";
    bytes.set(kind, (bytes.get(kind) ?? 0) + encodedDataLength);
  });
  const began = performance.now();
  await page.goto(address, { waitUntil: "commit" });
  const field = page.getByRole("textbox").first();
  await field.fill("ada");
  const seconds = (performance.now() - began) / 1000;
  const kilobytes = (...names: string[]) =>
    names.reduce((sum, name) => sum + (bytes.get(name) ?? 0), 0) / 1000;
  const figures: Figure[] = [
    {
      name: "HTML, CSS and JavaScript until the form takes typing",
      value: kilobytes("Document", "Stylesheet", "Script"),
      unit: "kB",
      most: 70,
    },
    { name: "fonts until then", value: kilobytes("Font"), unit: "kB" },
    { name: "the form takes typing after", value: seconds, unit: "s", most: 2 },
  ];
  await page.close();
  return figures;
}

/** Lighthouse's scores for a phone: the median of a few runs. */
async function audit(name: string, address: string, port: number): Promise<Figure[]> {
  const scores = new Map<string, number[]>();
  const paints: number[] = [];
  for (let round = 0; round < rounds; round++) {
    const result = await lighthouse(address, {
      port,
      logLevel: "error",
      onlyCategories: ["performance", "accessibility", "best-practices"],
    });
    if (!result) throw new Error(`Lighthouse gave nothing for ${address}`);
    for (const { id, score } of Object.values(result.lhr.categories)) {
      scores.set(id, [...(scores.get(id) ?? []), (score ?? 0) * 100]);
    }
    paints.push((result.lhr.audits["largest-contentful-paint"]?.numericValue ?? Number.NaN) / 1000);
    const wrong = Object.values(result.lhr.audits).filter(
      (it) => it.score !== null && it.score < 1 && it.scoreDisplayMode === "binary",
    );
    if (round === 0) for (const it of wrong) console.log(`  Lighthouse on ${name}: ${it.title}`);
  }
  const least: Record<string, number> = { performance: 98, accessibility: 100, "best-practices": 100 };
  return [
    ...[...scores].map(([id, values]) => ({
      name: `Lighthouse on ${name}: ${id}`,
      value: median(values),
      unit: "",
      least: least[id]!,
    })),
    { name: `Lighthouse on ${name}: largest contentful paint`, value: median(paints), unit: "s", most: 1.5 },
  ];
}

async function freePort(): Promise<number> {
  const server = createServer().listen(0, "127.0.0.1");
  await new Promise((resolve) => server.once("listening", resolve));
  const { port } = server.address() as AddressInfo;
  await new Promise((resolve) => server.close(resolve));
  return port;
}
