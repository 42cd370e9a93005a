import type { Refusal } from "../../protocol/refusal.ts";
import type { Server } from "../server.ts";
import type { AccountData } from "./account-data.ts";

/** Whether a user takes no invites. https://spec.matrix.org/v1.19/client-server-api/#invite-permission */
export function blocksInvites(accountData: AccountData, userId: string): boolean {
  return accountData.get(userId, undefined, "m.invite_permission_config")?.default_action === "block";
}

/** Why somebody cannot be invited, where this server is the one to say so: it is theirs. */
export function inviteFault({ accounts, accountData }: Server, userId: string): Refusal | undefined {
  if (!accounts.isLocal(userId) || !blocksInvites(accountData, userId)) return undefined;
  return { code: "room/invite-blocked", facts: { user: userId } };
}
