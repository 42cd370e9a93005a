import type { Notifier } from "../notifier.ts";
import type { Rooms } from "../room/rooms.ts";
import type { Store } from "../store/store.ts";
import type { Stream } from "../store/stream.ts";
import { CrossSigningKeys } from "./cross-signing-keys.ts";
import { DehydratedDevices } from "./dehydrated-devices.ts";
import { DeviceKeys } from "./device-keys.ts";
import { DeviceLists } from "./device-lists.ts";
import { DeviceUpdates } from "./device-updates.ts";
import { KeyBackups } from "./key-backups.ts";
import { OneTimeKeys } from "./one-time-keys.ts";
import { RemoteDeviceLists } from "./remote-device-lists.ts";

/** Everything that a homeserver holds of its users' end-to-end encryption. None of it opens a message. */
export type Keys = {
  devices: DeviceKeys;
  oneTime: OneTimeKeys;
  crossSigning: CrossSigningKeys;
  lists: DeviceLists;
  updates: DeviceUpdates;
  remote: RemoteDeviceLists;
  backups: KeyBackups;
  dehydrated: DehydratedDevices;
};

export function openKeys(store: Store, parts: { stream: Stream; notifier: Notifier; rooms: Rooms }): Keys {
  return {
    devices: new DeviceKeys(store),
    oneTime: new OneTimeKeys(store),
    crossSigning: new CrossSigningKeys(store),
    lists: new DeviceLists(store, parts),
    updates: new DeviceUpdates(store, parts),
    remote: new RemoteDeviceLists(store, parts),
    backups: new KeyBackups(store),
    dehydrated: new DehydratedDevices(store),
  };
}
