import type { JsonObject } from "../../protocol/json.ts";
import type { Action } from "../action.ts";

const secrets: Partial<Record<Action["type"], readonly string[]>> = {
  recover: ["key", "passphrase"],
  setUpRecovery: ["passphrase", "password"],
  setUpIdentity: ["password"],
  resetIdentity: ["password"],
};

/** An action as the log has it: with what opens somebody's keys left out. */
export function maskedAction(action: Action): JsonObject {
  const masked: Record<string, unknown> = { ...action };
  for (const field of secrets[action.type] ?? []) if (field in masked) masked[field] = "•••";
  return masked as JsonObject;
}
