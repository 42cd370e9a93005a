import { numberFormFault } from "../../protocol/canonical-json.ts";
import type { JsonObject } from "../../protocol/json.ts";
import { parseMarkingOddNumbers } from "../../protocol/loose-json.ts";
import { isRefusal, type Refusal } from "../../protocol/refusal.ts";
import type { Answer } from "../http/answer.ts";
import { edge } from "../http/edge.ts";
import { readJsonObject } from "../http/read-body.ts";
import { Router } from "../http/router.ts";
import { validate } from "../http/validate.ts";
import type { Server } from "../server.ts";
import { authenticate, type Content } from "./authenticate.ts";
import type { AnyFederationCall, FederationEndpoint } from "./federation-endpoint.ts";

/** Whether a request is for other servers. */
export function isFederation(url: string): boolean {
  return /^[a-z]+:\/\/[^/]*\/(?:_matrix\/(?:federation|key)\/|\.well-known\/matrix\/server(?:$|[?#]))/i.test(
    url,
  );
}

/** The edge of the server-server API: finds the endpoint, and who asks; reads and checks what it needs. */
export function federationDispatcher(
  server: Server,
  endpoints: readonly FederationEndpoint[],
): (request: Request) => Promise<Response> {
  const router = new Router(endpoints);
  return edge(server, (request, path, search) => answerTo(server, router, request, path, search));
}

async function answerTo(
  server: Server,
  router: Router<FederationEndpoint>,
  request: Request,
  path: string,
  search: string,
): Promise<Answer | Refusal> {
  const { method } = request;
  const found = router.find(method, path);
  if (typeof found === "string") return { code: `request/${found}`, facts: { method, path } };
  const { route, params } = found;
  const content = route.body && (await readContent(server, request));
  if (isRefusal(content)) return content;
  let origin: string | undefined;
  if (route.auth === "server") {
    const uri = search === "" ? path : `${path}?${search}`;
    const asker = await authenticate(server, request, uri, content);
    if (isRefusal(asker)) return asker;
    server.federation.heardFrom(asker);
    origin = asker;
  }
  const searchParams = new URLSearchParams(search);
  const query = route.query && validate(route.query, Object.fromEntries(searchParams), "query");
  if (isRefusal(query)) return query;
  const read = content?.body;
  const body = read && route.body && route.body !== "object" ? validate(route.body, read, "body") : read;
  if (isRefusal(body)) return body;
  const call = { server, origin, params, body, query, search: searchParams };
  return route.handle(call as AnyFederationCall);
}

async function readContent(server: Server, request: Request): Promise<Content | Refusal> {
  const read = await readJsonObject(request, server.settings.limits.federationBytes);
  if (isRefusal(read)) return read;
  const isOdd = numberFormFault(read.text) !== undefined;
  return { ...read, isOdd, body: isOdd ? (parseMarkingOddNumbers(read.text) as JsonObject) : read.body };
}
