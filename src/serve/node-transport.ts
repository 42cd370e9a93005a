import { Resolver } from "node:dns/promises";
import * as http from "node:http";
import * as https from "node:https";
import { isIP } from "node:net";
import { Readable } from "node:stream";
import { checkServerIdentity, createSecureContext, getCACertificates } from "node:tls";
import type { HostAndPort, ServiceTarget, Transport } from "../homeserver/ports.ts";
import { isPrivateAddress, lookUpPublic, PrivateAddressError } from "./private-addresses.ts";

export type TransportChoices = {
  /** Certificates of authorities that are trusted beside the usual ones, in PEM. */
  authorities?: readonly string[];
  /** Whether requests may go to one's own machine and network. */
  privateAddresses?: boolean;
};

/** How long a connection may take to begin to answer or to say the next word, milliseconds. */
const silence = 100_000;
const connection = { keepAlive: true, maxSockets: 32, maxFreeSockets: 4, timeout: silence };

/** The way out by the system's resolver, over connections that are kept. */
export function nodeTransport({ authorities = [], privateAddresses = false }: TransportChoices): Transport {
  const lookup = privateAddresses ? {} : { lookup: lookUpPublic };
  const secureContext = createSecureContext({ ca: [...getCACertificates("default"), ...authorities] });
  const agents = {
    "http:": new http.Agent({ ...connection, ...lookup }),
    "https:": new https.Agent({ ...connection, ...lookup, secureContext }),
  };
  const resolver = new Resolver({ timeout: 2000, tries: 2 });

  return {
    async fetch(request, connectTo) {
      const url = new URL(request.url);
      if (url.protocol !== "https:" && url.protocol !== "http:") {
        throw new TypeError(`${url.protocol} is no way to ask another host`);
      }
      const name = withoutBrackets(url.hostname);
      const host = withoutBrackets(connectTo?.host ?? url.hostname);
      // Addresses are not looked up, so the guard of look-ups does not see them.
      if (!privateAddresses && isIP(host) !== 0 && isPrivateAddress(host))
        throw new PrivateAddressError(host);
      const body =
        request.method === "GET" || request.method === "HEAD" ? undefined : await request.arrayBuffer();
      const { signal } = request;
      signal?.throwIfAborted();
      const options: https.RequestOptions = {
        method: request.method,
        host,
        port: connectTo?.port ?? url.port,
        path: url.pathname + url.search,
        headers: { ...Object.fromEntries(request.headers), host: url.host },
        agent: agents[url.protocol],
        servername: isIP(name) === 0 ? name : "",
        checkServerIdentity: (_, certificate) => checkServerIdentity(name, certificate),
        ...(signal && { signal }),
      };
      return answerTo(url.protocol === "https:" ? https.request(options) : http.request(options), body);
    },

    async findServices(name): Promise<ServiceTarget[]> {
      const records = await resolver.resolveSrv(name);
      // A target of "." says that there is no such service. https://www.rfc-editor.org/rfc/rfc2782
      const found = records.filter((record) => record.name !== "" && record.name !== ".");
      return found.map(({ name: host, port, priority, weight }) => ({ host, port, priority, weight }));
    },
  };
}

function answerTo(asked: http.ClientRequest, body: ArrayBuffer | undefined): Promise<Response> {
  return new Promise((resolve, reject) => {
    asked.on("error", reject);
    asked.on("timeout", () => asked.destroy(new Error("No answer")));
    asked.on("response", (answer) => resolve(responseOf(answer)));
    asked.end(body && Buffer.from(body));
  });
}

function responseOf(answer: http.IncomingMessage): Response {
  const headers = new Headers();
  for (const [name, values] of Object.entries(answer.headersDistinct)) {
    for (const value of values ?? []) headers.append(name, value);
  }
  const status = answer.statusCode ?? 500;
  if (status === 204 || status === 304) {
    answer.resume();
    return new Response(null, { status, headers });
  }
  // The two declarations of streams differ, the streams do not.
  return new Response(Readable.toWeb(answer) as ReadableStream<Uint8Array>, { status, headers });
}

function withoutBrackets(host: HostAndPort["host"]): string {
  return host.replace(/^\[(.*)\]$/, "$1");
}
