import { serverOf } from "../identifiers.ts";
import { creatorsOf } from "../power-levels.ts";
import type { RoomVersion } from "../room-versions.ts";
import { allow, type Given, levelFact, type Rule, refuse, type Step } from "./rule.ts";
import { inviteByThirdParty, refusalCodes as thirdPartyInviteCodes } from "./third-party-invite.ts";

/** The codes of these rules. */
export const refusalCodes = [
  ...thirdPartyInviteCodes,
  "auth/authoriser-not-signed",
  "auth/authoriser-powerless",
  "auth/ban-needs-power",
  "auth/ban-needs-more-power-than-target",
  "auth/banned",
  "auth/invite-needs-power",
  "auth/invite-to-member",
  "auth/join-for-another",
  "auth/join-needs-invite",
  "auth/join-rule-forbids",
  "auth/kick-needs-power",
  "auth/kick-needs-more-power-than-target",
  "auth/knock-for-another",
  "auth/knock-of-member",
  "auth/knock-rule-forbids",
  "auth/leave-without-being-in",
  "auth/member-incomplete",
  "auth/sender-not-joined",
  "auth/unban-needs-power",
  "auth/unknown-membership",
] as const;

/** If type is m.room.member: */
export function memberRule({ joinRules }: RoomVersion): Rule {
  const hasRestricted = joinRules.restricted.length > 0;
  const hasKnock = joinRules.knock.length > 0;
  return {
    when: ({ event }) => event.type === "m.room.member",
    steps: [
      isIncomplete,
      ...(hasRestricted ? [authoriserSigned] : []),
      {
        // If membership is join:
        when: becomes("join"),
        steps: [
          joinOfCreator,
          joinForAnother,
          joinOfBanned,
          joinByInvite,
          ...(hasRestricted ? [restrictedJoin] : []),
          // If the join_rule is public, allow.
          (given) => (joinRuleOf(given) === "public" ? "allow" : undefined),
          joinOtherwise,
        ],
      },
      {
        // If membership is invite:
        when: becomes("invite"),
        steps: [inviteByThirdParty, senderIsJoined, inviteOfMember, inviteByPower, inviteOtherwise],
      },
      // If membership is leave:
      {
        when: becomes("leave"),
        steps: [leaveOfOneself, senderIsJoined, unban, byPower("kick"), otherwise("kick")],
      },
      // If membership is ban:
      { when: becomes("ban"), steps: [senderIsJoined, byPower("ban"), otherwise("ban")] },
      // If membership is knock:
      ...(hasKnock
        ? [{ when: becomes("knock"), steps: [knockRule, knockForAnother, knock, knockOtherwise] }]
        : []),
      // Otherwise, the membership is unknown. Reject.
      ({ event }) => refuse("auth/unknown-membership", { membership: String(event.content.membership) }),
    ],
  };
}

/** If the sender's current membership state is not join, reject. */
export const senderIsJoined: Step = ({ event, membership }) => {
  const current = membership(event.sender);
  if (current === "join") return undefined;
  return refuse("auth/sender-not-joined", { sender: event.sender, membership: current });
};

function becomes(membership: string): (given: Given) => boolean {
  return ({ event }) => event.content.membership === membership;
}

/** A room without join rules is by invitation, as servers have it. */
function joinRuleOf({ state }: Given): string {
  const rule = state.get("m.room.join_rules", "")?.content.join_rule;
  return typeof rule === "string" ? rule : "invite";
}

/** If there is no state_key property, or no membership property in content, reject. */
const isIncomplete: Step = ({ event }) => {
  if (event.state_key === undefined) return refuse("auth/member-incomplete", { missing: "state_key" });
  if (event.content.membership === undefined)
    return refuse("auth/member-incomplete", { missing: "membership" });
  return undefined;
};

/** If content has a join_authorised_via_users_server key: */
const authoriserSigned: Rule = {
  when: ({ event }) => event.content.join_authorised_via_users_server !== undefined,
  steps: [
    // If the event is not validly signed by the homeserver of the user ID denoted by the key, reject.
    ({ event, facts }) => {
      const user = event.content.join_authorised_via_users_server;
      const server = typeof user === "string" ? serverOf(user) : undefined;
      const signed = (name: string) =>
        facts.signedBy?.has(name) ?? ("signatures" in event && Object.hasOwn(event.signatures, name));
      if (server !== undefined && signed(server)) return undefined;
      return refuse("auth/authoriser-not-signed", { server: server ?? "", user: String(user) });
    },
  ],
};

/**
 * If the only previous event is an m.room.create and the state_key is the creator (since version 11, the
 * sender of the m.room.create), allow.
 */
const joinOfCreator: Step = ({ event, state, version, createId }) => {
  if (event.prev_events.length !== 1 || event.prev_events[0] !== createId) return undefined;
  return event.state_key === creatorsOf(state.create!, version)[0] ? "allow" : undefined;
};

/** If the sender does not match state_key, reject. */
const joinForAnother: Step = ({ event }) => {
  if (event.sender === event.state_key) return undefined;
  return refuse("auth/join-for-another", { sender: event.sender, target: event.state_key! });
};

/** If the sender is banned, reject. */
const joinOfBanned: Step = ({ event, membership }) =>
  membership(event.sender) === "ban" ? refuse("auth/banned", { user: event.sender }) : undefined;

/** If the join_rule is invite or knock then allow if membership state is invite or join. */
const joinByInvite: Step = (given) => {
  if (!given.version.joinRules.invited.includes(joinRuleOf(given))) return undefined;
  return isInvitedOrJoined(given) ? "allow" : undefined;
};

/** If the join_rule is restricted or knock_restricted: */
const restrictedJoin: Rule = {
  when: (given) => given.version.joinRules.restricted.includes(joinRuleOf(given)),
  steps: [
    // If membership state is join or invite, allow.
    (given) => (isInvitedOrJoined(given) ? "allow" : undefined),
    // If the join_authorised_via_users_server key in content is not a user with sufficient permission to
    // invite other users or is not a joined member of the room, reject.
    (given) => {
      const { event, membership, levels } = given;
      const user = event.content.join_authorised_via_users_server;
      if (typeof user !== "string") return refuse("auth/join-needs-invite", { joinRule: joinRuleOf(given) });
      const [have, need] = [levels.user(user), levels.invite];
      if (membership(user) === "join" && have >= need) return undefined;
      const facts = { user, membership: membership(user), have: levelFact(have), need };
      return refuse("auth/authoriser-powerless", facts);
    },
    // Otherwise, allow.
    allow,
  ],
};

/** Otherwise, reject. */
const joinOtherwise: Step = (given) => {
  const joinRule = joinRuleOf(given);
  const code = given.version.joinRules.invited.includes(joinRule)
    ? "auth/join-needs-invite"
    : "auth/join-rule-forbids";
  return refuse(code, { joinRule });
};

function isInvitedOrJoined({ event, membership }: Given): boolean {
  return ["invite", "join"].includes(membership(event.sender));
}

/** If target user's current membership state is join or ban, reject. */
const inviteOfMember: Step = ({ event, membership }) => {
  const current = membership(event.state_key!);
  if (current !== "join" && current !== "ban") return undefined;
  return refuse("auth/invite-to-member", { target: event.state_key!, membership: current });
};

/** If the sender's power level is greater than or equal to the invite level, allow. */
const inviteByPower: Step = ({ senderLevel, levels }) => (senderLevel >= levels.invite ? "allow" : undefined);

/** Otherwise, reject. */
const inviteOtherwise: Step = ({ senderLevel, levels }) =>
  refuse("auth/invite-needs-power", { have: senderLevel, need: levels.invite });

/**
 * If the sender matches state_key, allow if and only if that user's current membership state is invite, join,
 * or (where there is knocking) knock.
 */
const leaveOfOneself: Step = ({ event, membership, version }) => {
  if (event.sender !== event.state_key) return undefined;
  const current = membership(event.sender);
  const knocked = current === "knock" && version.joinRules.knock.length > 0;
  if (current === "invite" || current === "join" || knocked) return "allow";
  return refuse("auth/leave-without-being-in", { user: event.sender, membership: current });
};

/**
 * If the target user's current membership state is ban, and the sender's power level is less than the ban
 * level, reject.
 */
const unban: Step = ({ event, membership, senderLevel, levels }) =>
  membership(event.state_key!) === "ban" && senderLevel < levels.ban
    ? refuse("auth/unban-needs-power", { have: senderLevel, need: levels.ban })
    : undefined;

/**
 * If the sender's power level is greater than or equal to the kick (or ban) level, and the target user's power
 * level is less than the sender's power level, allow.
 */
function byPower(act: "kick" | "ban"): Step {
  return ({ event, levels, senderLevel }) =>
    senderLevel >= levels[act] && levels.user(event.state_key!) < senderLevel ? "allow" : undefined;
}

/** Otherwise, reject. */
function otherwise(act: "kick" | "ban"): Step {
  return ({ event, levels, senderLevel }) => {
    const have = levelFact(senderLevel);
    if (senderLevel < levels[act]) return refuse(`auth/${act}-needs-power`, { have, need: levels[act] });
    const target = event.state_key!;
    const targetHas = levelFact(levels.user(target));
    return refuse(`auth/${act}-needs-more-power-than-target`, { have, target, targetHas });
  };
}

/** If the join_rule is anything other than knock or knock_restricted, reject. */
const knockRule: Step = (given) => {
  const joinRule = joinRuleOf(given);
  return given.version.joinRules.knock.includes(joinRule)
    ? undefined
    : refuse("auth/knock-rule-forbids", { joinRule });
};

/** If sender does not match state_key, reject. */
const knockForAnother: Step = ({ event }) => {
  if (event.sender === event.state_key) return undefined;
  return refuse("auth/knock-for-another", { sender: event.sender, target: event.state_key! });
};

/** If the sender's current membership is not ban, invite, or join, allow. */
const knock: Step = ({ event, membership }) =>
  ["ban", "invite", "join"].includes(membership(event.sender)) ? undefined : "allow";

/** Otherwise, reject. */
const knockOtherwise: Step = ({ event, membership }) =>
  refuse("auth/knock-of-member", { user: event.sender, membership: membership(event.sender) });
