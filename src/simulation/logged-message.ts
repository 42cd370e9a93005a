import type { HttpRequest, HttpResponse } from "./http.ts";

/** How long a body that is no JSON may be in the log, bytes or characters: pictures and films would fill it. */
const longest = 16_384;

/** A message as the log keeps it: of a file only the beginning. */
export function loggedMessage<Message extends HttpRequest | HttpResponse>(message: Message): Message {
  const { body } = message;
  if (body === undefined || body.length <= longest || isJson(body)) return message;
  return { ...message, body: body.slice(0, longest), bodySize: bodySize(message) };
}

/** How many bytes a message's body has. */
export function bodySize({ body = "", bodySize: known }: HttpRequest | HttpResponse): number {
  return known ?? (typeof body === "string" ? new TextEncoder().encode(body).length : body.length);
}

function isJson(body: string | Uint8Array): boolean {
  return typeof body === "string" && /^\s*[[{]/.test(body);
}
