import { isJsonObject, type Json } from "../../protocol/json.ts";

/** What an endpoint answers with JSON; with anything else it answers a `Response`. */
export type JsonAnswer = { status: number; body: Json; headers?: Record<string, string> };
export type Answer = JsonAnswer | Response;

export function ok(body: Json): JsonAnswer {
  return { status: 200, body };
}

export function isAnswer(value: unknown): value is Answer {
  return value instanceof Response || (isJsonObject(value) && "status" in value && "body" in value);
}

/** Clients in pages of other origins may use everything. https://spec.matrix.org/v1.19/client-server-api/#web-browser-clients */
const corsHeaders = {
  "access-control-allow-origin": "*",
  "access-control-allow-methods": "GET, POST, PUT, DELETE, OPTIONS",
  "access-control-allow-headers": "X-Requested-With, Content-Type, Authorization",
  "access-control-expose-headers": "Retry-After",
} as const;

/** No `Headers`: servers write a plain object as it is, and would have to take a `Headers` apart. */
const jsonHeaders = { ...corsHeaders, "content-type": "application/json" };

export function toResponse(answer: Answer): Response {
  if (answer instanceof Response) {
    for (const [name, value] of Object.entries(corsHeaders)) answer.headers.set(name, value);
    return answer;
  }
  const response = new Response(JSON.stringify(answer.body), { status: answer.status, headers: jsonHeaders });
  if (answer.headers) {
    for (const [name, value] of Object.entries(answer.headers)) response.headers.set(name, value);
  }
  return response;
}

/** What a browser asks before it lets a page ask. */
export function preflight(): Response {
  return new Response(null, { status: 204, headers: { ...corsHeaders, "access-control-max-age": "86400" } });
}
