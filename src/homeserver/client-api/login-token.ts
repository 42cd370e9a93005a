import * as v from "valibot";
import { isRefusal } from "../../protocol/refusal.ts";
import { isAnswer, ok } from "../http/answer.ts";
import { authenticationData } from "../http/validate.ts";
import { endpoint } from "./endpoint.ts";
import { withPassword } from "./password-stage.ts";

/**
 * POST /_matrix/client/v1/login/get_token
 * https://spec.matrix.org/v1.19/client-server-api/#post_matrixclientv1loginget_token
 */
const getToken = endpoint({
  method: "POST",
  path: "/_matrix/client/v1/login/get_token",
  body: v.looseObject({ auth: authenticationData }),
  bodyMayBeEmpty: true,
  async handle({ server, session, body }) {
    const allowed = await withPassword(server, session, "get login token", body);
    if (isAnswer(allowed) || isRefusal(allowed)) return allowed;
    const { token, expiresIn } = server.loginTokens.issue(session.userId);
    return ok({ login_token: token, expires_in_ms: expiresIn });
  },
});

export const loginTokenEndpoints = [getToken];
