import * as v from "valibot";
import { ok } from "../http/answer.ts";
import { federationEndpoint } from "./federation-endpoint.ts";

/**
 * GET /_matrix/federation/v1/openid/userinfo
 * https://spec.matrix.org/v1.19/server-server-api/#get_matrixfederationv1openiduserinfo
 */
const userInfo = federationEndpoint({
  method: "GET",
  path: "/_matrix/federation/v1/openid/userinfo",
  auth: "none",
  query: v.object({ access_token: v.optional(v.string()) }),
  handle({ server, query: { access_token: token } }) {
    if (token === undefined) return { code: "request/missing-token", facts: {} };
    const userId = server.openIdTokens.userOf(token);
    return userId === undefined ? { code: "request/unknown-token", facts: {} } : ok({ sub: userId });
  },
});

export const openIdEndpoints = [userInfo];
