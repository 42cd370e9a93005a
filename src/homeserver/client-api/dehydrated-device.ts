import * as v from "valibot";
import { isRefusal, type Refusal } from "../../protocol/refusal.ts";
import { ok } from "../http/answer.ts";
import { anyObject, deviceId } from "../http/validate.ts";
import { deviceKeysShape, oneTimeKeysShape } from "../keys/key-shapes.ts";
import { type KeyUpload, keepUpload, uploadFault } from "../keys/upload-keys.ts";
import { endpoint } from "./endpoint.ts";
import { parseSyncToken, syncToken } from "./tokens.ts";

const noDevice: Refusal = { code: "request/not-found", facts: { what: "dehydrated device" } };
const path = "/_matrix/client/unstable/org.matrix.msc3814.v1/dehydrated_device";

/**
 * PUT /_matrix/client/unstable/org.matrix.msc3814.v1/dehydrated_device
 * https://github.com/matrix-org/matrix-spec-proposals/pull/3814
 */
const putDevice = endpoint({
  method: "PUT",
  path,
  body: v.looseObject({
    device_id: deviceId,
    device_data: anyObject,
    initial_device_display_name: v.optional(v.string()),
    device_keys: deviceKeysShape,
    one_time_keys: v.optional(oneTimeKeysShape),
    fallback_keys: v.optional(oneTimeKeysShape),
  }),
  async handle({ server, session: { userId, token }, body }) {
    const { device_id: device, device_data: data, initial_device_display_name: displayName } = body;
    const { dehydrated, crossSigning } = server.keys;
    const isOther = () => server.sessions.device(userId, device) && dehydrated.deviceOf(userId) !== device;
    const inUse: Refusal = { code: "keys/key-id-in-use", facts: { key: device } };
    if (isOther() || crossSigning.usageOf(userId, device)) return inUse;
    const fault = await uploadFault(server, userId, device, body as KeyUpload);
    if (fault) return fault;
    const still = server.sessions.find(token);
    if (isRefusal(still)) return still;
    if (isOther()) return inUse;
    const former = dehydrated.deviceOf(userId);
    if (former !== undefined) server.sessions.endDevice(userId, former);
    dehydrated.set(userId, { device, data });
    server.sessions.addDevice(userId, device, displayName);
    return keepUpload(server, userId, device, body as KeyUpload) ?? ok({ device_id: device });
  },
});

/** GET /_matrix/client/unstable/org.matrix.msc3814.v1/dehydrated_device */
const getDevice = endpoint({
  method: "GET",
  path,
  handle({ server, session: { userId } }) {
    const found = server.keys.dehydrated.get(userId);
    return found ? ok({ device_id: found.device, device_data: found.data }) : noDevice;
  },
});

/** DELETE /_matrix/client/unstable/org.matrix.msc3814.v1/dehydrated_device */
const deleteDevice = endpoint({
  method: "DELETE",
  path,
  handle({ server, session: { userId } }) {
    const device = server.keys.dehydrated.deviceOf(userId);
    if (device === undefined) return noDevice;
    server.sessions.endDevice(userId, device);
    return ok({ device_id: device });
  },
});

/**
 * GET /_matrix/client/unstable/org.matrix.msc3814.v1/dehydrated_device/{device_id}/events: its messages, a part
 * at a time. Those before `from` have been read; without `next_batch` there are no more.
 */
const events = endpoint({
  method: "GET",
  path: `${path}/{device_id}/events`,
  query: v.object({ from: v.optional(v.string()) }),
  handle({ server, session: { userId }, params: { device_id: device }, query: { from } }) {
    if (server.keys.dehydrated.deviceOf(userId) !== device) return { code: "request/forbidden", facts: {} };
    const since = from === undefined ? undefined : parseSyncToken(from);
    if (isRefusal(since)) return since;
    if (since) server.inbox.acknowledge(userId, device, since.position);
    const waiting = server.inbox.waiting(userId, device);
    const last = server.inbox.lastGiven(userId, device);
    return ok({
      events: waiting,
      ...(last !== undefined && { next_batch: syncToken({ position: last, messages: last }) }),
    });
  },
});

export const dehydratedDeviceEndpoints = [putDevice, getDevice, deleteDevice, events];
