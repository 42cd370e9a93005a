import * as v from "valibot";
import { isRefusal, type Refusal } from "../../protocol/refusal.ts";
import { ok } from "../http/answer.ts";
import { deviceId, objectWith } from "../http/validate.ts";
import type { Server } from "../server.ts";
import { endpoint } from "./endpoint.ts";

/**
 * GET /_matrix/client/v3/login
 * https://spec.matrix.org/v1.19/client-server-api/#get_matrixclientv3login
 */
const flows = endpoint({
  method: "GET",
  path: "/_matrix/client/v3/login",
  auth: "none",
  handle: () =>
    ok({ flows: [{ type: "m.login.password" }, { type: "m.login.token", get_login_token: true }] }),
});

const loginBody = v.looseObject({
  type: v.string(),
  identifier: v.optional(objectWith({ type: v.string(), user: v.optional(v.string()) })),
  user: v.optional(v.string()),
  medium: v.optional(v.string()),
  address: v.optional(v.string()),
  password: v.optional(v.string()),
  token: v.optional(v.string()),
  device_id: v.optional(deviceId),
  initial_device_display_name: v.optional(v.string()),
  refresh_token: v.optional(v.boolean()),
});

/**
 * POST /_matrix/client/v3/login
 * https://spec.matrix.org/v1.19/client-server-api/#post_matrixclientv3login
 */
const login = endpoint({
  method: "POST",
  path: "/_matrix/client/v3/login",
  auth: "none",
  body: loginBody,
  async handle({ server, body, from }) {
    const userId = await provenUser(server, body);
    if (isRefusal(userId)) return userId;
    if (server.accounts.get(userId)?.locked) return accountLocked;
    const { device_id: device = "" } = body;
    // A device and a key of the same name could be taken for one another.
    if (server.keys.crossSigning.usageOf(userId, device)) {
      return { code: "keys/key-id-in-use", facts: { key: device } };
    }
    const session = server.sessions.start(userId, {
      deviceId: body.device_id,
      displayName: body.initial_device_display_name,
      refreshable: body.refresh_token,
      from,
    });
    // Deprecated, and yet older libraries do not sign in without it.
    return ok({ user_id: userId, home_server: server.name, ...session });
  },
});

export const accountLocked: Refusal = { code: "account/locked", facts: { soft_logout: true } };

/** Who it is that signs in, as their password or a token shows. */
async function provenUser(server: Server, body: v.InferOutput<typeof loginBody>): Promise<string | Refusal> {
  if (body.type === "m.login.token") {
    if (body.token === undefined) {
      return { code: "request/missing-param", facts: { name: "token", place: "body" } };
    }
    const userId = server.loginTokens.redeem(body.token);
    const isGood = userId !== undefined && !server.accounts.get(userId)?.deactivated;
    return isGood ? userId : { code: "account/bad-login-token", facts: {} };
  }
  if (body.type !== "m.login.password") {
    return { code: "account/unknown-login-type", facts: { type: body.type } };
  }
  const user = userOf(body);
  if (isRefusal(user)) return user;
  if (body.password === undefined) {
    return { code: "request/missing-param", facts: { name: "password", place: "body" } };
  }
  const userId = server.accounts.userIdOf(user);
  const limit = server.rateLimits.take("login", userId);
  return limit ?? (await passwordFault(server, userId, body.password)) ?? userId;
}

/** Whether the password is that of the user, who may not exist. */
export async function passwordFault(
  server: Server,
  userId: string,
  password: string,
): Promise<Refusal | undefined> {
  const account = server.accounts.get(userId);
  if (account?.deactivated) return { code: "account/deactivated", facts: {} };
  const hash = account?.password;
  if (hash !== undefined && (await server.ports.passwords.verify(password, hash))) return undefined;
  return { code: "account/wrong-password", facts: {} };
}

function userOf({ identifier, user }: v.InferOutput<typeof loginBody>): string | Refusal {
  if (identifier && identifier.type !== "m.id.user") {
    return { code: "account/unknown-identifier-type", facts: { type: identifier.type } };
  }
  const name = identifier ? identifier.user : user;
  return name ?? { code: "request/missing-param", facts: { name: "identifier", place: "body" } };
}

/**
 * POST /_matrix/client/v3/refresh
 * https://spec.matrix.org/v1.19/client-server-api/#post_matrixclientv3refresh
 */
const refresh = endpoint({
  method: "POST",
  path: "/_matrix/client/v3/refresh",
  auth: "none",
  body: v.looseObject({ refresh_token: v.string() }),
  handle({ server, body }) {
    const tokens = server.sessions.refresh(body.refresh_token);
    return isRefusal(tokens) ? tokens : ok(tokens);
  },
});

/**
 * POST /_matrix/client/v3/logout
 * https://spec.matrix.org/v1.19/client-server-api/#post_matrixclientv3logout
 */
const logout = endpoint({
  method: "POST",
  path: "/_matrix/client/v3/logout",
  allowsLocked: true,
  handle({ server, session }) {
    server.sessions.endDevice(session.userId, session.deviceId);
    return ok({});
  },
});

/**
 * POST /_matrix/client/v3/logout/all
 * https://spec.matrix.org/v1.19/client-server-api/#post_matrixclientv3logoutall
 */
const logoutAll = endpoint({
  method: "POST",
  path: "/_matrix/client/v3/logout/all",
  allowsLocked: true,
  handle({ server, session }) {
    for (const deviceId of server.sessions.devicesOf(session.userId)) {
      server.sessions.endDevice(session.userId, deviceId);
    }
    return ok({});
  },
});

/**
 * GET /_matrix/client/v3/account/whoami
 * https://spec.matrix.org/v1.19/client-server-api/#get_matrixclientv3accountwhoami
 */
const whoami = endpoint({
  method: "GET",
  path: "/_matrix/client/v3/account/whoami",
  handle: ({ session }) => ok({ user_id: session.userId, device_id: session.deviceId, is_guest: false }),
});

export const loginEndpoints = [flows, login, refresh, logout, logoutAll, whoami];
