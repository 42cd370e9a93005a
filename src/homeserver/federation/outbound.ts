import { serverOf } from "../../protocol/identifiers.ts";
import { stateKeyOf } from "../../protocol/state-resolution.ts";
import { membershipOf } from "../room/members.ts";
import type { Room } from "../room/room.ts";
import type { RoomEvent } from "../room/room-event.ts";
import type { EventSource, Rooms } from "../room/rooms.ts";
import type { Store } from "../store/store.ts";
import type { Stream } from "../store/stream.ts";
import { keyOf, partsOf, type Table } from "../store/table.ts";
import { type Edu, type QueueParts, TransactionQueue } from "./transaction-queue.ts";

/** What must reach the other server however long that takes. */
const keptEdus = new Set(["m.direct_to_device", "m.device_list_update", "m.signing_key_update"]);

/** Everything that is on its way to other servers. What has to arrive is found again after a restart. */
export class Outbound {
  readonly #name: string;
  readonly #stream: Stream;
  readonly #parts: QueueParts;
  /** Server → stream position up to which it has this server's events. */
  readonly #positions: Table<number>;
  /** Server and number → an EDU. */
  readonly #edus: Table<Edu>;
  readonly #queues = new Map<string, TransactionQueue>();
  /** Server and event: what it was given on another way, and need not be told. */
  readonly #given = new Set<string>();
  /** Room → the join by which this server came there, and the server that let it in and tells the others. */
  readonly #waysIn = new Map<string, { join: string; resident: string }>();
  /** Room → the servers in it when this was last looked at. */
  readonly #members = new Map<string, ReadonlySet<string>>();

  constructor(store: Store, stream: Stream, parts: Omit<QueueParts, "delivered" | "nextId">) {
    this.#name = parts.origin;
    this.#stream = stream;
    this.#positions = store.table<number>("outbound-positions");
    this.#edus = store.table<Edu>("outbound-edus");
    this.#parts = {
      ...parts,
      nextId: () => `t${stream.next()}`,
      delivered: (destination, { events, edus }) => {
        const last = events.at(-1);
        const position = this.#positions.get(destination) ?? 0;
        if (last && last.stream > position) this.#positions.set(destination, last.stream);
        for (const { keptAs } of edus) if (keptAs !== undefined) this.#edus.delete(keptAs);
      },
    };
  }

  /** Goes on with what was not delivered before the last stop. */
  resume(rooms: Rooms): void {
    const first = Math.min(...[...this.#positions.entries()].map(([, position]) => position));
    if (Number.isFinite(first)) {
      const events = [...rooms.all()].flatMap((room) => this.#unsent(room, first));
      events.sort((a, b) => a.event.stream - b.event.stream);
      for (const { room, event } of events) this.send(room, event);
    }
    for (const [keptAs, edu] of [...this.#edus.entries()]) {
      this.#queue(partsOf(keptAs, 2)[0]!).addEdu({ edu, keptAs });
    }
  }

  #unsent(room: Room, position: number): { room: Room; event: RoomEvent }[] {
    const { live } = room.timeline;
    return live.slice(room.timeline.liveCount(position)).map((event) => ({ room, event }));
  }

  /** Tells the servers in the room of an event, if it is this server's to tell. */
  send(room: Room, event: RoomEvent): void {
    if (!event.relayed && serverOf(event.pdu.sender) !== this.#name) return;
    for (const destination of destinationsOf(room, event)) {
      if (destination === this.#name || (event.relayed && destination === serverOf(event.pdu.sender)))
        continue;
      const position = this.#positions.get(destination);
      if (position !== undefined && position >= event.stream) continue;
      const isGiven = this.#given.delete(keyOf(destination, event.id));
      if (position === undefined) this.#positions.set(destination, event.stream - (isGiven ? 0 : 1));
      if (isGiven) continue;
      this.#queue(destination).addEvent(event);
    }
  }

  /**
   * Tells a server of which somebody has joined what was last said here, in case nobody here knew yet that it had come.
   * But not of the join that began this server's own stay, where the server that let it in tells of the newcomer: that
   * one has both and tells each of the other, so that of many who join at the same time not everybody tells everybody.
   */
  catchUp(room: Room, { id, pdu }: RoomEvent, { origin, via }: EventSource): void {
    const isJoin = pdu.type === "m.room.member" && pdu.content.membership === "join";
    const newcomer = isJoin ? serverOf(pdu.state_key!) : undefined;
    if (newcomer === this.#name && via === "join" && origin !== undefined) {
      this.#waysIn.set(room.id, { join: id, resident: origin });
    }
    const wayIn = this.#waysIn.get(room.id);
    const isTold = via === "transaction" && wayIn?.resident === origin ? wayIn?.join : undefined;
    if (newcomer !== undefined) this.#tellEnds(room, newcomer, [id, isTold]);
    this.catchUpArrivals(room, [id, isTold], newcomer);
  }

  /** The same for servers that have turned out to be in a room without the news of a join. */
  catchUpArrivals(room: Room, known: readonly (string | undefined)[] = [], told?: string): void {
    const { servers } = room.members;
    const before = this.#members.get(room.id);
    const arrivals = [...servers.keys()].filter((server) => before && !before.has(server));
    if (arrivals.length > 0 || before?.size !== servers.size)
      this.#members.set(room.id, new Set(servers.keys()));
    for (const server of arrivals) if (server !== told) this.#tellEnds(room, server, known);
  }

  #tellEnds(room: Room, destination: string, known: readonly (string | undefined)[]): void {
    if (destination === this.#name) return;
    for (const end of room.extremities) {
      const event = room.events.get(end)!;
      const isOwn = serverOf(event.pdu.sender) === this.#name;
      if (isOwn && !known.includes(end)) this.sendTo(destination, event);
    }
  }

  /** An event that is about to be kept here came from that server, or through it. */
  given(destination: string, eventId: string): void {
    this.#given.add(keyOf(destination, eventId));
  }

  /** Tells one server of an event that it cannot have. */
  sendTo(destination: string, event: RoomEvent): void {
    this.#queue(destination).addEvent(event);
  }

  /** @param replacesKey one that still waits under the same key is dropped for this one. */
  sendEdu(destination: string, edu: Edu, replacesKey?: string): void {
    if (destination === this.#name) return;
    let keptAs: string | undefined;
    if (keptEdus.has(edu.edu_type)) {
      keptAs = keyOf(destination, String(this.#stream.next()));
      this.#edus.set(keptAs, edu);
    }
    this.#queue(destination).addEdu({ edu, replacesKey, keptAs });
  }

  heardFrom(server: string): void {
    this.#queues.get(server)?.heardFrom();
  }

  #queue(destination: string): TransactionQueue {
    let queue = this.#queues.get(destination);
    if (!queue) {
      queue = new TransactionQueue(destination, this.#parts);
      this.#queues.set(destination, queue);
    }
    return queue;
  }
}

/** The servers in the room, and the one of a member whose place in it ends by the event. */
function destinationsOf(room: Room, { pdu, before }: RoomEvent): Iterable<string> {
  if (pdu.type !== "m.room.member" || pdu.state_key === undefined) return room.members.servers.keys();
  const servers = new Set(room.members.servers.keys());
  const membership = membershipOf(before.get(stateKeyOf("m.room.member", pdu.state_key)));
  const server = serverOf(pdu.state_key);
  if (server !== undefined && ["join", "invite", "knock"].includes(membership)) servers.add(server);
  return servers;
}
