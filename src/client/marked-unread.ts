import type { MatrixClient, Room } from "matrix-js-sdk";

const type = "m.marked_unread";

/**
 * Whether somebody put the room aside for later.
 * https://spec.matrix.org/v1.19/client-server-api/#unread-markers
 */
export function isMarkedUnread(room: Room): boolean {
  return room.getAccountData(type)?.getContent().unread === true;
}

export async function setMarkedUnread(client: MatrixClient, room: Room, unread: boolean): Promise<void> {
  if (isMarkedUnread(room) === unread) return;
  await client.setRoomAccountData(room.roomId, type as never, { unread } as never);
}
