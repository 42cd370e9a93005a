import type { HttpRequest, HttpResponse } from "./http.ts";

const textual = /^(text\/|application\/(json|[\w.+-]*\+json|xml|x-www-form-urlencoded|javascript))/i;
const decoder = new TextDecoder();

/** Bytes as the log keeps them: text where the content type says so. */
function plainBody(bytes: ArrayBuffer, type: string | null): string | Uint8Array | undefined {
  if (bytes.byteLength === 0) return undefined;
  return type !== null && textual.test(type) ? decoder.decode(bytes) : new Uint8Array(bytes);
}

function pairs(headers: Headers): [name: string, value: string][] {
  return [...headers].map(([name, value]) => [name.toLowerCase(), value]);
}

export async function plainRequest(request: Request): Promise<HttpRequest> {
  const body = plainBody(await request.arrayBuffer(), request.headers.get("content-type"));
  const { method, url } = request;
  return { method, url, headers: pairs(request.headers), ...(body !== undefined && { body }) };
}

export async function plainResponse(response: Response): Promise<HttpResponse> {
  const body = plainBody(await response.arrayBuffer(), response.headers.get("content-type"));
  return { status: response.status, headers: pairs(response.headers), ...(body !== undefined && { body }) };
}

/** The request as a host gets it. */
export function liveRequest({ method, url, headers, body }: HttpRequest, signal?: AbortSignal): Request {
  const bodiless = method === "GET" || method === "HEAD" || body === undefined;
  const request = new Request(url, {
    method,
    headers,
    ...(!bodiless && { body: body as BodyInit }),
    ...(signal && { signal }),
  });
  return readFromMemory(request, bodiless ? undefined : body);
}

const bodilessStatus = new Set([101, 204, 205, 304]);

/** The response as an asker gets it. */
export function liveResponse({ status, headers, body }: HttpResponse): Response {
  const content = bodilessStatus.has(status) ? undefined : body;
  const shown = headers.filter(([name]) => name !== "set-cookie");
  return readFromMemory(
    new Response((content ?? null) as BodyInit | null, { status, headers: shown }),
    content,
  );
}

/**
 * Lets a body be read from memory without the platform's streams, whose number of turns is not the same on every
 * machine.
 */
function readFromMemory<Message extends Request | Response>(
  message: Message,
  body: HttpRequest["body"],
): Message {
  const bytes = (): Uint8Array<ArrayBuffer> => {
    if (body === undefined) return new Uint8Array();
    return typeof body === "string" ? new TextEncoder().encode(body) : new Uint8Array(body);
  };
  const text = (): string => (typeof body === "string" ? body : decoder.decode(body));
  Object.defineProperties(message, {
    text: { value: async () => text() },
    json: { value: async () => JSON.parse(text()) as unknown },
    bytes: { value: async () => bytes() },
    arrayBuffer: { value: async () => bytes().buffer },
    body: { value: undefined },
  });
  return message;
}
