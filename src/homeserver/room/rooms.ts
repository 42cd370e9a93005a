import { redact } from "../../protocol/redaction.ts";
import { type RoomVersion, type RoomVersionId, roomVersions } from "../../protocol/room-versions.ts";
import type { Notifier } from "../notifier.ts";
import type { EventVia, HostFact } from "../ports.ts";
import type { Store } from "../store/store.ts";
import type { Stream } from "../store/stream.ts";
import { keyOf, type Table } from "../store/table.ts";
import { recordOf, restorationOrder, restoreEvent, unplacedRecord } from "./event-records.ts";
import { membershipOf } from "./members.ts";
import { type Outside, OutsideMemberships } from "./outside-memberships.ts";
import { redactionTarget, takesEffect } from "./redactions.ts";
import { relationOf } from "./relations.ts";
import { type JudgedEvent, Room, type UnplacedEvent, type Writable } from "./room.ts";
import type { RoomEvent, RoomEventRecord } from "./room-event.ts";

/** A user's place in a room, by the member event that made it so. */
export type Membership = {
  membership: string;
  event: RoomEvent;
  /** Of a room that this server is not in. */
  outside?: Outside;
};

/** How an event came here: from which server, and in what. */
export type EventSource = { origin?: string; via: EventVia };

/** All rooms that this server is or was in. */
export class Rooms {
  /** Places of users here in rooms that this server is not in. */
  readonly outside: OutsideMemberships;
  readonly #rooms = new Map<string, Room>();
  readonly #events: Table<RoomEventRecord>;
  readonly #versions: Table<{ version: RoomVersionId; rebuiltAt?: number }>;
  readonly #forgotten: Table<true>;
  readonly #stream: Stream;
  readonly #notifier: Notifier;
  readonly #isLocal: (userId: string) => boolean;
  readonly #erasedAt: (userId: string) => number | undefined;
  readonly #tellResolutions: boolean;
  readonly #report: (fact: HostFact) => void;
  /** User of this server → room → membership. */
  readonly #memberships = new Map<string, Map<string, Membership>>();
  /** Event → redactions of it that came before it did. */
  readonly #waitingRedactions = new Map<string, RoomEvent[]>();
  #lastCreation = 0;
  readonly #listeners: ((room: Room, event: RoomEvent, source: EventSource) => void)[] = [];

  constructor(
    store: Store,
    parts: {
      stream: Stream;
      notifier: Notifier;
      isLocal(userId: string): boolean;
      /** The stream position at which a user had all erased that they had said. */
      erasedAt(userId: string): number | undefined;
      report(fact: HostFact): void;
      /** Whether to report how states were resolved. */
      tellResolutions: boolean;
    },
  ) {
    this.outside = new OutsideMemberships(store, parts.stream);
    this.#events = store.table<RoomEventRecord>("room-events");
    this.#versions = store.table("rooms");
    this.#forgotten = store.table<true>("forgotten-rooms");
    this.#stream = parts.stream;
    this.#notifier = parts.notifier;
    this.#isLocal = (userId) => parts.isLocal(userId);
    this.#erasedAt = (userId) => parts.erasedAt(userId);
    this.#report = (fact) => parts.report(fact);
    this.#tellResolutions = parts.tellResolutions;
    this.#restore();
  }

  get(roomId: string): Room | undefined {
    return this.#rooms.get(roomId);
  }

  /** The room that an event is in, if it is here. */
  ofEvent(eventId: string): Room | undefined {
    for (const room of this.#rooms.values()) if (room.events.has(eventId)) return room;
    return undefined;
  }

  all(): IterableIterator<Room> {
    return this.#rooms.values();
  }

  /** A room that nobody knows of yet: events can be put together in it, and then it is kept as a whole. */
  plan(roomId: string, version: RoomVersion): Room {
    const room: Room = new Room(roomId, version, {
      isLocal: this.#isLocal,
      erasedAt: this.#erasedAt,
      onMember: (userId, event) => {
        if (this.#rooms.get(roomId) === room) this.#noteMember(roomId, userId, event);
      },
    });
    if (this.#tellResolutions) {
      room.onResolved = (trace) => this.#report({ type: "state-resolved", room: roomId, trace });
    }
    return room;
  }

  /**
   * When the next room is made: a room's id may be the hash of its create event, so no two of them are made at
   * the same time. Milliseconds since 1970.
   */
  creationTime(now: number): number {
    this.#lastCreation = Math.max(now, this.#lastCreation + 1);
    return this.#lastCreation;
  }

  /** Keeps a planned room with all its events. */
  keep(room: Room, source?: EventSource): void {
    this.#versions.set(room.id, { version: room.version.id });
    this.#rooms.set(room.id, room);
    this.outside.deleteRoom(room.id);
    for (const [userId, event] of room.members.entries()) this.#noteMember(room.id, userId, event);
    for (const event of room.events.values()) {
      // Only now: positions that others have been given since are behind the room's.
      (event as Writable<RoomEvent>).stream = this.#stream.next();
      if (event.placed) this.#keep(room, event, recordOf(room, event), source, [event.id]);
      else this.#keepUnplaced(room, event, source);
    }
  }

  /** The rooms of a user of this server, also those that were left, in the order of the first event there. */
  roomsOf(userId: string): ReadonlyMap<string, Membership> {
    const inside = this.#memberships.get(userId) ?? none;
    const outside = this.outside.of(userId);
    if (outside.size === 0) return inside;
    const all = new Map(inside);
    for (const [roomId, { event, outside: about }] of outside) {
      all.set(roomId, { membership: membershipOf(event), event, outside: about });
    }
    return all;
  }

  /** Whether both are joined to some room. */
  sharesRoom(oneId: string, otherId: string): boolean {
    const [local, other] = this.#memberships.has(oneId) ? [oneId, otherId] : [otherId, oneId];
    for (const [roomId, { membership }] of this.roomsOf(local)) {
      if (membership === "join" && this.#rooms.get(roomId)?.members.joined.has(other)) return true;
    }
    return false;
  }

  /** The rooms that a user is joined to, of whatever server. */
  *withMember(userId: string): Generator<Room> {
    for (const room of this.#rooms.values()) if (room.members.joined.has(userId)) yield room;
  }

  hasForgotten(userId: string, roomId: string): boolean {
    return this.#forgotten.has(keyOf(userId, roomId));
  }

  forget(userId: string, roomId: string): void {
    this.outside.delete(userId, roomId);
    this.#forgotten.set(keyOf(userId, roomId), true);
  }

  /** Somebody has to do with a room again that they may have forgotten. */
  comesBack(userId: string, roomId: string): void {
    this.#forgotten.delete(keyOf(userId, roomId));
  }

  /** Calls back after each event that may be shown as news. */
  onEvent(listener: (room: Room, event: RoomEvent, source: EventSource) => void): void {
    this.#listeners.push(listener);
  }

  /** Keeps an event and tells everybody whom it concerns. */
  add(room: Room, judged: JudgedEvent, source?: EventSource): RoomEvent {
    const before = room.events.has(judged.id) ? this.#events.get(judged.id) : undefined;
    const position = this.#stream.next();
    const event = room.add(judged, position);
    const record = recordOf(room, event);
    if (judged.restarts) {
      record.restarts = true;
      this.outside.deleteRoom(room.id);
    }
    if (event.stream !== position) record.placedAt = position;
    else if (before) record.knownAt = before.knownAt ?? before.stream;
    this.#keep(room, event, record, source, [...room.extremities]);
    return event;
  }

  /** Keeps events for what they allow and for the states that they are part of. */
  addUnplaced(room: Room, events: Iterable<UnplacedEvent>, source: EventSource): void {
    for (const event of events) {
      if (room.events.has(event.id)) continue;
      this.#keepUnplaced(room, room.addUnplaced(event, this.#stream.next()), source);
    }
  }

  #keepUnplaced(room: Room, event: RoomEvent, source: EventSource | undefined): void {
    this.#events.set(event.id, unplacedRecord(event));
    this.#tell(room, event, source);
  }

  /** For the log. */
  #tell(room: Room, { id, pdu, rejected, softFailed }: RoomEvent, source: EventSource | undefined): void {
    const fact = { room: room.id, event: id, pdu, ...source };
    if (rejected) this.#report({ type: "event-rejected", ...fact, refusal: rejected });
    else if (softFailed) this.#report({ type: "event-soft-failed", ...fact, refusal: softFailed });
    else this.#report({ type: "event-stored", ...fact, roomVersion: room.version.id });
  }

  #keep(
    room: Room,
    event: RoomEvent,
    record: RoomEventRecord,
    source: EventSource = { via: "client" },
    extremities: string[] = [],
  ): void {
    this.#events.set(event.id, record);
    this.#tell(room, event, source);
    const { pdu, rejected, softFailed } = event;
    if (!rejected && !softFailed) {
      this.#report({ type: "forward-extremities", room: room.id, events: extremities });
    }
    this.#follow(room, event);
    if (!rejected && !softFailed && !event.historical) {
      for (const listener of this.#listeners) listener(room, event, source);
      const { localJoined } = room.members;
      this.#notifier.wakeMembers(localJoined);
      this.#notifier.wake([room.id]);
      const target = pdu.type === "m.room.member" ? pdu.state_key : undefined;
      if (target === undefined) return;
      this.comesBack(target, room.id);
      if (!localJoined.has(target)) this.#notifier.wake([target]);
    }
  }

  /** What an event brings about beyond the graph: it is shown, it redacts, it is redacted. */
  #follow(room: Room, event: RoomEvent): void {
    if (event.rejected || event.softFailed) return;
    if (event.pdu.type === "m.room.redaction" && !this.#applyRedaction(room, event)) return;
    room.show(event);
    for (const redaction of this.#waitingRedactions.get(event.id) ?? []) {
      if (this.#applyRedaction(room, redaction)) this.#showLate(room, redaction);
    }
    this.#waitingRedactions.delete(event.id);
  }

  /** Clients have gone on since it came: to them it is news now. */
  #showLate(room: Room, event: Writable<RoomEvent>): void {
    const record = this.#events.get(event.id);
    if (record && record.stream === event.stream && record.knownAt === undefined) {
      const first = event.stream;
      event.stream = this.#stream.next();
      this.#events.set(event.id, { ...record, stream: event.stream, knownAt: first, placedAt: first });
    }
    event.current = room.current;
    room.show(event);
  }

  /** Returns whether the redaction may be shown: once it is known to be good. */
  #applyRedaction(room: Room, redaction: RoomEvent): boolean {
    const targetId = redactionTarget(redaction.pdu, room.version);
    const target = targetId === undefined ? undefined : room.events.get(targetId);
    if (!target) {
      if (targetId === undefined) return false;
      const waiting = this.#waitingRedactions.get(targetId) ?? [];
      this.#waitingRedactions.set(targetId, [...waiting, redaction]);
      return false;
    }
    if (!takesEffect(redaction, target, room.version)) return false;
    const record = this.#events.get(target.id);
    if (!target.redactedBy && record && record.redactedBy === undefined) {
      const relation = relationOf(target.pdu.content);
      if (relation) room.relations.remove(target, relation);
      target.pdu = redact(target.pdu, room.version);
      this.#events.set(target.id, { ...record, pdu: target.pdu, redactedBy: redaction.id });
    }
    target.redactedBy ??= redaction;
    return true;
  }

  /** The memberships of users here follow the current state. */
  #noteMember(roomId: string, userId: string, event: RoomEvent | undefined): void {
    if (!this.#isLocal(userId)) return;
    let rooms = this.#memberships.get(userId);
    if (!rooms) {
      rooms = new Map();
      this.#memberships.set(userId, rooms);
    }
    if (event) rooms.set(roomId, { membership: membershipOf(event), event });
    else rooms.delete(roomId);
  }

  /** The records of a room's events as they are kept. */
  recordsOf(room: Room): Map<string, RoomEventRecord> {
    return new Map(
      [...room.events.keys()].flatMap((id) => {
        const record = this.#events.get(id);
        return record ? [[id, record] as const] : [];
      }),
    );
  }

  /** Puts a room together anew from other records of its events: some of them count otherwise than was thought. */
  rebuild(room: Room, records: ReadonlyMap<string, RoomEventRecord>): void {
    const rebuilt = this.plan(room.id, room.version);
    rebuilt.rebuiltAt = this.#stream.next();
    this.#versions.set(room.id, { version: room.version.id, rebuiltAt: rebuilt.rebuiltAt });
    for (const [id, record] of records) this.#events.set(id, record);
    for (const { id, record, places } of restorationOrder(records)) {
      this.#restoreEvent(rebuilt, id, record, places);
    }
    const before = room.events;
    room.takeOver(rebuilt);
    for (const event of room.events.values()) {
      if (event.placed && verdictOf(event) !== verdictOf(before.get(event.id))) {
        this.#tell(room, event, { via: "missing" });
      }
    }
    this.#report({ type: "forward-extremities", room: room.id, events: [...room.extremities] });
    this.#notifier.wakeMembers(room.members.localJoined);
    this.#notifier.wake([room.id]);
  }

  #restoreEvent(room: Room, id: string, record: RoomEventRecord, places: boolean): void {
    if (places) this.#follow(room, restoreEvent(room, id, record));
    else room.addUnplaced({ id, ...record }, record.stream);
  }

  #restore(): void {
    for (const [roomId, { version, rebuiltAt = 0 }] of this.#versions.entries()) {
      const room = this.plan(roomId, roomVersions[version]);
      room.rebuiltAt = rebuiltAt;
      this.#rooms.set(roomId, room);
    }
    for (const { id, record, places } of restorationOrder(this.#events.entries())) {
      this.#restoreEvent(this.#rooms.get(record.room)!, id, record, places);
      if (record.pdu.type === "m.room.create" && this.#isLocal(record.pdu.sender))
        this.creationTime(record.pdu.origin_server_ts);
    }
  }
}

/** How an event was judged, to be compared. */
function verdictOf(event: RoomEvent | undefined): string | undefined {
  return event?.rejected?.code ?? event?.softFailed?.code;
}

const none: ReadonlyMap<string, Membership> = new Map();
