import * as v from "valibot";
import { isRefusal, type Refusal } from "../../protocol/refusal.ts";
import { ok } from "../http/answer.ts";
import { anyObject, objectWith } from "../http/validate.ts";
import { type PushAction, type PushRule, type PushRuleKind, pushRuleKinds } from "../push/push-rule.ts";
import { endpoint } from "./endpoint.ts";

const action = v.custom<PushAction>(
  (value) =>
    typeof value === "string" ||
    (typeof value === "object" &&
      value !== null &&
      "set_tweak" in value &&
      typeof value.set_tweak === "string"),
  "an action",
);
const condition = objectWith({
  kind: v.string(),
  key: v.exactOptional(v.string()),
  pattern: v.exactOptional(v.string()),
  is: v.exactOptional(v.string()),
});

/** A kind that nobody knows has no rules. */
function kindOf(text: string): PushRuleKind | Refusal {
  return (
    pushRuleKinds.find((known) => known === text) ?? { code: "push-rule/unknown", facts: { rule: text } }
  );
}

/**
 * GET /_matrix/client/v3/pushrules/
 * https://spec.matrix.org/v1.19/client-server-api/#get_matrixclientv3pushrules
 */
const getAll = endpoint({
  method: "GET",
  path: "/_matrix/client/v3/pushrules/",
  handle: ({ server, session }) => ok({ global: server.pushRules.rulesOf(session.userId) }),
});

/**
 * GET /_matrix/client/v3/pushrules/global/
 * https://spec.matrix.org/v1.19/client-server-api/#get_matrixclientv3pushrulesglobal
 */
const getGlobal = endpoint({
  method: "GET",
  path: "/_matrix/client/v3/pushrules/global/",
  handle: ({ server, session }) => ok(server.pushRules.rulesOf(session.userId)),
});

/** The rules of one kind: the specification does not name it among those above and below, other servers have it. */
const getKind = endpoint({
  method: "GET",
  path: "/_matrix/client/v3/pushrules/global/{kind}/",
  handle({ server, session, params }) {
    const kind = kindOf(params.kind);
    return isRefusal(kind) ? kind : ok(server.pushRules.rulesOf(session.userId)[kind]);
  },
});

/**
 * GET /_matrix/client/v3/pushrules/global/{kind}/{ruleId}
 * https://spec.matrix.org/v1.19/client-server-api/#get_matrixclientv3pushrulesglobalkindruleid
 */
const getRule = endpoint({
  method: "GET",
  path: "/_matrix/client/v3/pushrules/global/{kind}/{ruleId}",
  handle({ server, session, params }) {
    const kind = kindOf(params.kind);
    if (isRefusal(kind)) return kind;
    const rule = server.pushRules.find(session.userId, kind, params.ruleId);
    return isRefusal(rule) ? rule : ok(rule);
  },
});

/**
 * PUT /_matrix/client/v3/pushrules/global/{kind}/{ruleId}
 * https://spec.matrix.org/v1.19/client-server-api/#put_matrixclientv3pushrulesglobalkindruleid
 */
const putRule = endpoint({
  method: "PUT",
  path: "/_matrix/client/v3/pushrules/global/{kind}/{ruleId}",
  query: v.object({ before: v.optional(v.string()), after: v.optional(v.string()) }),
  body: v.intersect([
    v.looseObject({
      actions: v.array(action),
      conditions: v.optional(v.array(condition)),
      pattern: v.optional(v.string()),
    }),
    anyObject,
  ]),
  handle({ server, session, params: { kind: kindText, ruleId }, query, body }) {
    const kind = kindOf(kindText);
    if (isRefusal(kind)) {
      const facts = { name: "kind", expected: pushRuleKinds.join(), found: kindText };
      return { code: "request/invalid-param", facts };
    }
    if (ruleId.startsWith(".") || /[/\\]/.test(ruleId)) {
      const facts = { name: "ruleId", expected: "no leading dot, no slash, no backslash", found: ruleId };
      return { code: "request/invalid-param", facts };
    }
    if (kind === "content" && body.pattern === undefined) {
      return { code: "request/missing-param", facts: { name: "pattern", place: "body" } };
    }
    const rule: PushRule = {
      rule_id: ruleId,
      default: false,
      enabled: true,
      actions: body.actions,
      ...(kind === "content" && { pattern: body.pattern! }),
      ...((kind === "override" || kind === "underride") && { conditions: body.conditions ?? [] }),
    };
    return server.pushRules.put(session.userId, kind, rule, query) ?? ok({});
  },
});

/**
 * DELETE /_matrix/client/v3/pushrules/global/{kind}/{ruleId}
 * https://spec.matrix.org/v1.19/client-server-api/#delete_matrixclientv3pushrulesglobalkindruleid
 */
const deleteRule = endpoint({
  method: "DELETE",
  path: "/_matrix/client/v3/pushrules/global/{kind}/{ruleId}",
  handle({ server, session, params }) {
    const kind = kindOf(params.kind);
    if (isRefusal(kind)) return kind;
    return server.pushRules.delete(session.userId, kind, params.ruleId) ?? ok({});
  },
});

/**
 * GET /_matrix/client/v3/pushrules/global/{kind}/{ruleId}/enabled
 * https://spec.matrix.org/v1.19/client-server-api/#get_matrixclientv3pushrulesglobalkindruleidenabled
 */
const getEnabled = endpoint({
  method: "GET",
  path: "/_matrix/client/v3/pushrules/global/{kind}/{ruleId}/enabled",
  handle({ server, session, params }) {
    const kind = kindOf(params.kind);
    if (isRefusal(kind)) return kind;
    const rule = server.pushRules.find(session.userId, kind, params.ruleId);
    return isRefusal(rule) ? rule : ok({ enabled: rule.enabled });
  },
});

/**
 * PUT /_matrix/client/v3/pushrules/global/{kind}/{ruleId}/enabled
 * https://spec.matrix.org/v1.19/client-server-api/#put_matrixclientv3pushrulesglobalkindruleidenabled
 */
const setEnabled = endpoint({
  method: "PUT",
  path: "/_matrix/client/v3/pushrules/global/{kind}/{ruleId}/enabled",
  body: v.looseObject({ enabled: v.boolean() }),
  handle({ server, session, params, body: { enabled } }) {
    const kind = kindOf(params.kind);
    if (isRefusal(kind)) return kind;
    return server.pushRules.change(session.userId, kind, params.ruleId, { enabled }) ?? ok({});
  },
});

/**
 * GET /_matrix/client/v3/pushrules/global/{kind}/{ruleId}/actions
 * https://spec.matrix.org/v1.19/client-server-api/#get_matrixclientv3pushrulesglobalkindruleidactions
 */
const getActions = endpoint({
  method: "GET",
  path: "/_matrix/client/v3/pushrules/global/{kind}/{ruleId}/actions",
  handle({ server, session, params }) {
    const kind = kindOf(params.kind);
    if (isRefusal(kind)) return kind;
    const rule = server.pushRules.find(session.userId, kind, params.ruleId);
    return isRefusal(rule) ? rule : ok({ actions: rule.actions });
  },
});

/**
 * PUT /_matrix/client/v3/pushrules/global/{kind}/{ruleId}/actions
 * https://spec.matrix.org/v1.19/client-server-api/#put_matrixclientv3pushrulesglobalkindruleidactions
 */
const setActions = endpoint({
  method: "PUT",
  path: "/_matrix/client/v3/pushrules/global/{kind}/{ruleId}/actions",
  body: v.looseObject({ actions: v.array(action) }),
  handle({ server, session, params, body: { actions } }) {
    const kind = kindOf(params.kind);
    if (isRefusal(kind)) return kind;
    return server.pushRules.change(session.userId, kind, params.ruleId, { actions }) ?? ok({});
  },
});

export const pushRulesEndpoints = [
  getAll,
  getGlobal,
  getKind,
  getRule,
  putRule,
  deleteRule,
  getEnabled,
  setEnabled,
  getActions,
  setActions,
];
