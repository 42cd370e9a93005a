import type { JsonObject } from "../../protocol/json.ts";
import { sameJson } from "../../protocol/same-json.ts";
import type { Rooms } from "../room/rooms.ts";
import type { Store } from "../store/store.ts";
import type { Table } from "../store/table.ts";
import type { RemoteDevice, RemoteKeys } from "./remote-keys.ts";

/** A copy of a user's keys. `streamId` is that of the last update in it, where the other server has told one. */
type Copy = RemoteKeys & { streamId?: number; isStale?: true };

/** One update of one device. https://spec.matrix.org/v1.19/server-server-api/#definition-mdevice_list_update */
export type DeviceListUpdate = {
  userId: string;
  deviceId: string;
  streamId: number;
  previous: readonly number[];
  /** Absent: the device is gone. */
  device?: RemoteDevice;
};

/**
 * Copies of the device lists of users elsewhere, for as long as one of them shares a room with somebody here: only
 * then their server tells of changes. https://spec.matrix.org/v1.19/server-server-api/#device-management
 */
export class RemoteDeviceLists {
  readonly #copies: Table<Copy>;
  readonly #rooms: Rooms;
  /** User → how many updates came since the start, and the highest stream id of one. */
  readonly #heard = new Map<string, { count: number; streamId: number }>();

  readonly #underWay = new Map<string, Promise<void>>();

  constructor(store: Store, { rooms }: { rooms: Rooms }) {
    this.#copies = store.table<Copy>("remote-device-lists");
    this.#rooms = rooms;
  }

  /** Whether somebody here shares a room with a user. */
  isFollowed(userId: string): boolean {
    for (const room of this.#rooms.withMember(userId)) if (room.members.localJoined.size > 0) return true;
    return false;
  }

  /** What is known of a user and sure to be so still. */
  get(userId: string): RemoteKeys | undefined {
    const copy = this.#copies.get(userId);
    return copy && !copy.isStale && this.isFollowed(userId) ? copy : undefined;
  }

  isStale(userId: string): boolean {
    return this.#copies.get(userId)?.isStale === true;
  }

  has(userId: string): boolean {
    return this.#copies.has(userId);
  }

  users(): string[] {
    return [...this.#copies.entries()].map(([userId]) => userId);
  }

  /** How many updates there were: before and after a request, it tells whether one came meanwhile. */
  heard(userId: string): number {
    return this.#heard.get(userId)?.count ?? 0;
  }

  /**
   * Keeps what a user's server has answered, if it tells of changes, too.
   * @param heardBefore {@link heard} before it was asked: what came since may not be in the answer.
   */
  keep(userId: string, keys: RemoteKeys & { streamId?: number }, heardBefore: number): void {
    if (!this.isFollowed(userId)) return;
    const heard = this.#heard.get(userId);
    const isBehind =
      keys.streamId === undefined
        ? this.heard(userId) !== heardBefore
        : keys.streamId < (heard?.streamId ?? 0);
    this.#copies.set(userId, { ...keys, ...(isBehind && { isStale: true }) });
  }

  /** Lets only one at a time fetch a user's list; the others wait for the same. */
  fetching(userId: string, fetch: () => Promise<void>): Promise<void> {
    let underWay = this.#underWay.get(userId);
    if (!underWay) {
      underWay = fetch().finally(() => this.#underWay.delete(userId));
      this.#underWay.set(userId, underWay);
    }
    return underWay;
  }

  /** Resolves when a list that is being fetched is there. */
  underWay(userId: string): Promise<void> | undefined {
    return this.#underWay.get(userId);
  }

  markStale(userId: string): void {
    const copy = this.#copies.get(userId);
    if (copy && !copy.isStale) this.#copies.set(userId, { ...copy, isStale: true });
  }

  drop(userId: string): void {
    this.#copies.delete(userId);
  }

  /**
   * Takes in an update. `gap`: one before it is missing, and the copy is stale now; `unknown`: there is no copy;
   * `old`: it says nothing new.
   */
  update(update: DeviceListUpdate): "taken" | "gap" | "unknown" | "old" {
    const { userId, deviceId, streamId, previous, device } = update;
    const heard = this.#heard.get(userId) ?? { count: 0, streamId: 0 };
    this.#heard.set(userId, { count: heard.count + 1, streamId: Math.max(heard.streamId, streamId) });
    const copy = this.#copies.get(userId);
    if (!copy) return "unknown";
    if (copy.isStale) return "gap";
    const { [deviceId]: held, ...others } = copy.devices;
    if (streamId <= (copy.streamId ?? 0) && sameDevice(held, device)) return "old";
    const last = copy.streamId ?? Number.NEGATIVE_INFINITY;
    if (!previous.includes(last) || previous.some((id) => id > last)) {
      this.markStale(userId);
      return "gap";
    }
    const devices = device ? { ...others, [deviceId]: device } : others;
    this.#copies.set(userId, { ...copy, devices, streamId });
    return "taken";
  }

  /** Takes in another server's word about a user's cross-signing keys. Returns whether that is new. */
  updateSigning(userId: string, keys: Pick<RemoteKeys, "master" | "selfSigning">): boolean {
    const heard = this.#heard.get(userId) ?? { count: 0, streamId: 0 };
    this.#heard.set(userId, { ...heard, count: heard.count + 1 });
    const copy = this.#copies.get(userId);
    if (!copy) return true;
    if (sameJson(copy.master, keys.master) && sameJson(copy.selfSigning, keys.selfSigning)) return false;
    this.#copies.set(userId, { ...copy, ...keys });
    return true;
  }
}

function sameDevice(one: RemoteDevice | undefined, other: RemoteDevice | undefined): boolean {
  return sameJson(one as JsonObject | undefined, other as JsonObject | undefined);
}
