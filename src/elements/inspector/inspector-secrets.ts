import type { Json } from "../../protocol/json.ts";

/** What stands in a secret's place. */
export const secretMask = "••••••••";

const secretFields = new Set([
  "access_token",
  "refresh_token",
  "login_token",
  "password",
  "new_password",
  "old_password",
  "client_secret",
  "passphrase",
  "private_key",
  "recovery_key",
]);

/** Is the value of this field a secret? `token` is one where a login or a stage of a registration is told by it. */
export function isSecretField(name: string, beside?: { readonly [key: string]: unknown }): boolean {
  if (secretFields.has(name)) return true;
  return name === "token" && typeof beside?.type === "string" && beside.type.startsWith("m.login.");
}

const secretHeaders = new Set(["authorization", "cookie", "set-cookie", "proxy-authorization"]);

export function isSecretHeader(name: string): boolean {
  return secretHeaders.has(name.toLowerCase());
}

const secretParameters = new Set(["access_token", "loginToken", "token"]);

/** A header's value with its secret part masked; the scheme before it stays (`Bearer ••••••••`). */
export function maskedHeader(name: string, value: string): string {
  if (!isSecretHeader(name)) return value;
  const [scheme] = value.split(" ");
  return value.includes(" ") ? `${scheme} ${secretMask}` : secretMask;
}

export function maskedHeaders(headers: readonly [string, string][]): [string, string][] {
  return headers.map(([name, value]) => [name, maskedHeader(name, value)]);
}

/** A JSON value with every secret in it masked. */
export function masked(value: Json): Json {
  if (Array.isArray(value)) return value.map(masked);
  if (value === null || typeof value !== "object") return value;
  const entries = Object.entries(value).map(([name, inner]) => {
    const secret = typeof inner === "string" && isSecretField(name, value);
    return [name, secret ? secretMask : masked(inner)] as const;
  });
  return Object.fromEntries(entries);
}

/** A body with every secret in it masked; one that holds none, or is no JSON, as it is. */
export function maskedBody(body: string): string {
  let value: Json;
  try {
    value = JSON.parse(body) as Json;
  } catch {
    return body;
  }
  const changed = masked(value);
  const same = JSON.stringify(value);
  const now = JSON.stringify(changed);
  return same === now ? body : now;
}

/** An address with the secrets of its query masked. */
export function maskedUrl(url: string): string {
  return url.replace(/([?&])([^=&#]+)=([^&#]*)/g, (whole, before: string, name: string) =>
    secretParameters.has(name) ? `${before}${name}=${encodeURIComponent(secretMask)}` : whole,
  );
}
