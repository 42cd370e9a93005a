import type { Json } from "../../protocol/json.ts";

/** The kinds of rule, in the order that they are checked. */
export const pushRuleKinds = ["override", "content", "room", "sender", "underride"] as const;
export type PushRuleKind = (typeof pushRuleKinds)[number];

/** A condition as it is stored: a kind that nobody knows never matches. */
export type PushCondition = { kind: string; key?: string; pattern?: string; value?: Json; is?: string };

export type PushAction = string | { set_tweak: string; value?: Json };

/** https://spec.matrix.org/v1.19/client-server-api/#push-rules */
export type PushRule = {
  rule_id: string;
  default: boolean;
  enabled: boolean;
  actions: PushAction[];
  /** Only override and underride rules have them. */
  conditions?: PushCondition[];
  /** Only content rules have it. */
  pattern?: string;
};

export type PushRuleset = Record<PushRuleKind, PushRule[]>;
