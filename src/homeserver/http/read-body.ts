import { deepestNesting } from "../../protocol/canonical-json.ts";
import { isJsonObject, type Json, type JsonObject } from "../../protocol/json.ts";
import { isRefusal, type Refusal } from "../../protocol/refusal.ts";

/** The bytes of a body, or a refusal once they are more than `limit`. */
export async function readBytes(request: Request | Response, limit: number): Promise<Uint8Array | Refusal> {
  const tooLarge: Refusal = { code: "request/too-large", facts: { limit } };
  const declared = request.headers.get("content-length");
  if (Number(declared) > limit) return tooLarge;
  // Servers hold a body to its declared length. As a stream it would cost ten times as much there; and there
  // are browsers that have no streams of bodies at all.
  if (declared !== null || request.body === undefined) {
    try {
      const whole = await request.arrayBuffer();
      return whole.byteLength > limit ? tooLarge : new Uint8Array(whole);
    } catch {
      return { code: "request/cut-off", facts: {} };
    }
  }
  if (!request.body) return new Uint8Array();
  const reader = request.body.getReader();
  const parts: Uint8Array[] = [];
  let length = 0;
  for (;;) {
    const { done, value } = await reader.read().catch(() => ({ done: true, value: cutOff }));
    if (value === cutOff) return { code: "request/cut-off", facts: {} };
    if (done) break;
    length += value.length;
    if (length > limit) {
      // What is left of it need not come, and whether it does is of no interest.
      reader.cancel().catch(() => undefined);
      return tooLarge;
    }
    parts.push(value);
  }
  return parts.length === 1 ? parts[0]! : joined(parts, length);
}

/** A body that has to be a JSON object, with its text. */
export async function readJsonObject(
  request: Request,
  limit: number,
  { mayBeEmpty = false } = {},
): Promise<{ body: JsonObject; text: string } | Refusal> {
  const bytes = await readBytes(request, limit);
  if (isRefusal(bytes)) return bytes;
  if (bytes.length === 0 && mayBeEmpty) return { body: {}, text: "" };
  let text: string;
  let body: Json;
  try {
    text = utf8.decode(bytes);
    body = JSON.parse(text);
  } catch {
    return { code: "request/not-json", facts: {} };
  }
  if (!isJsonObject(body)) return { code: "request/not-an-object", facts: {} };
  if (isTooDeep(text)) return { code: "json/too-deep", facts: { limit: deepestNesting } };
  return { body, text };
}

/** The text of a response, which must not be too long or too deeply nested for JSON. */
export async function readText(response: Response, limit: number): Promise<string | Refusal> {
  const bytes = await readBytes(response, limit);
  if (isRefusal(bytes)) return bytes;
  try {
    const text = utf8.decode(bytes);
    return isTooDeep(text) ? { code: "json/too-deep", facts: { limit: deepestNesting } } : text;
  } catch {
    return { code: "request/not-json", facts: {} };
  }
}

const utf8 = new TextDecoder("utf-8", { fatal: true, ignoreBOM: true });
const cutOff = new Uint8Array();

function joined(parts: Uint8Array[], length: number): Uint8Array {
  const bytes = new Uint8Array(length);
  let offset = 0;
  for (const part of parts) {
    bytes.set(part, offset);
    offset += part.length;
  }
  return bytes;
}

/** Whatever walks through a value later must not run out of stack. */
function isTooDeep(text: string): boolean {
  if (text.length < 2 * deepestNesting) return false;
  let depth = 0;
  let quoted = false;
  for (let index = 0; index < text.length; index++) {
    const character = text[index];
    if (quoted) {
      if (character === "\\") index++;
      else if (character === '"') quoted = false;
    } else if (character === '"') quoted = true;
    else if (character === "{" || character === "[") {
      depth += 1;
      if (depth > deepestNesting) return true;
    } else if (character === "}" || character === "]") depth -= 1;
  }
  return false;
}
