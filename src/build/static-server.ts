import { existsSync, readFileSync, statSync } from "node:fs";
import { createServer, type Server } from "node:http";
import type { AddressInfo } from "node:net";
import { join } from "node:path";
import { getRequestListener } from "@hono/node-server";
import { serveStatic } from "@hono/node-server/serve-static";
import { Hono } from "hono";
import { compress } from "hono/compress";

export type StaticServer = {
  /** With a `/` at its end. */
  address: string;
  close(): Promise<void>;
};

/**
 * Serves the files of a folder as a plain host of static files does: `index.html` for a folder, 404 for what
 * is not there, everything compressed. A port that is taken leads to the next one.
 * @param base the path under which the files lie, beginning and ending with `/`
 */
export async function serveFolder(
  folder: string,
  { port = 0, host = "localhost", base = "/" }: { port?: number; host?: string; base?: string } = {},
): Promise<StaticServer> {
  const app = new Hono();
  app.use(compress());
  app.use(async (context, next) => {
    const file = statSync(join(folder, context.req.path.slice(base.length - 1)), { throwIfNoEntry: false });
    if (file?.isDirectory() && !context.req.path.endsWith("/"))
      return context.redirect(`${context.req.path}/`, 301);
    return next();
  });
  app.use(
    `${base}*`,
    serveStatic({
      root: folder,
      rewriteRequestPath: (path) => path.slice(base.length - 1),
      onFound: (path, context) => {
        // Vite names each file in assets/ by its content.
        const forever = /[\\/]assets[\\/]/.test(path);
        context.header("cache-control", forever ? "public, max-age=31536000, immutable" : "no-cache");
      },
    }),
  );
  app.notFound((context) => {
    const page = join(folder, "404.html");
    return existsSync(page)
      ? context.html(readFileSync(page, "utf8"), 404)
      : context.text("404 Not Found", 404);
  });
  const servers = await listen(getRequestListener(app.fetch), port, host);
  const bound = servers[0]!.address() as AddressInfo;
  const name = host.includes(":") ? `[${host}]` : host;
  return {
    address: `http://${name}:${bound.port}${base}`,
    close: async () => {
      for (const server of servers) {
        server.closeAllConnections();
        await new Promise((resolve) => server.close(resolve));
      }
    },
  };
}

/** `localhost` is both 127.0.0.1 and ::1, and a browser may try either first: the port must be free on both. */
async function listen(
  listener: Parameters<typeof createServer>[1],
  port: number,
  host: string,
): Promise<Server[]> {
  const addresses = host === "localhost" ? ["127.0.0.1", "::1"] : [host];
  for (let tries = 0; ; tries++) {
    const servers: Server[] = [];
    let chosen = port === 0 ? 0 : port + tries;
    try {
      for (const address of addresses) {
        const server = createServer(listener);
        if (await bind(server, chosen, address)) servers.push(server);
        chosen ||= (server.address() as AddressInfo | null)?.port ?? 0;
      }
      return servers;
    } catch (error) {
      for (const server of servers) server.close();
      if ((error as NodeJS.ErrnoException).code !== "EADDRINUSE" || tries === 99) throw error;
    }
  }
}

/** False where this machine does not have the address (one without IPv6). */
function bind(server: Server, port: number, address: string): Promise<boolean> {
  return new Promise((resolve, reject) => {
    server.once("error", (error: NodeJS.ErrnoException) => {
      const absent = address === "::1" && (error.code === "EADDRNOTAVAIL" || error.code === "EAFNOSUPPORT");
      if (absent) resolve(false);
      else reject(error);
    });
    server.listen(port, address, () => resolve(true));
  });
}
