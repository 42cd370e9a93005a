import { canonicalJson } from "../../protocol/canonical-json.ts";
import type { JsonObject } from "../../protocol/json.ts";
import { looseCanonicalJson } from "../../protocol/loose-json.ts";
import { isRefusal, type Refusal } from "../../protocol/refusal.ts";
import { parseServerName } from "../../protocol/server-name.ts";
import { parseXMatrix, requestSigningBytes, type SignedRequest } from "../../protocol/signatures.ts";
import type { Server } from "../server.ts";

/** A body, and whether there are numbers in it that canonical JSON writes otherwise. */
export type Content = { body: JsonObject; text: string; isOdd: boolean };

/**
 * The server that a request is of, by its signature.
 * https://spec.matrix.org/v1.19/server-server-api/#request-authentication
 * @param uri path and query, as they stand in the address.
 */
export async function authenticate(
  server: Server,
  request: Request,
  uri: string,
  content: Content | undefined,
): Promise<string | Refusal> {
  const header = request.headers.get("authorization");
  if (header === null) return { code: "federation/no-signature", facts: {} };
  const parsed = parseXMatrix(header);
  if (isRefusal(parsed)) return parsed;
  const { origin, destination = server.name, key, sig } = parsed;
  if (isRefusal(parseServerName(origin))) return { code: "federation/bad-origin", facts: { origin } };
  if (destination !== server.name) return { code: "federation/wrong-destination", facts: { destination } };
  const bytes = requestBytes({ method: request.method, uri, origin, destination }, content);
  const isGood = await server.federation.keyring.verify(origin, key, "request", bytes, sig);
  return isGood ? origin : { code: "federation/bad-request-signature", facts: { origin, key } };
}

/**
 * What a request's signature is over. Content that has no canonical form is taken as it is written: whose it is can
 * be told all the same, and what in it is wrong, by more than silence.
 */
function requestBytes(request: SignedRequest, content: Content | undefined): Uint8Array {
  if (!content) return requestSigningBytes(request);
  if (!content.isOdd) {
    try {
      return requestSigningBytes({ ...request, content: content.body });
    } catch {
      // It is no canonical JSON in some other way.
    }
  }
  // `content` comes first of all names.
  const rest = canonicalJson(request).slice(1);
  return utf8.encode(`{"content":${looseCanonicalJson(content.text)},${rest}`);
}

const utf8 = new TextEncoder();
