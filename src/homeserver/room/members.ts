import { serverOf } from "../../protocol/identifiers.ts";
import type { RoomEvent } from "./room-event.ts";

/** Who is what in a room now, from the member events of its current state. */
export class Members {
  readonly #events = new Map<string, RoomEvent>();
  readonly #isLocal: (userId: string) => boolean;
  /** In the order in which they came. */
  readonly joined = new Set<string>();
  readonly invited = new Set<string>();
  /** Of {@link joined}, the users of this server. */
  readonly localJoined = new Set<string>();
  /** The servers of {@link joined} → how many of them. */
  readonly servers = new Map<string, number>();

  constructor(isLocal: (userId: string) => boolean) {
    this.#isLocal = isLocal;
  }

  get(userId: string): RoomEvent | undefined {
    return this.#events.get(userId);
  }

  /** `leave` for those who never were here. */
  membership(userId: string): string {
    return membershipOf(this.#events.get(userId));
  }

  entries(): IterableIterator<[string, RoomEvent]> {
    return this.#events.entries();
  }

  set(userId: string, event: RoomEvent | undefined): void {
    if (event) this.#events.set(userId, event);
    else this.#events.delete(userId);
    const membership = membershipOf(event);
    if (this.joined.has(userId) !== (membership === "join"))
      this.#count(userId, membership === "join" ? 1 : -1);
    place(this.joined, userId, membership === "join");
    place(this.invited, userId, membership === "invite");
    place(this.localJoined, userId, membership === "join" && this.#isLocal(userId));
  }

  #count(userId: string, change: number): void {
    const server = serverOf(userId) ?? "";
    const count = (this.servers.get(server) ?? 0) + change;
    if (count > 0) this.servers.set(server, count);
    else this.servers.delete(server);
  }
}

export function membershipOf(event: RoomEvent | undefined): string {
  const membership = event?.pdu.content.membership;
  return typeof membership === "string" ? membership : "leave";
}

function place(set: Set<string>, userId: string, isIn: boolean): void {
  if (isIn) set.add(userId);
  else set.delete(userId);
}
