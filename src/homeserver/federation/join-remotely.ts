import type { Json, JsonObject } from "../../protocol/json.ts";
import { isRefusal, type Refusal } from "../../protocol/refusal.ts";
import type { RoomVersion } from "../../protocol/room-versions.ts";
import type { Room } from "../room/room.ts";
import type { Server } from "../server.ts";
import type { CheckedPdu } from "./check-pdu.ts";
import { stateOf } from "./fetch-missing.ts";
import { checkedPdus, keepUnplaced, pdusIn, reportDropped, type Sender } from "./incoming-events.ts";
import { citedEvents, judge, judgingFacts } from "./judge-event.ts";
import { firstToAgree, type SignedMembership, signedMembership } from "./membership-template.ts";

export type RemoteJoin = {
  roomId: string;
  userId: string;
  /** Of the member event. */
  content: JsonObject;
  /** Those that may be in the room. */
  servers: readonly string[];
};

/**
 * Joins a room that this server is not in, through one that is. What that one says of the room is checked as
 * far as it can be. https://spec.matrix.org/v1.19/server-server-api/#joining-rooms
 */
export function joinRemotely(server: Server, { servers, ...join }: RemoteJoin): Promise<Room | Refusal> {
  return server.federation.whileJoining(join.roomId, () =>
    firstToAgree(servers, join.roomId, async (destination) => {
      const signed = await signedMembership(server, destination, { ...join, membership: "join" });
      return isRefusal(signed) ? signed : sendJoin(server, destination, join.roomId, signed);
    }),
  );
}

async function sendJoin(
  server: Server,
  destination: string,
  roomId: string,
  { id, pdu, version }: SignedMembership,
): Promise<Room | Refusal> {
  const answer = await server.federation.request(destination, {
    method: "PUT",
    path: `/_matrix/federation/v2/send_join/${encodeURIComponent(roomId)}/${encodeURIComponent(id)}`,
    body: pdu,
    timeLimit: server.settings.federation.answerTime * 3,
  });
  if (isRefusal(answer)) return answer;
  const known = server.rooms.get(roomId);
  const room = known ?? server.rooms.plan(roomId, version);
  if (room.version !== version) return badAnswer(destination, "room_version");
  const source: Sender = { origin: destination, via: "join" };
  const join = await joinEvent(server, room, { id, pdu }, answer, source);
  if (isRefusal(join)) return join;
  const [lackingState, lackingChain]: [Json[], Json[]] = [[], []];
  const droppedTo = (lacking: Json[]) => (value: Json, refusal: Refusal) => {
    reportDropped(server, roomId, value, destination, refusal);
    if (refusal.code === "federation/no-key") lacking.push(value);
  };
  const state = await checkedPdus(server, room, pdusIn(answer, "state"), source, droppedTo(lackingState));
  const chain = await checkedPdus(
    server,
    room,
    pdusIn(answer, "auth_chain"),
    source,
    droppedTo(lackingChain),
  );
  const keep = known
    ? undefined
    : (event: Parameters<Room["addUnplaced"]>[0]) => void room.addUnplaced(event, 0);
  await keepUnplaced(server, room, new Map([...chain, ...state]), source, keep);
  // What they cite may be among those that cannot be checked yet; where all could be, it will never come.
  if (lackingState.length + lackingChain.length > 0) {
    for (const [id, { pdu: left }] of state) if (!room.events.has(id)) lackingState.push(left);
    for (const [id, { pdu: left }] of chain) if (!room.events.has(id)) lackingChain.push(left);
  }
  const entered = await room.inTurn(async () =>
    enter(server, room, join, [...state.keys()], source, known === undefined),
  );
  if (!isRefusal(entered)) {
    const lacking = { state: lackingState, cited: lackingChain };
    server.federation.lackingStates.note({ room: roomId, event: id, origin: destination, ...lacking });
  }
  return entered;
}

/** The join as it counts: with the signature of the server that lets the user in, where it takes that. */
async function joinEvent(
  server: Server,
  room: Room,
  own: Pick<CheckedPdu, "id" | "pdu">,
  answer: JsonObject,
  source: Sender,
): Promise<CheckedPdu | Refusal> {
  if (answer.event === undefined) return { ...own, signedBy: new Set([server.name]) };
  const signed = (await checkedPdus(server, room, [answer.event], source)).get(own.id);
  return signed ?? badAnswer(source.origin, "event");
}

/** Becomes part of the room by a join, in the state that came with it. */
async function enter(
  server: Server,
  room: Room,
  join: CheckedPdu,
  stateIds: readonly string[],
  source: Sender,
  isNew: boolean,
): Promise<Room | Refusal> {
  const before = stateOf(stateIds.flatMap((id) => room.events.get(id) ?? []));
  const create = [...before.values()].find(({ pdu }) => pdu.type === "m.room.create")?.pdu;
  if (!create || !isOfVersion(create.content, room.version)) return badAnswer(source.origin, "state");
  const cited = citedEvents(server, room, join.pdu);
  if (!cited) return badAnswer(source.origin, "auth_chain");
  const verdict = judge(room, join, { cited, before }, await judgingFacts(server, room, join));
  if (verdict.rejected) return verdict.rejected;
  const judged = { id: join.id, pdu: join.pdu, before };
  if (!room.has(join.id)) server.federation.given(source.origin, join.id);
  if (isNew) {
    room.add(judged, 0);
    server.rooms.keep(room, source);
  } else if (!room.has(join.id)) {
    // Whoever was here all the time goes on with the ends that there are.
    server.rooms.add(room, { ...judged, restarts: room.members.localJoined.size === 0 }, source);
  }
  return room;
}

function isOfVersion({ room_version: id = "1" }: JsonObject, version: RoomVersion): boolean {
  return id === version.id;
}

function badAnswer(server: string, path: string): Refusal {
  return { code: "federation/bad-answer", facts: { server, path } };
}
