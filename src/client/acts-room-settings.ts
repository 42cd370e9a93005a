import { isJsonObject, type JsonObject } from "../protocol/json.ts";
import { signedIn } from "./act-target.ts";
import { upload } from "./acts-uploads.ts";
import type { DeviceClient } from "./device-client.ts";
import { joinRuleContent, type NewJoinRule } from "./join-rule-content.ts";

/** What a room is set to. Each act is one state event, or one word to the own server's directory. */

async function setState(
  device: DeviceClient,
  room: string,
  type: string,
  content: JsonObject,
): Promise<void> {
  await signedIn(device).sendStateEvent(room, type as never, content as never, "");
}

export async function setName(device: DeviceClient, room: string, name: string): Promise<void> {
  await setState(device, room, "m.room.name", { name });
}

export async function setTopic(device: DeviceClient, room: string, topic: string): Promise<void> {
  const text = [{ body: topic, mimetype: "text/plain" }];
  await setState(device, room, "m.room.topic", {
    topic,
    ...(topic !== "" && { "m.topic": { "m.text": text } }),
  });
}

/** @param file nothing for no picture. It is uploaded as it is: also those outside may see it. */
export async function setPicture(device: DeviceClient, room: string, file?: Blob): Promise<void> {
  if (!file) return setState(device, room, "m.room.avatar", {});
  const type = file.type || "application/octet-stream";
  const url = await upload(signedIn(device), file, "picture of a room", type);
  await setState(device, room, "m.room.avatar", { url, info: { mimetype: type, size: file.size } });
}

export async function setJoinRule(device: DeviceClient, room: string, rule: NewJoinRule): Promise<void> {
  await setState(device, room, "m.room.join_rules", joinRuleContent(rule));
}

export async function setHistory(device: DeviceClient, room: string, visibility: string): Promise<void> {
  await setState(device, room, "m.room.history_visibility", { history_visibility: visibility });
}

/**
 * Gives the room an address at the own server, and makes it the one that the room is known by.
 * @param localpart nothing takes the room's address away
 */
export async function setAlias(device: DeviceClient, room: string, localpart?: string): Promise<void> {
  const client = signedIn(device);
  if (localpart === undefined) {
    const { alias } =
      client.getRoom(room)?.currentState.getStateEvents("m.room.canonical_alias", "")?.getContent() ?? {};
    if (typeof alias === "string") await client.deleteAlias(alias);
    return;
  }
  const alias = `#${localpart}:${client.getDomain()}`;
  const owner = await client.getRoomIdForAlias(alias).catch(() => undefined);
  if (owner?.room_id !== room) await client.createAlias(alias, room);
  await setState(device, room, "m.room.canonical_alias", { alias });
}

export async function setPublished(device: DeviceClient, room: string, published: boolean): Promise<void> {
  await signedIn(device).setRoomDirectoryVisibility(room, (published ? "public" : "private") as never);
  device.tellOfRooms({ type: "published", room, published });
}

export async function setPower(
  device: DeviceClient,
  room: string,
  user: string,
  level: number,
): Promise<void> {
  await changeLevels(device, room, (levels) => {
    levels.users = { ...(isJsonObject(levels.users) ? levels.users : {}), [user]: level };
  });
}

const namedLevels = new Set([
  "invite",
  "kick",
  "ban",
  "redact",
  "events_default",
  "state_default",
  "users_default",
]);

/**
 * Sets the level that something takes.
 * @param what a level's own name, such as `kick`, or the type of an event
 */
export async function setPermission(
  device: DeviceClient,
  room: string,
  what: string,
  level: number,
): Promise<void> {
  await changeLevels(device, room, (levels) => {
    if (namedLevels.has(what)) levels[what] = level;
    else levels.events = { ...(isJsonObject(levels.events) ? levels.events : {}), [what]: level };
  });
}

/** The server knows what was changed a moment ago; the client may not yet. */
async function changeLevels(
  device: DeviceClient,
  room: string,
  change: (levels: JsonObject) => void,
): Promise<void> {
  const levels = (await signedIn(device).getStateEvent(room, "m.room.power_levels", "")) as JsonObject;
  change(levels);
  await setState(device, room, "m.room.power_levels", levels);
}

/** Makes a new room of another version in the old one's place. Its id. */
export async function upgrade(device: DeviceClient, room: string, version: string): Promise<string> {
  const { replacement_room: replacement } = await signedIn(device).upgradeRoom(room, version);
  return replacement;
}
