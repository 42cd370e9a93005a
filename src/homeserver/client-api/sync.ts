import * as v from "valibot";
import { isRefusal } from "../../protocol/refusal.ts";
import { ok } from "../http/answer.ts";
import { booleanText, countText } from "../http/validate.ts";
import { sync } from "../sync/sync.ts";
import type { StateAfterName } from "../sync/sync-request.ts";
import { presenceStates } from "../users/presence.ts";
import { endpoint } from "./endpoint.ts";
import { syncFilter } from "./filter.ts";
import { accountLocked } from "./login.ts";
import { parseSyncToken } from "./tokens.ts";

/**
 * GET /_matrix/client/v3/sync
 * https://spec.matrix.org/v1.19/client-server-api/#get_matrixclientv3sync
 */
const getSync = endpoint({
  method: "GET",
  path: "/_matrix/client/v3/sync",
  query: v.object({
    filter: v.optional(v.string()),
    since: v.optional(v.string()),
    full_state: v.optional(booleanText),
    set_presence: v.optional(v.picklist(presenceStates)),
    timeout: v.optional(countText),
    use_state_after: v.optional(booleanText),
    "org.matrix.msc4222.use_state_after": v.optional(booleanText),
  }),
  async handle({ server, session, query, request }) {
    const filter = syncFilter(server, session.userId, query.filter);
    if (isRefusal(filter)) return filter;
    const since = query.since === undefined ? undefined : parseSyncToken(query.since);
    if (isRefusal(since)) return since;
    const endPoll = server.presence.pollBegins(session.userId, query.set_presence ?? "online");
    try {
      const wanted = {
        session,
        filter,
        since: since?.position,
        messagesSince: since?.messages,
        fullState: query.full_state ?? false,
        stateAfter: stateAfterName(query),
        timeout: query.timeout ?? 0,
      };
      const answer = await sync(server, wanted, request.signal);
      // The session may have ended while the poll was held.
      const still = server.sessions.find(session.token);
      if (isRefusal(still)) return still;
      return server.accounts.get(session.userId)?.locked ? accountLocked : ok(answer);
    } finally {
      endPoll();
    }
  },
});

/** The name that the client knows it by. https://github.com/matrix-org/matrix-spec-proposals/pull/4222 */
function stateAfterName(query: {
  use_state_after?: boolean | undefined;
  "org.matrix.msc4222.use_state_after"?: boolean | undefined;
}): StateAfterName | undefined {
  if (query.use_state_after) return "state_after";
  return query["org.matrix.msc4222.use_state_after"] ? "org.matrix.msc4222.state_after" : undefined;
}

export const syncEndpoints = [getSync];
