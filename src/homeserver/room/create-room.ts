import { authorize } from "../../protocol/auth-rules.ts";
import { roomIdOfCreate } from "../../protocol/hashes.ts";
import { serverOf } from "../../protocol/identifiers.ts";
import type { Json, JsonObject } from "../../protocol/json.ts";
import type { UnsignedPdu } from "../../protocol/pdu.ts";
import { isRefusal, type Refusal } from "../../protocol/refusal.ts";
import { findRoomVersion, type RoomVersion } from "../../protocol/room-versions.ts";
import { chanceText, letters } from "../chance.ts";
import { inviteRemotely } from "../federation/invite-remotely.ts";
import type { Server } from "../server.ts";
import { bringSettings } from "./bring-settings.ts";
import { type Preset, powerLevelsOf, presetStates } from "./presets.ts";
import type { Room } from "./room.ts";
import { buildEvent, type EventDraft, signPdu } from "./send-event.ts";
import { StateTrie } from "./state-trie.ts";

/** What a client wants a new room to be. */
export type RoomWishes = {
  preset: Preset;
  published: boolean;
  roomVersion?: string | undefined;
  creationContent?: JsonObject | undefined;
  powerLevels?: JsonObject | undefined;
  initialState?: readonly StateWish[] | undefined;
  name?: string | undefined;
  topic?: string | undefined;
  alias?: string | undefined;
  invite?: readonly string[] | undefined;
  isDirect?: boolean | undefined;
};

export type StateWish = { type: string; state_key?: string | undefined; content: JsonObject };

/** Makes a room with all its first events, or nothing at all. */
export async function createRoom(
  server: Server,
  creator: string,
  wishes: RoomWishes,
): Promise<Room | Refusal> {
  const versionId = wishes.roomVersion ?? server.settings.defaultRoomVersion;
  const version = findRoomVersion(versionId);
  if (!version) return { code: "room/unsupported-version", facts: { version: versionId } };
  const aliasFault = wishes.alias === undefined ? undefined : server.aliases.fault(wishes.alias);
  if (aliasFault) return aliasFault;
  const room = await planRoom(server, creator, {
    version,
    content: wishes.creationContent ?? {},
    additionalCreators: additionalCreators(wishes, creator, version),
  });
  if (isRefusal(room)) return room;
  const { invites, others } = firstEvents(server, creator, wishes, version);
  const fault = await planEvents(server, room, others);
  if (fault) return asInitialState(fault);
  const isHere = ({ stateKey = "" }: EventDraft) => serverOf(stateKey) === server.name;
  const inviteFault = await planEvents(server, room, invites.filter(isHere));
  if (inviteFault) return inviteFault;
  // Somebody may have taken it meanwhile.
  const lateFault = wishes.alias === undefined ? undefined : server.aliases.fault(wishes.alias);
  if (lateFault) return lateFault;
  if (wishes.alias !== undefined) server.aliases.set(wishes.alias, { room: room.id, creator });
  if (wishes.published) server.aliases.publish(room.id, true);
  server.rooms.keep(room);
  bringSettings(server, room, creator);
  // The room is there whether they can be reached or not.
  const elsewhere = invites.filter((draft) => !isHere(draft));
  await Promise.all(
    elsewhere.map((draft) => inviteRemotely(server, room, serverOf(draft.stateKey!)!, draft)),
  );
  return room;
}

export type RoomPlan = {
  version: RoomVersion;
  /** Of the create event, beside what the server puts in. */
  content: JsonObject;
  additionalCreators: readonly Json[];
};

/** A room that has its create event, and that nobody knows of yet. */
export async function planRoom(
  server: Server,
  creator: string,
  { version, content: wished, additionalCreators }: RoomPlan,
): Promise<Room | Refusal> {
  const { creator: _, room_version: __, ...rest } = wished;
  const content: JsonObject = {
    ...rest,
    ...(version.creator === "content" && { creator }),
    ...(additionalCreators.length > 0 && { additional_creators: [...additionalCreators] }),
    room_version: version.id,
  };
  const isHashed = version.roomId === "create-event";
  const namedId = `!${chanceText(server.ports.chance, 18, letters)}:${server.name}`;
  const unsigned: UnsignedPdu = {
    type: "m.room.create",
    sender: creator,
    state_key: "",
    content,
    ...(!isHashed && { room_id: namedId }),
    origin_server_ts: server.rooms.creationTime(server.ports.clock.now()),
    depth: 1,
    prev_events: [],
    auth_events: [],
  };
  const refusal = authorize(unsigned, version, { create: undefined, get: () => undefined });
  if (refusal) return asInitialState(refusal);
  const signed = await signPdu(server, unsigned, version);
  if (isRefusal(signed)) return signed;
  const room = server.rooms.plan(isHashed ? roomIdOfCreate(signed.id) : namedId, version);
  room.add({ ...signed, before: StateTrie.empty() }, 0);
  return room;
}

/** Adds events to a planned room, until one is refused. */
export async function planEvents(
  server: Server,
  room: Room,
  drafts: readonly EventDraft[],
): Promise<Refusal | undefined> {
  for (const draft of drafts) {
    const judged = await buildEvent(server, room, draft);
    if (isRefusal(judged)) return judged;
    room.add(judged, 0);
  }
  return undefined;
}

/** Those whom the preset makes equals of the creator, where the version has that; and those asked for. */
function additionalCreators(
  { preset, invite, creationContent }: RoomWishes,
  creator: string,
  version: RoomVersion,
): Json[] {
  const asked = creationContent?.additional_creators ?? [];
  // What is no list stays in the content, and the rules refuse it.
  if (!version.creatorsAreUnbounded || !Array.isArray(asked)) return [];
  const trusted = preset === "trusted_private_chat" ? (invite ?? []) : [];
  return [...new Set([...asked, ...trusted])].filter((userId) => userId !== creator);
}

/** https://spec.matrix.org/v1.19/client-server-api/#creation */
function firstEvents(
  server: Server,
  creator: string,
  wishes: RoomWishes,
  version: RoomVersion,
): { others: EventDraft[]; invites: EventDraft[] } {
  const state = (type: string, content: JsonObject, stateKey = ""): EventDraft => ({
    type,
    sender: creator,
    content,
    stateKey,
  });
  const initial = wishes.initialState ?? [];
  const isGiven = (type: string) =>
    initial.some((wish) => wish.type === type && (wish.state_key ?? "") === "");
  const others: EventDraft[] = [
    // 2. An m.room.member event for the creator to join the room, needed so the remaining events can be sent.
    state("m.room.member", { ...server.profiles.memberFields(creator), membership: "join" }, creator),
  ];
  // 3. A default m.room.power_levels event, overridden by the power_level_content_override parameter.
  if (!isGiven("m.room.power_levels")) {
    const levels = { ...powerLevelsOf(creator, wishes, version), ...wishes.powerLevels };
    others.push(state("m.room.power_levels", levels));
  } else {
    others.push(
      ...initial.filter(({ type }) => type === "m.room.power_levels").map((wish) => asked(creator, wish)),
    );
  }
  // 4. An m.room.canonical_alias event if room_alias_name is given.
  if (wishes.alias !== undefined) others.push(state("m.room.canonical_alias", { alias: wishes.alias }));
  // 5. Events set by the preset.
  for (const [type, content] of Object.entries(presetStates[wishes.preset])) {
    if (!isGiven(type)) others.push(state(type, content));
  }
  // 6. Events listed in initial_state, in the order that they are listed.
  for (const wish of initial) {
    if (wish.type !== "m.room.power_levels") others.push(asked(creator, wish));
  }
  // 7. Events implied by name and topic (m.room.name and m.room.topic state events).
  if (wishes.name !== undefined) others.push(state("m.room.name", { name: wishes.name }));
  if (wishes.topic !== undefined) {
    const text = [{ body: wishes.topic, mimetype: "text/plain" }];
    others.push(state("m.room.topic", { topic: wishes.topic, "m.topic": { "m.text": text } }));
  }
  // 8. Invite events implied by invite (m.room.member with membership: invite).
  const invites = [...new Set(wishes.invite ?? [])].map((userId) =>
    state(
      "m.room.member",
      {
        ...server.profiles.memberFields(userId),
        ...(wishes.isDirect && { is_direct: true }),
        membership: "invite",
      },
      userId,
    ),
  );
  return { others, invites };
}

function asked(sender: string, { type, state_key, content }: StateWish): EventDraft {
  return { type, sender, content, stateKey: state_key ?? "" };
}

function asInitialState({ code, facts }: Refusal): Refusal {
  return { code: "room/invalid-initial-state", facts: { ...facts, reason: code } };
}
