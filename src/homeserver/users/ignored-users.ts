import { isJsonObject } from "../../protocol/json.ts";
import type { AccountData } from "./account-data.ts";

/** Whom a user does not want to hear. https://spec.matrix.org/v1.19/client-server-api/#ignoring-users */
export function ignoredUsers(accountData: AccountData, userId: string): ReadonlySet<string> {
  const ignored = accountData.get(userId, undefined, "m.ignored_user_list")?.ignored_users;
  return isJsonObject(ignored) ? new Set(Object.keys(ignored)) : nobody;
}

const nobody: ReadonlySet<string> = new Set();
