import * as v from "valibot";
import type { JsonObject } from "../../protocol/json.ts";
import { isRefusal } from "../../protocol/refusal.ts";
import { isAnswer, ok } from "../http/answer.ts";
import { authenticationData } from "../http/validate.ts";
import type { Server } from "../server.ts";
import { endpoint } from "./endpoint.ts";
import { withPassword } from "./password-stage.ts";

function deviceObject({ sessions }: Server, userId: string, deviceId: string): JsonObject {
  const { displayName, lastSeen, lastAddress } = sessions.device(userId, deviceId) ?? {};
  return {
    device_id: deviceId,
    ...(displayName !== undefined && { display_name: displayName }),
    ...(lastSeen !== undefined && { last_seen_ts: lastSeen }),
    ...(lastAddress !== undefined && { last_seen_ip: lastAddress }),
  };
}

/**
 * GET /_matrix/client/v3/devices
 * https://spec.matrix.org/v1.19/client-server-api/#get_matrixclientv3devices
 */
const listDevices = endpoint({
  method: "GET",
  path: "/_matrix/client/v3/devices",
  handle: ({ server, session: { userId } }) =>
    ok({ devices: server.sessions.devicesOf(userId).map((id) => deviceObject(server, userId, id)) }),
});

/**
 * GET /_matrix/client/v3/devices/{deviceId}
 * https://spec.matrix.org/v1.19/client-server-api/#get_matrixclientv3devicesdeviceid
 */
const getDevice = endpoint({
  method: "GET",
  path: "/_matrix/client/v3/devices/{deviceId}",
  handle({ server, session: { userId }, params: { deviceId } }) {
    if (!server.sessions.device(userId, deviceId)) {
      return { code: "request/not-found", facts: { what: "device" } };
    }
    return ok(deviceObject(server, userId, deviceId));
  },
});

/**
 * PUT /_matrix/client/v3/devices/{deviceId}
 * https://spec.matrix.org/v1.19/client-server-api/#put_matrixclientv3devicesdeviceid
 */
const renameDevice = endpoint({
  method: "PUT",
  path: "/_matrix/client/v3/devices/{deviceId}",
  body: v.looseObject({ display_name: v.optional(v.pipe(v.string(), v.maxLength(1000))) }),
  handle({ server, session: { userId }, params: { deviceId }, body }) {
    if (!server.sessions.device(userId, deviceId)) {
      return { code: "request/not-found", facts: { what: "device" } };
    }
    if (body.display_name !== undefined) {
      server.sessions.renameDevice(userId, deviceId, body.display_name);
    }
    return ok({});
  },
});

/**
 * DELETE /_matrix/client/v3/devices/{deviceId}
 * https://spec.matrix.org/v1.19/client-server-api/#delete_matrixclientv3devicesdeviceid
 */
const deleteDevice = endpoint({
  method: "DELETE",
  path: "/_matrix/client/v3/devices/{deviceId}",
  body: v.looseObject({ auth: authenticationData }),
  bodyMayBeEmpty: true,
  async handle({ server, session, params: { deviceId }, body }) {
    const allowed = await withPassword(server, session, `delete device ${deviceId}`, body);
    if (isAnswer(allowed) || isRefusal(allowed)) return allowed;
    server.sessions.endDevice(session.userId, deviceId);
    return ok({});
  },
});

/**
 * POST /_matrix/client/v3/delete_devices
 * https://spec.matrix.org/v1.19/client-server-api/#post_matrixclientv3delete_devices
 */
const deleteDevices = endpoint({
  method: "POST",
  path: "/_matrix/client/v3/delete_devices",
  body: v.looseObject({ auth: authenticationData, devices: v.array(v.string()) }),
  async handle({ server, session, body }) {
    const operation = `delete devices ${body.devices.join(" ")}`;
    const allowed = await withPassword(server, session, operation, body);
    if (isAnswer(allowed) || isRefusal(allowed)) return allowed;
    for (const deviceId of allowed.body.devices) server.sessions.endDevice(session.userId, deviceId);
    return ok({});
  },
});

export const deviceEndpoints = [listDevices, getDevice, renameDevice, deleteDevice, deleteDevices];
