import type { Json, JsonObject } from "../../protocol/json.ts";
import { isRefusal, type Refusal } from "../../protocol/refusal.ts";
import type { SecretRegistration } from "../accounts/registration-secret.ts";
import { ok } from "../http/answer.ts";
import { endpoint } from "./endpoint.ts";

const path = "/_synapse/admin/v1/register";

/**
 * GET /_synapse/admin/v1/register
 * https://element-hq.github.io/synapse/latest/admin_api/register_api.html
 */
const nonce = endpoint({
  method: "GET",
  path,
  auth: "none",
  handle: ({ server }) => ok({ nonce: server.registrationSecret.newNonce() }),
});

/**
 * POST /_synapse/admin/v1/register
 * https://element-hq.github.io/synapse/latest/admin_api/register_api.html
 */
const register = endpoint({
  method: "POST",
  path,
  auth: "none",
  body: "object",
  async handle({ server, body, from }) {
    if (!server.registrationSecret.isEnabled) return { code: "registration-secret/not-enabled", facts: {} };
    if (!("nonce" in body)) return missing("nonce");
    if (typeof body.nonce !== "string" || !server.registrationSecret.take(body.nonce)) {
      return { code: "registration-secret/unknown-nonce", facts: {} };
    }
    const wanted = registrationOf(body.nonce, body);
    if (isRefusal(wanted)) return wanted;
    if (!("mac" in body)) return missing("mac");
    if (typeof body.mac !== "string" || !server.registrationSecret.isSignedBy(body.mac, wanted)) {
      return { code: "registration-secret/wrong-mac", facts: {} };
    }
    const fields = optionalFields(body);
    if (isRefusal(fields)) return fields;
    const password = await server.ports.passwords.hash(wanted.password);
    const userId = server.accounts.availableUserId(wanted.username);
    if (isRefusal(userId)) return userId;
    server.accounts.create(userId, password, { admin: wanted.admin });
    if (fields.displayname !== undefined) {
      const fault = await server.profiles.set(userId, "displayname", fields.displayname);
      if (fault) return fault;
    }
    const account = { user_id: userId, home_server: server.name };
    if (body.inhibit_login === true) return ok(account);
    const session = server.sessions.start(userId, {
      deviceId: fields.device_id,
      displayName: fields.initial_device_display_name,
      refreshable: body.refresh_token === true,
      from,
    });
    return ok({ ...account, ...session });
  },
});

const longest = 512;

function registrationOf(nonce: string, body: JsonObject): SecretRegistration | Refusal {
  const username = textOf(body, "username");
  if (isRefusal(username)) return username;
  const password = textOf(body, "password");
  if (isRefusal(password)) return password;
  const userType = body.user_type ?? undefined;
  if (userType !== undefined && (typeof userType !== "string" || !userTypes.has(userType))) {
    return invalid("user_type");
  }
  const admin = Boolean(body.admin);
  return { nonce, username, password, admin, ...(userType !== undefined && { userType }) };
}

/** Synapse's own kinds of users, which mean nothing here. */
const userTypes = new Set(["support", "bot"]);

function textOf(body: JsonObject, name: string): string | Refusal {
  const value: Json | undefined = body[name];
  if (value === undefined) return missing(name);
  const isGood = typeof value === "string" && value.length <= longest && !value.includes("\u0000");
  return isGood ? value : invalid(name);
}

function optionalFields(body: JsonObject) {
  const fields: { displayname?: string; device_id?: string; initial_device_display_name?: string } = {};
  for (const name of ["displayname", "device_id", "initial_device_display_name"] as const) {
    const value = body[name] ?? undefined;
    if (value === undefined) continue;
    if (typeof value !== "string" || value.length > longest) return invalid(name);
    fields[name] = value;
  }
  return fields;
}

function missing(name: string): Refusal {
  return { code: "registration-secret/missing", facts: { name } };
}

function invalid(name: string): Refusal {
  return { code: "registration-secret/invalid", facts: { name } };
}

export const registerBySecretEndpoints = [nonce, register];
