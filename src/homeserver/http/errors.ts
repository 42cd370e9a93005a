import type { Json, JsonObject } from "../../protocol/json.ts";
import type { Refusal } from "../../protocol/refusal.ts";
import type { JsonAnswer } from "./answer.ts";
import { accountErrors } from "./errors/accounts.ts";
import { federationErrors } from "./errors/federation.ts";
import { keyErrors } from "./errors/keys.ts";
import { mediaErrors } from "./errors/media.ts";
import { requestErrors } from "./errors/requests.ts";
import { roomErrors } from "./errors/rooms.ts";
import { userErrors } from "./errors/users.ts";

/** Status, errcode, and English text for developers with `{facts}` in it. */
export type ErrorRow = readonly [status: number, errcode: string, text: string];

/** Refusal code, or the part of it up to `/`, → what is answered. */
const errors: Readonly<Record<string, ErrorRow>> = {
  ...requestErrors,
  ...accountErrors,
  ...roomErrors,
  ...userErrors,
  ...mediaErrors,
  ...keyErrors,
  ...federationErrors,
};

/** The specification's error for a refusal. */
export function errorAnswer(refusal: Refusal): JsonAnswer {
  const [status, errcode, text] = passedOn(refusal) ?? errorRow(refusal.code);
  const body: JsonObject = { errcode, error: filled(text, refusal) };
  for (const name of extraFields[errcode] ?? []) {
    const value: Json | undefined = refusal.facts[name];
    if (value !== undefined) body[name] = value;
  }
  const wait = body.retry_after_ms;
  return typeof wait === "number"
    ? { status, body, headers: { "retry-after": String(Math.ceil(wait / 1000)) } }
    : { status, body };
}

/** What another server says of the matter, where that is the answer here too. */
function passedOn({ code, facts }: Refusal): ErrorRow | undefined {
  if (code !== "federation/refused" || !errorsToPassOn.has(String(facts.errcode))) return undefined;
  return [Number(facts.status), String(facts.errcode), "{server} refuses: {error}"];
}

const errorsToPassOn = new Set([
  ...["M_FORBIDDEN", "M_NOT_FOUND", "M_INVITE_BLOCKED", "M_INCOMPATIBLE_ROOM_VERSION"],
  ...["M_UNSUPPORTED_ROOM_VERSION", "M_UNABLE_TO_AUTHORISE_JOIN", "M_UNABLE_TO_GRANT_JOIN"],
]);

/** The row of a code. A code of the protocol that has none of its own takes that of its kind. */
export function errorRow(code: string): ErrorRow {
  const row = errors[code] ?? errors[code.slice(0, code.indexOf("/") + 1)];
  if (!row) throw new Error(`No errcode for the refusal ${code}`);
  return row;
}

/** Facts that some errors carry as fields of their own. */
const extraFields: Readonly<Record<string, readonly string[]>> = {
  M_LIMIT_EXCEEDED: ["retry_after_ms"],
  M_UNKNOWN_TOKEN: ["soft_logout"],
  M_USER_LOCKED: ["soft_logout"],
  M_INCOMPATIBLE_ROOM_VERSION: ["room_version"],
  M_WRONG_ROOM_KEYS_VERSION: ["current_version"],
};

function filled(text: string, { code, facts }: Refusal): string {
  const all: Record<string, string | number | boolean> = { ...facts, code };
  return text.replaceAll(/\{(\w+)\}/g, (whole, name: string) => String(all[name] ?? whole));
}
