import type { MatrixClient } from "matrix-js-sdk";
import { signedIn } from "./act-target.ts";
import type { DeviceClient } from "./device-client.ts";

export type NewRoom = {
  name?: string;
  topic?: string;
  preset?: string;
  direct?: boolean;
  alias?: string;
  invite?: string[];
  roomVersion?: string;
};

/** The new room's id. */
export async function createRoom(device: DeviceClient, wanted: NewRoom): Promise<string> {
  const client = signedIn(device);
  const { name, topic, preset, alias, invite, roomVersion, direct } = wanted;
  const { room_id: room } = await client.createRoom({
    ...(name !== undefined && { name }),
    ...(topic !== undefined && { topic }),
    ...(preset !== undefined && { preset: preset as never }),
    ...(alias !== undefined && { room_alias_name: alias }),
    ...(invite !== undefined && { invite }),
    ...(roomVersion !== undefined && { room_version: roomVersion }),
    ...(direct === true && { is_direct: true }),
  });
  if (direct && invite?.[0] !== undefined) await markDirect(client, room, invite[0]);
  return room;
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

/** The joined room's id. */
export async function join(device: DeviceClient, room: string, via: string[] = []): Promise<string> {
  const client = signedIn(device);
  const inviter = client.getRoom(room)?.getDMInviter();
  const joined = await client.joinRoom(room, via.length > 0 ? { viaServers: via } : {});
  if (inviter !== undefined) await markDirect(client, joined.roomId, inviter);
  return joined.roomId;
}

export async function leave(device: DeviceClient, room: string): Promise<void> {
  await signedIn(device).leave(room);
}

export async function invite(device: DeviceClient, room: string, user: string): Promise<void> {
  await signedIn(device).invite(room, user);
}
