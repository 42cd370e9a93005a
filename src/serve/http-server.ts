import { createServer, type Server } from "node:http";
import { createServer as createTlsServer } from "node:https";
import type { AddressInfo } from "node:net";
import { getRequestListener } from "@hono/node-server";
import type { TlsIdentity } from "./tls-files.ts";

/**
 * A host, as ARCHITECTURE has it: it answers requests.
 * @param from the address of who asks
 */
export type FetchHandler = (request: Request, from?: string) => Promise<Response>;

export type HttpServer = {
  /** For example `http://127.0.0.1:8008/`. */
  address: string;
  /** Answers what it can at once, ends what waits (long polls), and resolves when no connection is left. */
  close(): Promise<void>;
};

/** How long answers under way may take when the server closes, milliseconds. */
const farewell = 500;

/** Where to listen, and for HTTPS as whom. */
export type ListenPlace = { host: string; port: number; tls?: TlsIdentity };

/**
 * Serves a fetch handler over HTTP, or HTTPS.
 * @throws an error with the code of the system (`EADDRINUSE`…) where the address cannot be had
 */
export async function serveHttp(fetch: FetchHandler, { host, port, tls }: ListenPlace): Promise<HttpServer> {
  const listener = getRequestListener(
    (request, { incoming }) => fetch(request, addressOf(incoming.socket.remoteAddress)),
    { errorHandler: () => malformed() },
  );
  const server = tls ? createTlsServer({ cert: tls.cert, key: tls.key }, listener) : createServer(listener);
  // Clients keep connections for about a minute and take one that closes in between for an error.
  server.keepAliveTimeout = 75_000;
  await listen(server, host, port);
  const bound = server.address() as AddressInfo;
  const name = bound.family === "IPv6" ? `[${bound.address}]` : bound.address;
  return {
    address: `${tls ? "https" : "http"}://${name}:${bound.port}/`,
    async close() {
      const closed = new Promise<void>((resolve) => server.close(() => resolve()));
      const timer = setTimeout(() => server.closeAllConnections(), farewell);
      await closed;
      clearTimeout(timer);
    },
  };
}

function listen(server: Server, host: string, port: number): Promise<void> {
  return new Promise((resolve, reject) => {
    server.once("error", reject);
    server.listen({ host, port }, () => {
      server.off("error", reject);
      resolve();
    });
  });
}

/** An IPv4 address stays one where the socket listens for both kinds. */
function addressOf(remote: string | undefined): string | undefined {
  return remote?.replace(/^::ffff:(?=[\d.]+$)/, "");
}

/** What cannot even be a request, such as a Host header that is no host. */
function malformed(): Response {
  return Response.json({ errcode: "M_UNKNOWN", error: "The request is malformed" }, { status: 400 });
}
