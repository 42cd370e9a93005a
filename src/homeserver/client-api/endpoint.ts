import type * as v from "valibot";
import type { JsonObject } from "../../protocol/json.ts";
import type { Refusal } from "../../protocol/refusal.ts";
import type { Session } from "../accounts/sessions.ts";
import type { Answer } from "../http/answer.ts";
import type { ParamsOf } from "../http/router.ts";
import type { ObjectSchema } from "../http/validate.ts";
import type { Server } from "../server.ts";

export type Method = "GET" | "POST" | "PUT" | "DELETE";

/** Whether a request needs an access token, may have one, or takes no notice of it. */
export type Authentication = "token" | "optional" | "none";

/**
 * What the HTTP edge reads of the body: a JSON object of any kind, one of a schema, or nothing (then the
 * endpoint may read `request` itself).
 */
export type BodyRule = "object" | ObjectSchema | undefined;

/** One operation of the client-server API, as its endpoint file declares it. */
export type EndpointRule<
  Path extends string,
  Auth extends Authentication,
  Body extends BodyRule,
  Query extends ObjectSchema | undefined,
> = {
  method: Method;
  /** As the specification writes it, with `{names}`. */
  path: Path;
  /** `token` if absent. */
  auth?: Auth;
  body?: Body;
  /** Suspended users may not do it. */
  refusesSuspended?: boolean;
  /** Locked users may do even this. */
  allowsLocked?: boolean;
  /** No body at all is as good as `{}`. */
  bodyMayBeEmpty?: boolean;
  query?: Query;
  handle(call: Call<Path, Auth, Body, Query>): Answer | Refusal | Promise<Answer | Refusal>;
};

/** A request that was read and found well formed. */
export type Call<
  Path extends string = string,
  Auth extends Authentication = Authentication,
  Body extends BodyRule = BodyRule,
  Query extends ObjectSchema | undefined = ObjectSchema | undefined,
> = {
  server: Server;
  /** Of the path, percent-decoded. */
  params: ParamsOf<Path>;
  session: SessionOf<Auth>;
  body: Body extends ObjectSchema ? v.InferOutput<Body> : Body extends "object" ? JsonObject : undefined;
  /** The JSON of the body as it came: it tells `1.0` from `1`. Empty if there is none. */
  text: string;
  query: Query extends ObjectSchema ? v.InferOutput<Query> : undefined;
  /** All of the query, where a name may stand more than once. */
  search: URLSearchParams;
  request: Request;
  /** The network address of who asks, where it is known. */
  from: string | undefined;
};

type SessionOf<Auth extends Authentication> = Auth extends "token"
  ? Session
  : Auth extends "optional"
    ? Session | undefined
    : undefined;

/** An endpoint among others: what it needs of the call is between it and the edge. */
export type Endpoint = {
  method: Method;
  path: string;
  auth: Authentication;
  body: BodyRule;
  bodyMayBeEmpty: boolean;
  refusesSuspended: boolean;
  allowsLocked: boolean;
  query: ObjectSchema | undefined;
  handle(call: AnyCall): Answer | Refusal | Promise<Answer | Refusal>;
};

/** The edge has checked by the endpoint's own rule what the types of {@link Call} say. */
export type AnyCall = {
  [Key in keyof Call]: Key extends "server" | "text" | "search" | "request" | "from" ? Call[Key] : never;
};

/** Declares an endpoint. Its `handle` gets its call with the types that path, `auth`, `body` and `query` say. */
export function endpoint<
  const Path extends string,
  Auth extends Authentication = "token",
  Body extends BodyRule = undefined,
  Query extends ObjectSchema | undefined = undefined,
>(rule: EndpointRule<Path, Auth, Body, Query>): Endpoint {
  const { method, path, handle } = rule;
  return {
    method,
    path,
    auth: rule.auth ?? "token",
    body: rule.body,
    bodyMayBeEmpty: rule.bodyMayBeEmpty ?? false,
    refusesSuspended: rule.refusesSuspended ?? false,
    allowsLocked: rule.allowsLocked ?? false,
    query: rule.query,
    handle: (call) => handle(call),
  };
}
