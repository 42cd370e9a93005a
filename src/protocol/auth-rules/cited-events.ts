import { authEventKeys } from "../auth-events.ts";
import type { RoomVersion } from "../room-versions.ts";
import { stateKeyOf } from "../state-resolution/state-map.ts";
import { type Rule, refuse, type Step } from "./rule.ts";

/** The codes of these rules. */
export const refusalCodes = [
  "auth/cites-duplicates",
  "auth/cites-no-create",
  "auth/cites-other-room",
  "auth/cites-rejected",
  "auth/cites-unexpected",
] as const;

/** Considering the event's auth_events: */
export function citedEventsRule(version: RoomVersion): Rule {
  return {
    when: ({ facts }) => facts.authEvents !== undefined,
    steps: [
      duplicates,
      unexpected,
      rejected,
      ...(version.authEventsCiteCreate ? [noCreate] : []),
      ofAnotherRoom,
    ],
  };
}

/** If there are duplicate entries for a given type and state_key pair, reject. */
const duplicates: Step = ({ facts }) => {
  const seen = new Set<string>();
  for (const { pdu } of facts.authEvents!) {
    const key = stateKeyOf(pdu.type, pdu.state_key ?? "");
    if (seen.has(key)) {
      return refuse("auth/cites-duplicates", { type: pdu.type, stateKey: pdu.state_key ?? "" });
    }
    seen.add(key);
  }
  return undefined;
};

/**
 * If there are entries whose type and state_key don't match those specified by the auth events selection
 * algorithm described in the server specification, reject.
 */
const unexpected: Step = ({ event, version, facts }) => {
  const expected = authEventKeys(event, version);
  for (const { pdu } of facts.authEvents!) {
    if (expected.some(([type, stateKey]) => type === pdu.type && stateKey === pdu.state_key)) continue;
    return refuse("auth/cites-unexpected", { type: pdu.type, stateKey: pdu.state_key ?? "" });
  }
  return undefined;
};

/** If there are entries which were themselves rejected under the checks performed on receipt of a PDU, reject. */
const rejected: Step = ({ facts }) => {
  const found = facts.authEvents!.find((cited) => cited.rejected);
  return (
    found && refuse("auth/cites-rejected", { type: found.pdu.type, stateKey: found.pdu.state_key ?? "" })
  );
};

/** If there is no m.room.create event among the entries, reject. */
const noCreate: Step = ({ facts }) =>
  facts.authEvents!.some(({ pdu }) => pdu.type === "m.room.create")
    ? undefined
    : refuse("auth/cites-no-create");

/** If any event in auth_events has a room_id which does not match that of the event being authorised, reject. */
const ofAnotherRoom: Step = ({ event, facts }) => {
  const found = facts.authEvents!.find(({ pdu }) => pdu.room_id !== event.room_id);
  return found && refuse("auth/cites-other-room", { type: found.pdu.type, roomId: found.pdu.room_id ?? "" });
};
