import type { Notifier } from "../notifier.ts";
import type { Rooms } from "../room/rooms.ts";
import type { Store } from "../store/store.ts";
import type { Stream } from "../store/stream.ts";
import { keyOf, partsOf, type Table } from "../store/table.ts";

/** Whose devices or cross-signing keys changed, and when, for those who keep a copy of them. */
export class DeviceLists {
  readonly #changes: Table<number>;
  readonly #verifications: Table<number>;
  readonly #stream: Stream;
  readonly #notifier: Notifier;
  readonly #rooms: Rooms;
  /** User → whom they have verified, and when. */
  readonly #verified = new Map<string, Map<string, number>>();
  /** In the order of the stream; a user's earlier changes may still stand in it. */
  #log: { at: number; userId: string }[];
  readonly #listeners: ((userId: string, deviceIds: readonly string[]) => void)[] = [];

  constructor(
    store: Store,
    { stream, notifier, rooms }: { stream: Stream; notifier: Notifier; rooms: Rooms },
  ) {
    this.#changes = store.table<number>("device-list-changes");
    this.#verifications = store.table<number>("user-signature-changes");
    this.#stream = stream;
    this.#notifier = notifier;
    this.#rooms = rooms;
    this.#log = [...this.#changes.entries()].map(([userId, at]) => ({ at, userId }));
    this.#log.sort((a, b) => a.at - b.at);
    for (const [key, at] of this.#verifications.entries()) {
      const [signer, target] = partsOf(key, 2) as [string, string];
      this.#noteVerified(signer, target, at);
    }
  }

  /** Calls back after each change, with the devices that it is about; none if it is about cross-signing. */
  onChanged(listener: (userId: string, deviceIds: readonly string[]) => void): void {
    this.#listeners.push(listener);
  }

  /** What others have of this user's devices, or of the user's own keys, is out of date. */
  changed(userId: string, deviceIds: readonly string[]): void {
    const at = this.#stream.next();
    this.#changes.set(userId, at);
    this.#log.push({ at, userId });
    if (this.#log.length > 2 * this.#changes.size + 100) {
      this.#log = this.#log.filter((entry) => this.#changes.get(entry.userId) === entry.at);
    }
    this.#notifier.wake([userId]);
    for (const room of this.#rooms.withMember(userId)) this.#notifier.wakeMembers(room.members.localJoined);
    for (const listener of this.#listeners) listener(userId, deviceIds);
  }

  /** A user has verified another: the user's devices get to see the signature. */
  verified(signer: string, target: string): void {
    const at = this.#stream.next();
    this.#verifications.set(keyOf(signer, target), at);
    this.#noteVerified(signer, target, at);
    this.#notifier.wake([signer]);
  }

  /** All users whose lists changed after a position. */
  changedSince(position: number): Set<string> {
    const users = new Set<string>();
    for (let index = this.#log.length - 1; index >= 0; index--) {
      const { at, userId } = this.#log[index]!;
      if (at <= position) break;
      users.add(userId);
    }
    return users;
  }

  /** Whom a user has verified after a position. */
  verifiedSince(signer: string, position: number): string[] {
    const targets = [...(this.#verified.get(signer) ?? [])];
    return targets.filter(([, at]) => at > position).map(([target]) => target);
  }

  #noteVerified(signer: string, target: string, at: number): void {
    const targets = this.#verified.get(signer);
    if (targets) targets.set(target, at);
    else this.#verified.set(signer, new Map([[target, at]]));
  }
}
