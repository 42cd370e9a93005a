import { serverOf } from "../../protocol/identifiers.ts";
import { isJsonObject, type JsonObject } from "../../protocol/json.ts";
import type { Server } from "../server.ts";
import { presenceStates } from "../users/presence.ts";

/** https://spec.matrix.org/v1.19/server-server-api/#presence */
export function receivePresence(server: Server, origin: string, content: JsonObject): void {
  const { push } = content;
  for (const one of Array.isArray(push) ? push : []) {
    if (!isJsonObject(one)) continue;
    const { user_id: userId, last_active_ago: ago, status_msg: message } = one;
    if (typeof userId !== "string" || serverOf(userId) !== origin) continue;
    const state = presenceStates.find((known) => known === one.presence);
    if (!state) continue;
    server.presence.learn(userId, state, {
      ago: typeof ago === "number" && ago >= 0 ? ago : 0,
      message: typeof message === "string" ? message : undefined,
    });
  }
}
