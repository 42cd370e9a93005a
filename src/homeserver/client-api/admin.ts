import * as v from "valibot";
import type { Refusal } from "../../protocol/refusal.ts";
import type { Account } from "../accounts/accounts.ts";
import { ok } from "../http/answer.ts";
import type { Server } from "../server.ts";
import { endpoint } from "./endpoint.ts";

/** Whether the user may moderate accounts: by the settings, or by how the account was made. */
export function isAdmin({ settings, accounts }: Server, userId: string): boolean {
  return settings.admins.includes(userId) || accounts.get(userId)?.admin === true;
}

/**
 * Why an administrator cannot moderate an account; who is none learns nothing about who there is.
 * @param isChange nobody may do it to themselves.
 */
function moderationFault(
  server: Server,
  asker: string,
  target: string,
  isChange: boolean,
): Refusal | undefined {
  const forbidden: Refusal = { code: "request/forbidden", facts: {} };
  if (!isAdmin(server, asker)) return forbidden;
  if (!server.accounts.isLocal(target)) {
    const facts = { name: "userId", expected: "a user of this server", found: target };
    return { code: "request/invalid-param", facts };
  }
  if (isAdmin(server, target) && (isChange || target !== asker)) return forbidden;
  const account = server.accounts.get(target);
  if (!account || account.deactivated) return { code: "request/not-found", facts: { what: "user" } };
  return undefined;
}

/**
 * GET and PUT /_matrix/client/v1/admin/suspend/{userId} and /lock/{userId}
 * https://spec.matrix.org/v1.19/client-server-api/#account-moderation
 */
const moderation = (["suspend", "lock"] as const).flatMap((act) => {
  const path = `/_matrix/client/v1/admin/${act}/{userId}` as const;
  const state = act === "suspend" ? "suspended" : "locked";
  const read = endpoint({
    method: "GET",
    path,
    handle({ server, session, params: { userId } }) {
      const fault = moderationFault(server, session.userId, userId, false);
      return fault ?? ok({ [state]: server.accounts.get(userId)![state] ?? false });
    },
  });
  const change = endpoint({
    method: "PUT",
    path,
    body: v.looseObject({ [state]: v.boolean() }),
    handle({ server, session, params: { userId }, body }) {
      const fault = moderationFault(server, session.userId, userId, true);
      if (fault) return fault;
      const { [state]: _, ...account } = server.accounts.get(userId)!;
      const isOn = body[state] === true;
      server.accounts.replace(userId, { ...account, ...(isOn && { [state]: true }) } as Account);
      // Who waits for news is told of a lock at once.
      server.notifier.wake([userId]);
      return ok({ [state]: isOn });
    },
  });
  return [read, change];
});

/**
 * GET /_matrix/client/v3/admin/whois/{userId}: by oneself, or by an administrator.
 * https://spec.matrix.org/v1.19/client-server-api/#get_matrixclientv3adminwhoisuserid
 */
const whois = endpoint({
  method: "GET",
  path: "/_matrix/client/v3/admin/whois/{userId}",
  handle({ server, session, params: { userId } }) {
    if (userId !== session.userId && !isAdmin(server, session.userId)) {
      return { code: "request/forbidden", facts: {} };
    }
    if (!server.accounts.get(userId)) return { code: "request/not-found", facts: { what: "user" } };
    const devices = server.sessions.devicesOf(userId).map((id) => {
      const { lastSeen, lastAddress, lastAgent } = server.sessions.device(userId, id)!;
      const connection = {
        ...(lastSeen !== undefined && { last_seen: lastSeen }),
        ...(lastAddress !== undefined && { ip: lastAddress }),
        ...(lastAgent !== undefined && { user_agent: lastAgent }),
      };
      return [id, { sessions: [{ connections: lastSeen === undefined ? [] : [connection] }] }];
    });
    return ok({ user_id: userId, devices: Object.fromEntries(devices) });
  },
});

export const adminEndpoints = [...moderation, whois];
