import type { Server } from "../server.ts";
import { tellDevice } from "./key-facts.ts";

/** Keeps what is published of devices in step with the devices themselves. */
export function followDevices(server: Server): void {
  const { keys, sessions, ports } = server;
  sessions.onDeviceChanged((userId, deviceId) => {
    tellDevice(server, userId, deviceId);
    keys.lists.changed(userId, [deviceId]);
  });
  sessions.onDeviceGone((userId, deviceId) => {
    keys.devices.delete(userId, deviceId);
    keys.oneTime.empty(userId, deviceId);
    if (keys.dehydrated.deviceOf(userId) === deviceId) keys.dehydrated.delete(userId);
    ports.report({ type: "device-gone", user: userId, device: deviceId });
    keys.lists.changed(userId, [deviceId]);
  });
}
