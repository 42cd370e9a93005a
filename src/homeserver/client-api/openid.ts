import { ok } from "../http/answer.ts";
import { endpoint } from "./endpoint.ts";

/**
 * POST /_matrix/client/v3/user/{userId}/openid/request_token
 * https://spec.matrix.org/v1.19/client-server-api/#post_matrixclientv3useruseridopenidrequest_token
 */
const requestToken = endpoint({
  method: "POST",
  path: "/_matrix/client/v3/user/{userId}/openid/request_token",
  body: "object",
  bodyMayBeEmpty: true,
  handle({ server, session, params: { userId } }) {
    if (userId !== session.userId) return { code: "request/forbidden", facts: {} };
    const { token, expiresIn } = server.openIdTokens.issue(userId);
    return ok({
      access_token: token,
      token_type: "Bearer",
      matrix_server_name: server.name,
      expires_in: expiresIn,
    });
  },
});

export const openIdEndpoints = [requestToken];
