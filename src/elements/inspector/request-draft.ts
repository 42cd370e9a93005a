import type { JsonObject } from "../../protocol/json.ts";
import { pathOf } from "./inspector-endpoint.ts";
import type { InspectedEvent, InspectedExchange } from "./inspector-state.ts";

/** A request as somebody is about to send it. */
export type RequestDraft = {
  /** The device that sends it: `you/laptop`. */
  host: string;
  method: string;
  /** Path and query. */
  path: string;
  body?: string;
  /** The type of the event that the body is the content of. */
  eventType?: string;
};

/** Only a request of a device to its own server can be sent again: servers sign theirs. */
export function draftOfExchange({ from, request }: InspectedExchange): RequestDraft | undefined {
  const path = freshPath(pathAndQuery(request.url));
  if (!from.includes("/") || !path.startsWith("/_matrix/client/")) return undefined;
  const eventType = /\/(?:state|send)\/([^/?]+)/.exec(pathOf(request.url))?.[1];
  return {
    host: from,
    method: request.method,
    path,
    ...(typeof request.body === "string" && request.body !== "" && { body: pretty(request.body) }),
    ...(eventType !== undefined && { eventType: decodeURIComponent(eventType) }),
  };
}

/** What sets the same state anew. */
export function draftOfState({ room, pdu }: InspectedEvent, host: string): RequestDraft | undefined {
  const { type, state_key: key, content } = pdu as JsonObject;
  if (typeof type !== "string" || typeof key !== "string") return undefined;
  const parts = ["rooms", room, "state", type, ...(key === "" ? [] : [key])].map(encodeURIComponent);
  return {
    host,
    method: "PUT",
    path: `/_matrix/client/v3/${parts.join("/")}`,
    body: JSON.stringify(content, undefined, 2),
    eventType: type,
  };
}

/**
 * The path with another transaction id, where it ends in one: a server takes a repeated one for the same request, and
 * does nothing. https://spec.matrix.org/v1.19/client-server-api/#transaction-identifiers
 */
export function freshPath(path: string): string {
  return path.replace(
    /(\/(?:send|redact|sendToDevice)\/[^/?]+\/)[^/?]+(?=\?|$)/,
    (_, before: string) => `${before}hand-${crypto.randomUUID().slice(0, 8)}`,
  );
}

function pathAndQuery(url: string): string {
  const { pathname, search } = new URL(url);
  return pathname + search;
}

function pretty(body: string): string {
  try {
    return JSON.stringify(JSON.parse(body), undefined, 2);
  } catch {
    return body;
  }
}
