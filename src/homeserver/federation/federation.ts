import type { JsonObject } from "../../protocol/json.ts";
import type { Refusal } from "../../protocol/refusal.ts";
import type { HomeserverPorts } from "../ports.ts";
import type { Room } from "../room/room.ts";
import type { RoomEvent } from "../room/room-event.ts";
import type { Rooms } from "../room/rooms.ts";
import type { FullSettings } from "../settings.ts";
import type { Store } from "../store/store.ts";
import type { Stream } from "../store/stream.ts";
import { Keyring } from "./keyring.ts";
import { LackingStates } from "./lacking-states.ts";
import { Outbound } from "./outbound.ts";
import { ReceivedTransactions } from "./received-transactions.ts";
import { type FederationRequest, FederationRequests } from "./requests.ts";
import { ServerDirectory } from "./server-directory.ts";
import type { SigningKeys } from "./signing-keys.ts";
import type { Edu } from "./transaction-queue.ts";
import { WaitingEvents } from "./waiting-events.ts";

/** The way to other servers. */
export class Federation {
  readonly keyring: Keyring;
  readonly received: ReceivedTransactions;
  readonly lackingStates: LackingStates;
  readonly waitingEvents: WaitingEvents;
  readonly #directory: ServerDirectory;
  readonly #requests: FederationRequests;
  readonly #outbound: Outbound;
  /** Rooms that this server is joining. */
  readonly #joining = new Map<string, Set<Promise<unknown>>>();

  constructor(
    store: Store,
    parts: { settings: FullSettings; ports: HomeserverPorts; keys: SigningKeys; stream: Stream },
  ) {
    const { settings, ports, keys, stream } = parts;
    this.#directory = new ServerDirectory(ports);
    this.#requests = new FederationRequests(settings, ports, keys, this.#directory);
    this.keyring = new Keyring({ settings, ports, own: keys, requests: this.#requests }, store);
    this.received = new ReceivedTransactions(store);
    this.lackingStates = new LackingStates(store);
    this.waitingEvents = new WaitingEvents(store);
    this.#outbound = new Outbound(store, stream, {
      origin: settings.name,
      settings: settings.federation,
      clock: ports.clock,
      request: (destination, request) => this.request(destination, request),
      settled: () => store.settled(),
      report: (fact) => ports.report(fact),
    });
  }

  /** Begins to send: what was left from before, and every event that is this server's to tell. */
  begin(rooms: Rooms): void {
    this.#outbound.resume(rooms);
    rooms.onEvent((room, event, source) => {
      this.#outbound.send(room, event);
      this.#outbound.catchUp(room, event, source);
    });
  }

  /** Signed, discovered, with a time limit. For refusals see {@link FederationRequests.request}. */
  request(destination: string, request: FederationRequest): Promise<JsonObject | Refusal> {
    return this.#requests.request(destination, request);
  }

  /** The same for what is no JSON. */
  fetch(destination: string, request: FederationRequest): Promise<Response | Refusal> {
    return this.#requests.fetch(destination, request);
  }

  /**
   * Sends an EDU when the server can be reached. Those about devices and their keys are kept until they are
   * delivered; others wait only while this server runs.
   * @param replacesKey one that still waits under the same key is dropped for this one.
   */
  sendEdu(destination: string, edu: Edu, replacesKey?: string): void {
    this.#outbound.sendEdu(destination, edu, replacesKey);
  }

  /** Tells a server that has just come to a room of an event there that its way in did not show. */
  sendEvent(destination: string, event: RoomEvent): void {
    this.#outbound.sendTo(destination, event);
  }

  /** A server has an event already that this one is about to keep. */
  given(destination: string, eventId: string): void {
    this.#outbound.given(destination, eventId);
  }

  /** Tells servers that turn out to be in a room of what was last said here. */
  catchUpArrivals(room: Room): void {
    this.#outbound.catchUpArrivals(room);
  }

  /** Another server has shown that it is there. */
  heardFrom(server: string): void {
    this.#directory.heardFrom(server);
    this.#outbound.heardFrom(server);
  }

  /** Does what makes this server join a room; its events are let in only after. */
  async whileJoining<Result>(roomId: string, join: () => Promise<Result>): Promise<Result> {
    const work = join();
    const joins = this.#joining.get(roomId) ?? new Set();
    this.#joining.set(roomId, joins);
    joins.add(work);
    try {
      return await work;
    } finally {
      joins.delete(work);
      if (joins.size === 0) this.#joining.delete(roomId);
    }
  }

  /** Resolves when no join of a room is under way. */
  async joinsSettled(roomId: string): Promise<void> {
    await Promise.allSettled(this.#joining.get(roomId) ?? []);
  }
}
