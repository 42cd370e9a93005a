import * as v from "valibot";
import { serverOf } from "../../protocol/identifiers.ts";
import type { JsonObject } from "../../protocol/json.ts";
import { integer } from "../http/validate.ts";
import { resync } from "../keys/fetch-remote-keys.ts";
import type { DeviceListUpdate } from "../keys/remote-device-lists.ts";
import { readCrossSigning, readDeviceKeys } from "../keys/remote-keys.ts";
import type { Server } from "../server.ts";

/** https://spec.matrix.org/v1.19/server-server-api/#definition-mdevice_list_update */
const updateShape = v.looseObject({
  user_id: v.string(),
  device_id: v.string(),
  stream_id: integer,
  prev_id: v.optional(v.array(integer), []),
  deleted: v.optional(v.boolean(), false),
  device_display_name: v.optional(v.nullable(v.string())),
  keys: v.optional(v.nullable(v.looseObject({}))),
});

/** Takes in a change of a device; where one before it is missing, fetches the whole list. */
export function receiveDeviceListUpdate(server: Server, origin: string, content: JsonObject): void {
  const { success, output } = v.safeParse(updateShape, content);
  if (!success || serverOf(output.user_id) !== origin) return;
  take(server, readUpdate(output));
}

function take(server: Server, update: DeviceListUpdate): void {
  const { remote, lists } = server.keys;
  const { userId, deviceId } = update;
  // One after the other: what is being fetched may be what this one follows.
  const underWay = remote.underWay(userId);
  if (underWay) return void underWay.then(() => take(server, update));
  if (!remote.isFollowed(userId)) return;
  const found = remote.update(update);
  const tell = () => lists.changed(userId, [deviceId]);
  if (found === "gap") void resync(server, userId).then(tell);
  else if (found !== "old") tell();
}

function readUpdate(update: v.InferOutput<typeof updateShape>): DeviceListUpdate {
  const { user_id: userId, device_id: deviceId, stream_id: streamId, prev_id: previous } = update;
  const keys = readDeviceKeys(update.keys as JsonObject | undefined, userId, deviceId);
  const name = update.device_display_name ?? undefined;
  const device = { ...(keys && { keys }), ...(name !== undefined && { name }) };
  return { userId, deviceId, streamId, previous, ...(!update.deleted && { device }) };
}

/**
 * Takes in a user's new cross-signing keys.
 * https://spec.matrix.org/v1.19/server-server-api/#definition-msigning_key_update
 */
export function receiveSigningKeyUpdate(server: Server, origin: string, content: JsonObject): void {
  const { user_id: userId, master_key: master, self_signing_key: selfSigning } = content;
  if (typeof userId !== "string" || serverOf(userId) !== origin) return;
  const { remote, lists } = server.keys;
  if (!remote.isFollowed(userId)) return;
  if (remote.updateSigning(userId, readCrossSigning(master, selfSigning, userId))) lists.changed(userId, []);
}
