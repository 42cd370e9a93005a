import * as v from "valibot";
import { ok } from "../http/answer.ts";
import { federationEndpoint } from "./federation-endpoint.ts";

/**
 * GET /_matrix/federation/v1/query/profile
 * https://spec.matrix.org/v1.19/server-server-api/#get_matrixfederationv1queryprofile
 */
const profile = federationEndpoint({
  method: "GET",
  path: "/_matrix/federation/v1/query/profile",
  query: v.object({ user_id: v.string(), field: v.optional(v.string()) }),
  handle({ server, query: { user_id: userId, field } }) {
    if (!server.accounts.isLocal(userId)) {
      const facts = { name: "user_id", expected: "a user of this server", found: userId };
      return { code: "request/invalid-param", facts };
    }
    const account = server.accounts.get(userId);
    if (!account || account.deactivated) return { code: "request/not-found", facts: { what: "user" } };
    const all = server.profiles.get(userId);
    if (field === undefined) return ok(all);
    if (!Object.hasOwn(all, field)) return { code: "request/not-found", facts: { what: "profile field" } };
    return ok({ [field]: all[field]! });
  },
});

export const profileEndpoints = [profile];
