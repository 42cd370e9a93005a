import * as v from "valibot";
import type { JsonObject } from "../../protocol/json.ts";
import { isRefusal, type Refusal } from "../../protocol/refusal.ts";
import { isAnswer, ok } from "../http/answer.ts";
import { authenticationData, deviceId } from "../http/validate.ts";
import type { Server } from "../server.ts";
import { endpoint } from "./endpoint.ts";

const dummy = "m.login.dummy";
const terms = "m.login.terms";
const registrationToken = "m.login.registration_token";

/**
 * POST /_matrix/client/v3/register
 * https://spec.matrix.org/v1.19/client-server-api/#post_matrixclientv3register
 */
const register = endpoint({
  method: "POST",
  path: "/_matrix/client/v3/register",
  auth: "none",
  query: v.object({ kind: v.optional(v.picklist(["guest", "user"])) }),
  body: v.looseObject({
    auth: authenticationData,
    username: v.optional(v.string()),
    password: v.optional(v.string()),
    device_id: v.optional(deviceId),
    initial_device_display_name: v.optional(v.string()),
    inhibit_login: v.optional(v.boolean()),
    refresh_token: v.optional(v.boolean()),
  }),
  async handle({ server, body, query, from }) {
    if (query.kind === "guest") return { code: "account/no-guests", facts: {} };
    if (server.settings.registration === "closed") return { code: "account/registration-closed", facts: {} };
    const earlier = server.interactiveAuth.registeredBy(body.auth?.session);
    if (earlier && (await isPassword(server, earlier.userId, body.password))) {
      return ok(signedIn(server, earlier.userId, { ...body, device_id: earlier.deviceId }, from));
    }
    if (body.username !== undefined) {
      const userId = server.accounts.availableUserId(body.username);
      if (isRefusal(userId)) return userId;
    }
    const authenticated = await server.interactiveAuth.authenticate(body as JsonObject, {
      operation: "register",
      flows: flowsOf(server),
      params: server.settings.terms ? { [terms]: { policies: server.settings.terms } } : {},
      check: (stage, auth) => checkStage(server, stage, auth),
    });
    if (isAnswer(authenticated) || isRefusal(authenticated)) return authenticated;
    const limit = server.rateLimits.take("registration", "everybody");
    if (limit) return limit;
    const wanted = authenticated.body as typeof body;
    if (wanted.password === undefined) {
      return { code: "request/missing-param", facts: { name: "password", place: "body" } };
    }
    const password = await server.ports.passwords.hash(wanted.password);
    // Only now: while the password was hashed somebody else may have taken the name.
    const userId = server.accounts.availableUserId(wanted.username ?? server.accounts.freeName());
    if (isRefusal(userId)) return userId;
    server.accounts.create(userId, password);
    const answer = signedIn(server, userId, wanted, from);
    const { device_id: deviceId } = answer;
    server.interactiveAuth.noteRegistered(authenticated.session, { userId, ...(deviceId && { deviceId }) });
    return ok(answer);
  },
});

/** Whether who asks again knows the password that the account was made with. */
async function isPassword(server: Server, userId: string, password: string | undefined): Promise<boolean> {
  const hash = server.accounts.get(userId)?.password;
  return password !== undefined && hash !== undefined && server.ports.passwords.verify(password, hash);
}

type Wishes = {
  device_id?: string | undefined;
  initial_device_display_name?: string | undefined;
  inhibit_login?: boolean | undefined;
  refresh_token?: boolean | undefined;
};

/** The answer about a new account, with a session in it unless that is not wanted. */
function signedIn(
  server: Server,
  userId: string,
  wanted: Wishes,
  from: string | undefined,
): { user_id: string; device_id?: string } {
  // The name of the server is deprecated, and yet older libraries do not go on without it.
  const account = { user_id: userId, home_server: server.name };
  if (wanted.inhibit_login) return account;
  const session = server.sessions.start(userId, {
    deviceId: wanted.device_id,
    displayName: wanted.initial_device_display_name,
    refreshable: wanted.refresh_token,
    from,
  });
  return { ...account, ...session };
}

/** What a new user has to go through, one way or another. */
function flowsOf({ settings }: Server): string[][] {
  const agreement = settings.terms ? [terms] : [];
  const open = settings.registration === "open" ? [agreement.length > 0 ? agreement : [dummy]] : [];
  const byToken = settings.registrationTokens.length > 0 || settings.registration === "token";
  return byToken ? [...open, [registrationToken, ...agreement]] : open;
}

function checkStage(server: Server, stage: string, auth: JsonObject): Refusal | undefined {
  if (stage !== registrationToken) return undefined;
  const good = typeof auth.token === "string" && server.settings.registrationTokens.includes(auth.token);
  return good ? undefined : { code: "auth-stage/wrong-token", facts: {} };
}

/**
 * GET /_matrix/client/v3/register/available
 * https://spec.matrix.org/v1.19/client-server-api/#get_matrixclientv3registeravailable
 */
const available = endpoint({
  method: "GET",
  path: "/_matrix/client/v3/register/available",
  auth: "none",
  query: v.object({ username: v.string() }),
  handle({ server, query }) {
    if (server.settings.registration === "closed") return { code: "account/registration-closed", facts: {} };
    const userId = server.accounts.availableUserId(query.username);
    return isRefusal(userId) ? userId : ok({ available: true });
  },
});

/**
 * GET /_matrix/client/v1/register/m.login.registration_token/validity
 * https://spec.matrix.org/v1.19/client-server-api/#get_matrixclientv1registermloginregistration_tokenvalidity
 */
const tokenValidity = endpoint({
  method: "GET",
  path: "/_matrix/client/v1/register/m.login.registration_token/validity",
  auth: "none",
  query: v.object({ token: v.string() }),
  handle({ server, query }) {
    if (server.settings.registration === "closed") return { code: "account/registration-closed", facts: {} };
    return ok({ valid: server.settings.registrationTokens.includes(query.token) });
  },
});

export const registerEndpoints = [register, available, tokenValidity];
