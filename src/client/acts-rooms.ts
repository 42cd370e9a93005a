import type { MatrixClient } from "matrix-js-sdk";
import type { JsonObject } from "../protocol/json.ts";
import { signedIn, untilShown } from "./act-target.ts";
import type { DeviceClient } from "./device-client.ts";
import { joinRuleContent, type NewJoinRule } from "./join-rule-content.ts";

export type NewRoom = {
  name?: string;
  topic?: string;
  preset?: string;
  direct?: boolean;
  alias?: string;
  invite?: string[];
  roomVersion?: string;
  /** Instead of the preset's. */
  joinRule?: NewJoinRule;
  history?: string;
  /** The own server's directory lists it. */
  published?: boolean;
  /** It is a space: a room that holds rooms. */
  space?: boolean;
  /** The space that the room is for. */
  parent?: string;
  encrypted?: boolean;
};

/** The new room's id. */
export async function createRoom(device: DeviceClient, wanted: NewRoom): Promise<string> {
  const client = signedIn(device);
  const { name, topic, preset, alias, invite, roomVersion, direct, published, space } = wanted;
  const state = initialState(client, wanted);
  const { room_id: room } = await client.createRoom({
    ...(name !== undefined && { name }),
    ...(topic !== undefined && { topic }),
    ...(preset !== undefined && { preset: preset as never }),
    ...(alias !== undefined && { room_alias_name: alias }),
    ...(invite !== undefined && { invite }),
    ...(roomVersion !== undefined && { room_version: roomVersion }),
    ...(direct === true && { is_direct: true }),
    ...(published === true && { visibility: "public" as never }),
    ...(space === true && { creation_content: { type: "m.space" } }),
    // In a space only those who tend it put something into it.
    ...(space === true && { power_level_content_override: { events_default: 100 } as never }),
    ...(state.length > 0 && { initial_state: state as never }),
  });
  if (published) device.tellOfRooms({ type: "published", room, published });
  if (direct && invite?.[0] !== undefined) await markDirect(client, room, invite[0]);
  if (wanted.parent !== undefined) await addToSpace(device, wanted.parent, room);
  return room;
}

type InitialState = { type: string; state_key?: string; content: JsonObject }[];

function initialState(client: MatrixClient, { joinRule, history, parent, encrypted }: NewRoom): InitialState {
  const state: InitialState = [];
  if (joinRule) state.push({ type: "m.room.join_rules", content: joinRuleContent(joinRule) });
  if (history !== undefined)
    state.push({ type: "m.room.history_visibility", content: { history_visibility: history } });
  // https://spec.matrix.org/v1.19/client-server-api/#mroomencryption
  if (encrypted) state.push({ type: "m.room.encryption", content: { algorithm: "m.megolm.v1.aes-sha2" } });
  if (parent !== undefined)
    state.push({ type: "m.space.parent", state_key: parent, content: parentContent(client) });
  return state;
}

function parentContent(client: MatrixClient): JsonObject {
  return { canonical: true, via: [client.getDomain() ?? ""] };
}

/** Puts a room into a space. https://spec.matrix.org/v1.19/client-server-api/#mspacechild */
export async function addToSpace(device: DeviceClient, space: string, room: string): Promise<void> {
  const client = signedIn(device);
  const content = { via: [client.getDomain() ?? ""] };
  await client.sendStateEvent(space, "m.space.child" as never, content as never, room);
}

/** Takes a room out of a space: a child without `via` is none. */
export async function removeFromSpace(device: DeviceClient, space: string, room: string): Promise<void> {
  await signedIn(device).sendStateEvent(space, "m.space.child" as never, {} as never, room);
}

/** Notes in the account that the room is a chat with this person. https://spec.matrix.org/v1.19/client-server-api/#direct-messaging */
async function markDirect(client: MatrixClient, room: string, person: string): Promise<void> {
  const content: Record<string, string[]> = structuredClone(
    client.getAccountData("m.direct" as never)?.getContent() ?? {},
  );
  const rooms = content[person] ?? [];
  if (rooms.includes(room)) return;
  content[person] = [...rooms, room];
  await client.setAccountData("m.direct" as never, content as never);
}

/** How long an invitation may be on its way to a client, in milliseconds of real time. */
const invitationPatience = 500;

/** The joined room's id. */
export async function join(device: DeviceClient, room: string, via: string[] = []): Promise<string> {
  const client = signedIn(device);
  // Who accepts before the invitation is on the screen would not look for the keys that came with it.
  if (device.crypto && via.length === 0) await untilShown(client, room, invitationPatience);
  const inviter = client.getRoom(room)?.getDMInviter();
  const joined = await client.joinRoom(room, via.length > 0 ? { viaServers: via } : {});
  if (inviter !== undefined) await markDirect(client, joined.roomId, inviter);
  return joined.roomId;
}

/** Asks to be let in. The room's id. */
export async function knock(
  device: DeviceClient,
  room: string,
  reason?: string,
  via: string[] = [],
): Promise<string> {
  const { room_id: id } = await signedIn(device).knockRoom(room, {
    ...(reason !== undefined && { reason }),
    ...(via.length > 0 && { viaServers: via }),
  });
  return id;
}

export async function leave(device: DeviceClient, room: string): Promise<void> {
  await signedIn(device).leave(room);
}

/** Takes a room that was left out of the list. */
export async function forget(device: DeviceClient, room: string): Promise<void> {
  await signedIn(device).forget(room, true);
}

export async function invite(device: DeviceClient, room: string, user: string): Promise<void> {
  await signedIn(device).invite(room, user);
}

/** Also takes back an invitation, or turns a knock away. */
export async function kick(device: DeviceClient, room: string, user: string, reason?: string): Promise<void> {
  await signedIn(device).kick(room, user, reason);
}

export async function ban(device: DeviceClient, room: string, user: string, reason?: string): Promise<void> {
  await signedIn(device).ban(room, user, reason);
}

export async function unban(device: DeviceClient, room: string, user: string): Promise<void> {
  await signedIn(device).unban(room, user);
}
