import type { ClientEvent, MatrixClient, MatrixEvent, Room } from "matrix-js-sdk";
import type { DeviceClient } from "./device-client.ts";
import { laterTurn } from "./later-turn.ts";
import { shownId } from "./shown-event.ts";
import { challengeOf, type Session, type SignUp, signUp } from "./sign-up.ts";

/**
 * What a person does with a client. Each resolves when the homeserver has accepted it and throws what the SDK
 * throws; `requestRefusal` says what that means.
 */

/** The client has no session, or shows no such room or event. */
export class NotThere extends Error {
  readonly what: "session" | "room" | "event";

  constructor(what: "session" | "room" | "event") {
    super(`There is no ${what}`);
    this.what = what;
  }
}

function signedIn(device: DeviceClient): MatrixClient {
  if (!device.matrix) throw new NotThere("session");
  return device.matrix;
}

function roomOf(client: MatrixClient, id: string): Room {
  const room = id.startsWith("#")
    ? client.getRooms().find((candidate) => candidate.getCanonicalAlias() === id)
    : client.getRoom(id);
  if (!room) throw new NotThere("room");
  return room;
}

/** How long a room that was just made or joined may take to come by the sync, in milliseconds of real time. */
const roomPatience = 5000;

/** The room, which the client may learn of only now. */
async function roomSoon(client: MatrixClient, id: string): Promise<Room> {
  if (!client.getRoom(id) && id.startsWith("!")) {
    await new Promise<void>((resolve) => {
      const giveUp = setTimeout(() => done(), roomPatience);
      const look = (room: Room): void => {
        if (room.roomId === id) done();
      };
      const done = (): void => {
        clearTimeout(giveUp);
        client.off("Room" as ClientEvent.Room, look);
        resolve();
      };
      client.on("Room" as ClientEvent.Room, look);
    });
  }
  return roomOf(client, id);
}

function pendingEvent(room: Room, id: string): MatrixEvent {
  const event = room
    .getPendingEvents()
    .find((candidate) => shownId(candidate) === id || candidate.getId() === id);
  if (!event) throw new NotThere("event");
  return event;
}

export async function makeAccount(device: DeviceClient, wanted: SignUp): Promise<Session> {
  const session = await signUp(await device.signedOutClient(), wanted);
  await device.begin(session);
  return session;
}

export type SignIn = { name: string; password: string; deviceName: string };

export async function signIn(device: DeviceClient, wanted: SignIn): Promise<Session> {
  const client = await device.signedOutClient();
  const done = await client.loginRequest({
    type: "m.login.password",
    identifier: { type: "m.id.user", user: wanted.name },
    password: wanted.password,
    initial_device_display_name: wanted.deviceName,
  });
  const session = { user: done.user_id, device: done.device_id, token: done.access_token };
  await device.begin(session);
  return session;
}

export async function signOut(device: DeviceClient, everywhere: boolean): Promise<void> {
  const client = signedIn(device);
  if (everywhere) await client.http.authedRequest("POST" as never, "/logout/all", undefined, {});
  else await client.logout(false);
  device.forget("by-choice");
}

/** Ends another session of the account, proving with the password that it is the account's owner who asks. */
export async function endSession(device: DeviceClient, target: string, password: string): Promise<void> {
  const client = signedIn(device);
  try {
    await client.deleteDevice(target);
  } catch (error) {
    const challenge = challengeOf(error);
    if (!challenge) throw error;
    await client.deleteDevice(target, {
      type: "m.login.password",
      identifier: { type: "m.id.user", user: client.getSafeUserId() },
      password,
      ...(challenge.session !== undefined && { session: challenge.session }),
    });
  }
  await device.tellDevices();
}

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

/**
 * Sends a message. Resolves with the event's id when the homeserver has it, or with `~` and the transaction id when it
 * waits for the network.
 */
export async function send(device: DeviceClient, room: string, text: string): Promise<string> {
  const client = signedIn(device);
  const { roomId } = await roomSoon(client, room);
  const transaction = client.makeTxnId();
  const sent = client.sendEvent(
    roomId,
    "m.room.message" as never,
    { msgtype: "m.text", body: text } as never,
    transaction,
  );
  return firstOf(device, transaction, sent);
}

export async function redact(
  device: DeviceClient,
  room: string,
  event: string,
  reason?: string,
): Promise<string> {
  const client = signedIn(device);
  const transaction = client.makeTxnId();
  const { roomId } = roomOf(client, room);
  return firstOf(
    device,
    transaction,
    client.redactEvent(roomId, event, transaction, reason === undefined ? {} : { reason }),
  );
}

export async function retry(device: DeviceClient, room: string, event: string): Promise<string> {
  const client = signedIn(device);
  const shown = roomOf(client, room);
  const pending = pendingEvent(shown, event);
  const transaction = pending.getTxnId() ?? "";
  if (device.isWaiting(transaction)) {
    device.retryNow();
    return `~${transaction}`;
  }
  pending.error = null;
  return firstOf(device, transaction, client.resendEvent(pending, shown));
}

export async function discard(device: DeviceClient, room: string, event: string): Promise<void> {
  const client = signedIn(device);
  const pending = pendingEvent(roomOf(client, room), event);
  device.giveUp(pending.getTxnId() ?? "");
  // The SDK learns of it, and takes what was to be sent after it for failed, too.
  await new Promise<void>((resolve) => laterTurn(resolve));
  if (pending.status !== "cancelled") client.cancelPendingEvent(pending);
  device.resend();
}

async function firstOf(
  device: DeviceClient,
  transaction: string,
  sent: Promise<{ event_id: string }>,
): Promise<string> {
  const waits = new AbortController();
  try {
    return await Promise.race([
      sent.then(({ event_id }) => event_id),
      device.whenHeldUp(waits.signal).then(() => `~${transaction}`),
    ]);
  } finally {
    waits.abort();
    sent.catch(() => undefined);
  }
}

export async function setTyping(device: DeviceClient, room: string, typing: boolean): Promise<void> {
  const client = signedIn(device);
  await client.sendTyping(roomOf(client, room).roomId, typing, 20_000);
}

export async function markRead(device: DeviceClient, room: string, event: string): Promise<void> {
  const client = signedIn(device);
  const shown = roomOf(client, room);
  const read = shown.findEventById(event);
  if (!read) throw new NotThere("event");
  await client.setRoomReadMarkers(shown.roomId, event, read);
}

export async function loadOlder(device: DeviceClient, room: string): Promise<void> {
  const client = signedIn(device);
  await client.scrollback(roomOf(client, room), 30);
}

export async function setDisplayName(device: DeviceClient, name: string): Promise<void> {
  await signedIn(device).setDisplayName(name);
  device.tellName(name);
}

/** The bytes of media, as this device may see them. */
export async function fetchMedia(device: DeviceClient, mxc: string): Promise<Blob | undefined> {
  const [, server, id] = /^mxc:\/\/([^/]+)\/([\w-]+)$/.exec(mxc) ?? [];
  if (server === undefined || id === undefined) return undefined;
  return signedIn(device).http.authedRequest<Blob>(
    "GET" as never,
    `/media/download/${encodeURIComponent(server)}/${encodeURIComponent(id)}`,
    undefined,
    undefined,
    { prefix: "/_matrix/client/v1", rawResponseBody: true } as never,
  );
}
