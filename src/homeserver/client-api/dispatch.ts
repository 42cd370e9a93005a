import { isRefusal, type Refusal } from "../../protocol/refusal.ts";
import type { Session } from "../accounts/sessions.ts";
import type { Answer } from "../http/answer.ts";
import { type Edge, edge } from "../http/edge.ts";
import { readJsonObject } from "../http/read-body.ts";
import { Router } from "../http/router.ts";
import { validate } from "../http/validate.ts";
import type { Server } from "../server.ts";
import type { AnyCall, Endpoint } from "./endpoint.ts";
import { accountLocked } from "./login.ts";

/** The edge of the client-server API: finds the endpoint, reads and checks what it needs. */
export function dispatcher(server: Server, endpoints: readonly Endpoint[]): Edge {
  const router = new Router(endpoints);
  return edge(server, (request, path, search, from) => answerTo(server, router, request, path, search, from));
}

async function answerTo(
  server: Server,
  router: Router<Endpoint>,
  request: Request,
  path: string,
  search: string,
  from: string | undefined,
): Promise<Answer | Refusal> {
  const { method } = request;
  const found = router.find(method, path.replace(releaseZero, "/_matrix/$1/v3/"));
  if (typeof found === "string") return { code: `request/${found}`, facts: { method, path } };
  const { route, params } = found;
  const searchParams = search === "" ? noSearch : new URLSearchParams(search);
  const session = authenticate(server, route, request, searchParams);
  if (isRefusal(session)) return session;
  if (session) server.sessions.seen(session, from, request.headers.get("user-agent")?.slice(0, 512));
  const query = route.query && validate(route.query, Object.fromEntries(searchParams), "query");
  if (isRefusal(query)) return query;
  const read = await readBody(server, route, request);
  if (isRefusal(read)) return read;
  const { body, text } = read;
  const call = { server, params, session, body, text, query, search: searchParams, request, from };
  // Awaited here, or the promise of another would take three more turns to be that of this function.
  return await route.handle(call as AnyCall);
}

/** What was `r0` is `v3` since version 1.1, with the same operations. */
const releaseZero = /^\/_matrix\/(client|media)\/r0\//;

const noSearch = new URLSearchParams();

/** https://spec.matrix.org/v1.19/client-server-api/#using-access-tokens */
function authenticate(
  server: Server,
  route: Endpoint,
  request: Request,
  search: URLSearchParams,
): Session | Refusal | undefined {
  if (route.auth === "none") return undefined;
  const header = request.headers.get("authorization");
  const token = header && /^bearer /i.test(header) ? header.slice(7) : search.get("access_token");
  if (token === null || token === "") {
    return route.auth === "optional" ? undefined : { code: "request/missing-token", facts: {} };
  }
  const session = server.sessions.find(token);
  if (isRefusal(session)) return session;
  return moderationFault(server, session.userId, route) ?? session;
}

/** https://spec.matrix.org/v1.19/client-server-api/#account-moderation */
function moderationFault(
  { accounts }: Server,
  userId: string,
  { allowsLocked, refusesSuspended }: Pick<Endpoint, "allowsLocked" | "refusesSuspended">,
): Refusal | undefined {
  const { locked, suspended } = accounts.get(userId) ?? {};
  if (locked && !allowsLocked) return accountLocked;
  return suspended && refusesSuspended ? { code: "account/suspended", facts: {} } : undefined;
}

async function readBody(server: Server, route: Endpoint, request: Request) {
  if (route.body === undefined) return { body: undefined, text: "" };
  const read = await readJsonObject(request, server.settings.limits.bodyBytes, {
    mayBeEmpty: route.bodyMayBeEmpty,
  });
  if (isRefusal(read) || route.body === "object") return read;
  const body = validate(route.body, read.body, "body");
  return isRefusal(body) ? body : { body, text: read.text };
}
