import type * as v from "valibot";
import type { JsonObject } from "../../protocol/json.ts";
import type { Refusal } from "../../protocol/refusal.ts";
import type { Answer } from "../http/answer.ts";
import type { ParamsOf } from "../http/router.ts";
import type { ObjectSchema } from "../http/validate.ts";
import type { Server } from "../server.ts";

/** What is read of the body: a JSON object of any kind, one of a schema, or nothing. */
export type BodyRule = "object" | ObjectSchema | undefined;

/** One operation of the server-server API, as its endpoint file declares it. */
export type FederationEndpointRule<
  Path extends string,
  Auth extends "server" | "none",
  Body extends BodyRule,
  Query extends ObjectSchema | undefined,
> = {
  method: "GET" | "POST" | "PUT";
  /** As the specification writes it, with `{names}`. */
  path: Path;
  /** Whether another server has to have signed the request: `server` if absent. */
  auth?: Auth;
  body?: Body;
  query?: Query;
  handle(call: FederationCall<Path, Auth, Body, Query>): Answer | Refusal | Promise<Answer | Refusal>;
};

/** A request of another server that was read, found well formed, and its. */
export type FederationCall<
  Path extends string = string,
  Auth extends "server" | "none" = "server",
  Body extends BodyRule = BodyRule,
  Query extends ObjectSchema | undefined = ObjectSchema | undefined,
> = {
  server: Server;
  /** The server that asks. */
  origin: Auth extends "server" ? string : undefined;
  /** Of the path, percent-decoded. */
  params: ParamsOf<Path>;
  body: Body extends ObjectSchema ? v.InferOutput<Body> : Body extends "object" ? JsonObject : undefined;
  query: Query extends ObjectSchema ? v.InferOutput<Query> : undefined;
  /** All of the query, where a name may stand more than once. */
  search: URLSearchParams;
};

/** An endpoint among others: what it needs of the call is between it and the edge. */
export type FederationEndpoint = {
  method: string;
  path: string;
  auth: "server" | "none";
  body: BodyRule;
  query: ObjectSchema | undefined;
  handle(call: AnyFederationCall): Answer | Refusal | Promise<Answer | Refusal>;
};

/** The edge has checked by the endpoint's own rule what the types of {@link FederationCall} say. */
export type AnyFederationCall = {
  [Key in keyof FederationCall]: Key extends "server" | "search" ? FederationCall[Key] : never;
};

/** Declares an endpoint. Its `handle` gets its call with the types that path, `auth`, `body` and `query` say. */
export function federationEndpoint<
  const Path extends string,
  Auth extends "server" | "none" = "server",
  Body extends BodyRule = undefined,
  Query extends ObjectSchema | undefined = undefined,
>(rule: FederationEndpointRule<Path, Auth, Body, Query>): FederationEndpoint {
  const { method, path, handle } = rule;
  return {
    method,
    path,
    auth: rule.auth ?? "server",
    body: rule.body,
    query: rule.query,
    handle: (call) => handle(call),
  };
}
