import { type AuthState, authorize, type CitedEvent } from "../../protocol/auth-rules.ts";
import type { Pdu } from "../../protocol/pdu.ts";
import type { Refusal } from "../../protocol/refusal.ts";
import { stateKeyOf } from "../../protocol/state-resolution.ts";
import { thirdPartyInviteChecks } from "../../protocol/third-party-invites.ts";
import { authState } from "../room/auth-state.ts";
import type { Room } from "../room/room.ts";
import type { RoomEvent, RoomState } from "../room/room-event.ts";
import type { Server } from "../server.ts";
import type { CheckedPdu } from "./check-pdu.ts";

/** What the checks that need the room made of an event; neither if it is good. */
export type Verdict = { rejected?: Refusal; softFailed?: Refusal };

/** What the rules take as known. */
export type JudgingFacts = { signedBy: ReadonlySet<string>; thirdPartyInviteSigned: boolean };

/** The events that an event cites, of whatever room; `undefined` if one of them is not here. */
export function citedEvents(server: Server, room: Room, { auth_events }: Pdu): RoomEvent[] | undefined {
  const cited = [...new Set(auth_events)].map(
    (id) => room.events.get(id) ?? server.rooms.ofEvent(id)?.events.get(id),
  );
  return cited.every((event) => event !== undefined) ? cited : undefined;
}

/** Whether one of the signatures counts that an invite brings along from where it was asked for. */
export async function judgingFacts(server: Server, room: Room, checked: CheckedPdu): Promise<JudgingFacts> {
  const { pdu, signedBy } = checked;
  const facts = { signedBy, thirdPartyInviteSigned: false };
  if (pdu.type !== "m.room.member" || pdu.content.third_party_invite === undefined) return facts;
  const invite = citedEvents(server, room, pdu)?.find(
    (event) => event.pdu.type === "m.room.third_party_invite",
  );
  for (const { publicKey, message, signature } of invite ? thirdPartyInviteChecks(pdu, invite.pdu) : []) {
    if (await server.ports.signer.verify(publicKey, message, signature)) {
      return { ...facts, thirdPartyInviteSigned: true };
    }
  }
  return facts;
}

/**
 * The fourth check: by the events that it cites, all of which are here.
 * https://spec.matrix.org/v1.19/server-server-api/#checks-performed-on-receipt-of-a-pdu
 */
export function refusalByCited(
  room: Room,
  { id, pdu }: CheckedPdu,
  cited: readonly RoomEvent[],
  facts: JudgingFacts,
): Refusal | undefined {
  if (pdu.type === "m.room.create")
    return otherCreate(room, id) ?? authorize(pdu, room.version, noState, facts);
  const authEvents = pdu.auth_events.map((cites): CitedEvent => {
    const event = cited.find((one) => one.id === cites)!;
    return { pdu: event.pdu, rejected: event.rejected !== undefined };
  });
  return authorize(pdu, room.version, citedState(room, cited), { ...facts, authEvents });
}

/** Checks 4 to 6. Without `current` the event is history, and the sixth is left out. */
export function judge(
  room: Room,
  checked: CheckedPdu,
  states: { cited: readonly RoomEvent[]; before: RoomState; current?: RoomState },
  facts: JudgingFacts,
): Verdict {
  const { pdu } = checked;
  const { version } = room;
  // 4. Passes authorisation rules based on the event's auth events, otherwise it is rejected.
  const byCited = refusalByCited(room, checked, states.cited, facts);
  if (byCited) return { rejected: byCited };
  if (pdu.type === "m.room.create") return {};
  // 5. Passes authorisation rules based on the state before the event, otherwise it is rejected.
  const byBefore = authorize(pdu, version, authState(states.before), facts);
  if (byBefore) return { rejected: byBefore };
  // 6. Passes authorisation rules based on the current state of the room, otherwise it is soft-failed.
  const byCurrent = states.current && authorize(pdu, version, authState(states.current), facts);
  return byCurrent ? { softFailed: byCurrent } : {};
}

const noState: AuthState = { create: undefined, get: () => undefined };

/** The state that an event itself says it relies on. */
function citedState(room: Room, cited: readonly RoomEvent[]): AuthState {
  const byKey = new Map(cited.map((event) => [stateKeyOf(event.pdu.type, event.pdu.state_key ?? ""), event]));
  const create = room.version.authEventsCiteCreate
    ? byKey.get(stateKeyOf("m.room.create", ""))
    : room.events.get(`$${room.id.slice(1)}`);
  return {
    create: create?.pdu,
    ...(create && { createId: create.id }),
    get: (type, stateKey) => byKey.get(stateKeyOf(type, stateKey))?.pdu,
  };
}

/** A room is made once. */
function otherCreate(room: Room, id: string): Refusal | undefined {
  for (const event of room.events.values()) {
    if (event.pdu.type !== "m.room.create" || event.rejected) continue;
    return event.id === id ? undefined : { code: "federation/second-create", facts: { event: event.id } };
  }
  return undefined;
}
