import { parseUserId } from "../../protocol/identifiers.ts";
import { type Json, type JsonObject, ownValue } from "../../protocol/json.ts";
import { isRefusal, type Refusal } from "../../protocol/refusal.ts";
import type { Session } from "../accounts/sessions.ts";
import { ok } from "../http/answer.ts";
import type { Server } from "../server.ts";
import { remoteProfile } from "../users/remote-profile.ts";
import { endpoint } from "./endpoint.ts";

/** https://spec.matrix.org/v1.19/appendices/#common-namespaced-identifier-grammar */
const fieldName = /^(avatar_url|displayname|m\.tz|[a-z][a-z0-9_]*([.-][a-z0-9_-]+)+)$/;

/** An own profile and a field that there can be, or why not. */
function changeFault(
  { accounts }: Server,
  session: Session,
  userId: string,
  field: string,
): Refusal | undefined {
  const user = parseUserId(userId, { historical: true });
  if (isRefusal(user)) return user;
  if (userId !== session.userId || !accounts.get(userId)) return { code: "request/forbidden", facts: {} };
  if (field.length <= 255 && !fieldName.test(field)) {
    return {
      code: "request/invalid-param",
      facts: { name: "keyName", expected: "a namespaced identifier", found: field },
    };
  }
  return undefined;
}

function valueFault(field: string, value: Json | undefined): Refusal | undefined {
  if (value === undefined) return { code: "request/missing-param", facts: { name: field, place: "body" } };
  if (!["avatar_url", "displayname", "m.tz"].includes(field)) return undefined;
  if (typeof value === "string") return undefined;
  return { code: "request/wrong-type", facts: { name: field, expected: "a string", found: typeof value } };
}

/** The profile of a user of whatever server, or one field of it. */
async function profileOf(server: Server, userId: string, field?: string): Promise<JsonObject | Refusal> {
  const user = parseUserId(userId, { historical: true });
  if (isRefusal(user)) return user;
  if (!server.accounts.isLocal(userId)) return remoteProfile(server, userId, field);
  const account = server.accounts.get(userId);
  if (!account || account.deactivated) return { code: "request/not-found", facts: { what: "user" } };
  return server.profiles.get(userId);
}

/**
 * GET /_matrix/client/v3/profile/{userId}
 * https://spec.matrix.org/v1.19/client-server-api/#get_matrixclientv3profileuserid
 */
const getProfile = endpoint({
  method: "GET",
  path: "/_matrix/client/v3/profile/{userId}",
  auth: "none",
  async handle({ server, params }) {
    const profile = await profileOf(server, params.userId);
    return isRefusal(profile) ? profile : ok(profile);
  },
});

/**
 * GET /_matrix/client/v3/profile/{userId}/{keyName}
 * https://spec.matrix.org/v1.19/client-server-api/#get_matrixclientv3profileuseridkeyname
 */
const getField = endpoint({
  method: "GET",
  path: "/_matrix/client/v3/profile/{userId}/{keyName}",
  auth: "none",
  async handle({ server, params: { userId, keyName } }) {
    const profile = await profileOf(server, userId, keyName);
    if (isRefusal(profile)) return profile;
    const value = ownValue(profile, keyName);
    if (value === undefined) return { code: "request/not-found", facts: { what: "profile field" } };
    return ok({ [keyName]: value });
  },
});

/**
 * PUT /_matrix/client/v3/profile/{userId}/{keyName}
 * https://spec.matrix.org/v1.19/client-server-api/#put_matrixclientv3profileuseridkeyname
 */
const setField = endpoint({
  method: "PUT",
  path: "/_matrix/client/v3/profile/{userId}/{keyName}",
  refusesSuspended: true,
  body: "object",
  async handle({ server, session, params: { userId, keyName }, body }) {
    const value = body[keyName];
    const fault = changeFault(server, session, userId, keyName) ?? valueFault(keyName, value);
    return fault ?? (await server.profiles.set(userId, keyName, value!)) ?? ok({});
  },
});

/**
 * DELETE /_matrix/client/v3/profile/{userId}/{keyName}
 * https://spec.matrix.org/v1.19/client-server-api/#delete_matrixclientv3profileuseridkeyname
 */
const deleteField = endpoint({
  method: "DELETE",
  path: "/_matrix/client/v3/profile/{userId}/{keyName}",
  refusesSuspended: true,
  async handle({ server, session, params: { userId, keyName } }) {
    const fault = changeFault(server, session, userId, keyName);
    if (fault) return fault;
    await server.profiles.delete(userId, keyName);
    return ok({});
  },
});

export const profileEndpoints = [getProfile, getField, setField, deleteField];
