import type { Refusal } from "../../protocol/refusal.ts";
import { defaultPushRules } from "../push/default-push-rules.ts";
import type { PushAction, PushRule, PushRuleKind, PushRuleset } from "../push/push-rule.ts";
import type { AccountData } from "./account-data.ts";

/** The type of the account data that the rules are kept in, and clients see them in. */
const type = "m.push_rules";

/** The rule that a new one stands beside. */
export type PushRulePlace = { before?: string | undefined; after?: string | undefined };

/**
 * Each user's push rules, kept as their account data.
 * https://spec.matrix.org/v1.19/client-server-api/#push-rules
 */
export class PushRules {
  readonly #accountData: AccountData;

  constructor(accountData: AccountData) {
    this.#accountData = accountData;
  }

  /** Gives a new user the predefined rules. */
  begin(userId: string): void {
    this.#accountData.set(userId, undefined, type, { global: defaultPushRules(userId) });
  }

  rulesOf(userId: string): PushRuleset {
    const kept = this.#accountData.get(userId, undefined, type) as { global: PushRuleset } | undefined;
    return kept?.global ?? defaultPushRules(userId);
  }

  find(userId: string, kind: PushRuleKind, ruleId: string): PushRule | Refusal {
    return this.rulesOf(userId)[kind].find(({ rule_id }) => rule_id === ruleId) ?? noSuchRule(ruleId);
  }

  /** Adds a rule of the user's own, or replaces it where it stands unless a place is named. */
  put(
    userId: string,
    kind: PushRuleKind,
    rule: PushRule,
    { before, after }: PushRulePlace,
  ): Refusal | undefined {
    const rules = this.rulesOf(userId)[kind];
    const known = rules.findIndex(({ rule_id }) => rule_id === rule.rule_id);
    const others = rules.filter(({ rule_id }) => rule_id !== rule.rule_id);
    const beside = before ?? after;
    let index: number;
    if (beside !== undefined) {
      const found = others.findIndex((other) => !other.default && other.rule_id === beside);
      if (found === -1) return { code: "push-rule/no-such-place", facts: { rule: beside } };
      index = before === undefined ? found + 1 : found;
    } else if (known !== -1) index = known;
    // User-defined rules stand below the master rule and above all other predefined ones.
    else index = kind === "override" ? 1 : 0;
    const enabled = rules[known]?.enabled ?? true;
    this.#set(userId, kind, others.toSpliced(index, 0, { ...rule, enabled }));
    return undefined;
  }

  change(
    userId: string,
    kind: PushRuleKind,
    ruleId: string,
    change: { enabled: boolean } | { actions: PushAction[] },
  ): Refusal | undefined {
    const rules = this.rulesOf(userId)[kind];
    if (!rules.some(({ rule_id }) => rule_id === ruleId)) return noSuchRule(ruleId);
    this.#set(
      userId,
      kind,
      rules.map((rule) => (rule.rule_id === ruleId ? { ...rule, ...change } : rule)),
    );
    return undefined;
  }

  delete(userId: string, kind: PushRuleKind, ruleId: string): Refusal | undefined {
    const rules = this.rulesOf(userId)[kind];
    const rule = rules.find(({ rule_id }) => rule_id === ruleId);
    if (!rule) return noSuchRule(ruleId);
    if (rule.default) return { code: "push-rule/predefined", facts: { rule: ruleId } };
    this.#set(
      userId,
      kind,
      rules.filter((candidate) => candidate !== rule),
    );
    return undefined;
  }

  #set(userId: string, kind: PushRuleKind, rules: PushRule[]): void {
    const global = { ...this.rulesOf(userId), [kind]: rules };
    this.#accountData.set(userId, undefined, type, { global });
  }
}

function noSuchRule(rule: string): Refusal {
  return { code: "push-rule/unknown", facts: { rule } };
}
