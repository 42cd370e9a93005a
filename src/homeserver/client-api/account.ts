import * as v from "valibot";
import { isRefusal } from "../../protocol/refusal.ts";
import { isAnswer, ok } from "../http/answer.ts";
import { authenticationData } from "../http/validate.ts";
import { deactivate } from "../users/deactivate.ts";
import { endpoint } from "./endpoint.ts";
import { withPassword } from "./password-stage.ts";

/**
 * POST /_matrix/client/v3/account/password
 * https://spec.matrix.org/v1.19/client-server-api/#post_matrixclientv3accountpassword
 */
const changePassword = endpoint({
  method: "POST",
  path: "/_matrix/client/v3/account/password",
  body: v.looseObject({
    auth: authenticationData,
    new_password: v.optional(v.string()),
    logout_devices: v.optional(v.boolean()),
  }),
  async handle({ server, session, body }) {
    const allowed = await withPassword(server, session, "change password", body);
    if (isAnswer(allowed) || isRefusal(allowed)) return allowed;
    const { new_password, logout_devices = true } = allowed.body;
    if (new_password === undefined) {
      return { code: "request/missing-param", facts: { name: "new_password", place: "body" } };
    }
    const password = await server.ports.passwords.hash(new_password);
    server.accounts.update(session.userId, { password });
    if (logout_devices) {
      for (const deviceId of server.sessions.devicesOf(session.userId)) {
        if (deviceId !== session.deviceId) server.sessions.endDevice(session.userId, deviceId);
      }
    }
    return ok({});
  },
});

/**
 * POST /_matrix/client/v3/account/deactivate
 * https://spec.matrix.org/v1.19/client-server-api/#post_matrixclientv3accountdeactivate
 */
const deactivateAccount = endpoint({
  method: "POST",
  path: "/_matrix/client/v3/account/deactivate",
  body: v.looseObject({
    auth: authenticationData,
    erase: v.optional(v.boolean()),
    id_server: v.optional(v.string()),
  }),
  bodyMayBeEmpty: true,
  async handle({ server, session, body }) {
    const allowed = await withPassword(server, session, "deactivate", body);
    if (isAnswer(allowed) || isRefusal(allowed)) return allowed;
    await deactivate(server, session.userId, allowed.body.erase ?? false);
    // No address of the user was ever bound to an identity server.
    return ok({ id_server_unbind_result: "success" });
  },
});

export const accountEndpoints = [changePassword, deactivateAccount];
