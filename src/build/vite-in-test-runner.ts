import { createHash } from "node:crypto";
import type { IncomingMessage, ServerResponse } from "node:http";
import { join } from "node:path";
import type { TestRunnerConfig } from "@web/test-runner";
import { createServer } from "vite";
import { browserPackages } from "./browser-packages.ts";
import { root } from "./install.mjs";

/** Addresses of the test runner's own scripts. */
const runnersOwn = /^\/__web-/;

type Middleware = NonNullable<TestRunnerConfig["middleware"]>[number];

/**
 * Vite inside the test runner's server, so that tests get sources, workers, virtual modules and packages as the
 * site does. The runner keeps only its own pages and scripts.
 */
export async function viteInTestRunner(): Promise<{ middleware: Middleware; close(): Promise<void> }> {
  const packages = browserPackages();
  // Runs at the same time whose sources import other packages must not replace each other's bundles.
  const key = createHash("sha256").update(packages.join()).digest("hex").slice(0, 12);
  const vite = await createServer({
    root,
    cacheDir: join(root, "node_modules/.vite/tests", key),
    logLevel: "error",
    appType: "custom",
    server: { middlewareMode: true, hmr: false, ws: false, watch: null },
    // What is not in the list of vite.config.ts is not bundled at all: a run never reloads half way.
    optimizeDeps: {
      noDiscovery: true,
      include: ["chai"],
      // How tests ask the runner to press keys: a script of the runner's own.
      rolldownOptions: { external: [runnersOwn] },
    },
    plugins: [
      {
        name: "runner's-own",
        enforce: "pre",
        resolveId: (id) => (runnersOwn.test(id) ? { id, external: true } : null),
      },
    ],
  });
  const middleware: Middleware = (context, next) => {
    if (/^\/(__web-|\?wtr-|wtr-)/.test(context.url)) return next();
    const { req, res } = context as unknown as { req: IncomingMessage; res: ServerResponse };
    return new Promise<void>((resolve, reject) => {
      res.once("close", resolve);
      // Koa sets 404 before anything has been found.
      res.statusCode = 200;
      context.respond = false;
      vite.middlewares(req, res, (error: unknown) => {
        if (error) reject(error);
        context.respond = true;
        context.status = 404;
        resolve(next());
      });
    });
  };
  return { middleware, close: () => vite.close() };
}
