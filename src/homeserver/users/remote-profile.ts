import { serverOf } from "../../protocol/identifiers.ts";
import type { JsonObject } from "../../protocol/json.ts";
import { isRefusal, type Refusal } from "../../protocol/refusal.ts";
import type { Server } from "../server.ts";

/**
 * Asks the server of a user for their profile, or for one field of it. Whoever it does not know is not known.
 * https://spec.matrix.org/v1.19/server-server-api/#get_matrixfederationv1queryprofile
 */
export async function remoteProfile(
  server: Server,
  userId: string,
  field?: string,
): Promise<JsonObject | Refusal> {
  const answer = await server.federation.request(serverOf(userId)!, {
    method: "GET",
    path: "/_matrix/federation/v1/query/profile",
    query: { user_id: userId, field },
  });
  if (!isRefusal(answer)) {
    // What is not set may come as `null`.
    const fields = Object.entries(answer).filter(
      ([name, value]) => value !== null && (field ?? name) === name,
    );
    return Object.fromEntries(fields);
  }
  const status = answer.code === "federation/refused" ? answer.facts.status : undefined;
  if (status === 404) return { code: "request/not-found", facts: { what: "user" } };
  return status === 403 ? { code: "request/forbidden", facts: {} } : answer;
}
