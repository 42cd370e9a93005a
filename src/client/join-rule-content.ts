import type { JsonObject } from "../protocol/json.ts";

/** Who may join, and for `restricted` rules the rooms whose members may. */
export type NewJoinRule = { rule: string; allow?: readonly string[] };

/** https://spec.matrix.org/v1.19/client-server-api/#mroomjoin_rules */
export function joinRuleContent({ rule, allow = [] }: NewJoinRule): JsonObject {
  if (rule !== "restricted" && rule !== "knock_restricted") return { join_rule: rule };
  return { join_rule: rule, allow: allow.map((room) => ({ type: "m.room_membership", room_id: room })) };
}
