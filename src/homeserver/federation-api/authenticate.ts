import type { JsonObject } from "../../protocol/json.ts";
import { isRefusal, type Refusal } from "../../protocol/refusal.ts";
import { parseServerName } from "../../protocol/server-name.ts";
import { parseXMatrix, requestSigningBytes } from "../../protocol/signatures.ts";
import type { Server } from "../server.ts";

/**
 * The server that a request is of, by its signature.
 * https://spec.matrix.org/v1.19/server-server-api/#request-authentication
 * @param uri path and query, as they stand in the address.
 */
export async function authenticate(
  server: Server,
  request: Request,
  uri: string,
  content: JsonObject | undefined,
): Promise<string | Refusal> {
  const header = request.headers.get("authorization");
  if (header === null) return { code: "federation/no-signature", facts: {} };
  const parsed = parseXMatrix(header);
  if (isRefusal(parsed)) return parsed;
  const { origin, destination = server.name, key, sig } = parsed;
  if (isRefusal(parseServerName(origin))) return { code: "federation/bad-origin", facts: { origin } };
  if (destination !== server.name) return { code: "federation/wrong-destination", facts: { destination } };
  const bytes = requestBytes({
    method: request.method,
    uri,
    origin,
    destination,
    ...(content && { content }),
  });
  const isGood = bytes && (await server.federation.keyring.verify(origin, key, "request", bytes, sig));
  return isGood ? origin : { code: "federation/bad-request-signature", facts: { origin, key } };
}

/** None where the content has no canonical form: then nobody can have signed it. */
function requestBytes(request: Parameters<typeof requestSigningBytes>[0]): Uint8Array | undefined {
  try {
    return requestSigningBytes(request);
  } catch {
    return undefined;
  }
}
