import { refusalCodes as citedEventsCodes, citedEventsRule } from "./auth-rules/cited-events.ts";
import { refusalCodes as createCodes, createRule } from "./auth-rules/create.ts";
import { refusalCodes as memberCodes, memberRule, senderIsJoined } from "./auth-rules/member.ts";
import { refusalCodes as powerLevelsCodes, powerLevelsRule } from "./auth-rules/power-levels.ts";
import {
  type AuthFacts,
  type AuthState,
  allow,
  type CitedEvent,
  decide,
  decideBy,
  givenFor,
  levelFact,
  type Rule,
  refusalIn,
  refuse,
  type Step,
} from "./auth-rules/rule.ts";
import { roomIdOfCreate } from "./hashes.ts";
import { serverOf } from "./identifiers.ts";
import type { Pdu, UnsignedPdu } from "./pdu.ts";
import type { Refusal } from "./refusal.ts";
import type { RoomVersion } from "./room-versions.ts";

export type { AuthFacts, AuthState, CitedEvent } from "./auth-rules/rule.ts";

/** The codes of all rules. */
export const refusalCodes = [
  ...createCodes,
  ...citedEventsCodes,
  ...memberCodes,
  ...powerLevelsCodes,
  "auth/event-needs-power",
  "auth/no-create",
  "auth/not-federated",
  "auth/state-key-of-another",
  "auth/third-party-invite-needs-power",
] as const;

/**
 * Whether an event may be, by the authorisation rules of its room's version and a state of the room. A
 * refusal's fact `rule` is the rule's number in the version's specification, for example `4.3.2`.
 * https://spec.matrix.org/v1.19/rooms/v12/#authorisation-rules
 * @returns `undefined` when it is allowed.
 */
export function authorize(
  pdu: Pdu | UnsignedPdu,
  version: RoomVersion,
  state: AuthState,
  facts: AuthFacts = {},
): Refusal | undefined {
  return refusalIn(decide(rulesOf(version), givenFor(pdu, version, state, facts)));
}

/**
 * What the rules say about the events that an event names in its `auth_events`: the part of them that needs no
 * state. Missing ones have to be fetched first.
 */
export function authEventsFault(
  pdu: Pdu | UnsignedPdu,
  version: RoomVersion,
  authEvents: readonly CitedEvent[],
): Refusal | undefined {
  // a create event is allowed before its auth_events are looked at
  if (pdu.type === "m.room.create") return undefined;
  const noState: AuthState = { create: undefined, get: () => undefined };
  const number = version.roomId === "create-event" ? 3 : 2;
  return refusalIn(
    decideBy(citedEventsRule(version), number, givenFor(pdu, version, noState, { authEvents })),
  );
}

/** The rules of a version in their order: an index and one is the rule's number. */
function rulesOf(version: RoomVersion): readonly Rule[] {
  let rules = known.get(version);
  if (!rules) {
    rules = [
      createRule(version),
      ...(version.roomId === "create-event" ? [roomIsCreated] : []),
      citedEventsRule(version),
      federates,
      memberRule(version),
      senderIsJoined,
      thirdPartyInvite,
      requiredPower,
      stateKeyOfAnother,
      powerLevelsRule(version),
      // Otherwise, allow.
      allow,
    ];
    known.set(version, rules);
  }
  return rules;
}

const known = new WeakMap<RoomVersion, readonly Rule[]>();

/**
 * If the event's room_id is not an event ID for an accepted (not rejected) m.room.create event, with the sigil
 * ! instead of $, reject.
 */
const roomIsCreated: Step = ({ event, createId }) => {
  if (createId !== undefined && event.room_id === roomIdOfCreate(createId)) return undefined;
  return refuse("auth/no-create", { roomId: event.room_id ?? "" });
};

/**
 * If the content of the m.room.create event in the room state has the property m.federate set to false, and
 * the sender domain of the event does not match the sender domain of the create event, reject.
 */
const federates: Step = ({ event, state }) => {
  // Before version 12 the rule above has seen to it that there is one, among the auth_events.
  if (!state.create) return refuse("auth/no-create", { roomId: event.room_id ?? "" });
  if (state.create.content["m.federate"] !== false) return undefined;
  const [server, roomServer] = [serverOf(event.sender), serverOf(state.create.sender)];
  if (server === roomServer) return undefined;
  return refuse("auth/not-federated", { server: server ?? "", roomServer: roomServer ?? "" });
};

/** If type is m.room.third_party_invite: */
const thirdPartyInvite: Rule = {
  when: ({ event }) => event.type === "m.room.third_party_invite",
  steps: [
    // Allow if and only if sender's current power level is greater than or equal to the invite level.
    ({ senderLevel, levels }) =>
      senderLevel >= levels.invite
        ? "allow"
        : refuse("auth/third-party-invite-needs-power", { have: senderLevel, need: levels.invite }),
  ],
};

/** If the event type's required power level is greater than the sender's power level, reject. */
const requiredPower: Step = ({ event, levels, senderLevel }) => {
  const need = levels.send(event.type, event.state_key !== undefined);
  if (need <= senderLevel) return undefined;
  return refuse("auth/event-needs-power", { type: event.type, have: levelFact(senderLevel), need });
};

/** If the event has a state_key that starts with an @ and does not match the sender, reject. */
const stateKeyOfAnother: Step = ({ event }) => {
  const key = event.state_key;
  if (!key?.startsWith("@") || key === event.sender) return undefined;
  return refuse("auth/state-key-of-another", { stateKey: key, sender: event.sender });
};
