import type { PushAction, PushCondition, PushRule, PushRuleset } from "./push-rule.ts";

const notify: PushAction = "notify";
const sound = (value: string): PushAction => ({ set_tweak: "sound", value });
const highlight: PushAction = { set_tweak: "highlight" };

const matches = (key: string, pattern: string): PushCondition => ({ kind: "event_match", key, pattern });
const isType = (type: string) => matches("type", type);
const twoMembers: PushCondition = { kind: "room_member_count", is: "2" };

function rule(
  rule_id: string,
  conditions: PushCondition[],
  actions: PushAction[] = [],
  enabled = true,
): PushRule {
  return { rule_id, default: true, enabled, conditions, actions };
}

/** Matches all events, and is above every rule of the user's own. */
export const masterRuleId = ".m.rule.master";

/**
 * The predefined rules of a user.
 * https://spec.matrix.org/v1.19/client-server-api/#predefined-rules
 */
export function defaultPushRules(user: string): PushRuleset {
  return {
    override: [
      rule(masterRuleId, [], [], false),
      rule(".m.rule.suppress_notices", [matches("content.msgtype", "m.notice")]),
      rule(
        ".m.rule.invite_for_me",
        [isType("m.room.member"), matches("content.membership", "invite"), matches("state_key", user)],
        [notify, sound("default")],
      ),
      rule(".m.rule.member_event", [isType("m.room.member")]),
      rule(
        ".m.rule.is_user_mention",
        [{ kind: "event_property_contains", key: "content.m\\.mentions.user_ids", value: user }],
        [notify, sound("default"), highlight],
      ),
      rule(
        ".m.rule.is_room_mention",
        [
          { kind: "event_property_is", key: "content.m\\.mentions.room", value: true },
          { kind: "sender_notification_permission", key: "room" },
        ],
        [notify, highlight],
      ),
      rule(".m.rule.tombstone", [isType("m.room.tombstone"), matches("state_key", "")], [notify, highlight]),
      rule(".m.rule.reaction", [isType("m.reaction")]),
      rule(".m.rule.room.server_acl", [isType("m.room.server_acl"), matches("state_key", "")]),
      rule(".m.rule.suppress_edits", [
        { kind: "event_property_is", key: "content.m\\.relates_to.rel_type", value: "m.replace" },
      ]),
    ],
    content: [],
    room: [],
    sender: [],
    underride: [
      rule(".m.rule.call", [isType("m.call.invite")], [notify, sound("ring")]),
      rule(
        ".m.rule.encrypted_room_one_to_one",
        [twoMembers, isType("m.room.encrypted")],
        [notify, sound("default")],
      ),
      rule(".m.rule.room_one_to_one", [twoMembers, isType("m.room.message")], [notify, sound("default")]),
      rule(".m.rule.message", [isType("m.room.message")], [notify]),
      rule(".m.rule.encrypted", [isType("m.room.encrypted")], [notify]),
    ],
  };
}
