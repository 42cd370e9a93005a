import type { JsonObject } from "../../protocol/json.ts";
import { isRefusal, type Refusal } from "../../protocol/refusal.ts";
import type { Clock, HostFact } from "../ports.ts";
import type { RoomEvent } from "../room/room-event.ts";
import type { FullSettings } from "../settings.ts";
import type { FederationRequest } from "./requests.ts";

/** https://spec.matrix.org/v1.19/server-server-api/#edus */
export type Edu = { edu_type: string; content: JsonObject };

/** An EDU that waits. */
export type WaitingEdu = {
  edu: Edu;
  /** A newer one with the same key takes its place. */
  replacesKey?: string | undefined;
  /** Its name in the journal, where it is kept. */
  keptAs?: string | undefined;
};

/** What a queue needs of its server. */
export type QueueParts = {
  origin: string;
  settings: FullSettings["federation"];
  clock: Clock;
  /** A name for a transaction that was never given before. */
  nextId(): string;
  request(destination: string, request: FederationRequest): Promise<JsonObject | Refusal>;
  /** Resolves when all that was written so far is kept. */
  settled(): Promise<void> | undefined;
  /** These were taken. */
  delivered(
    destination: string,
    transaction: { events: readonly RoomEvent[]; edus: readonly WaitingEdu[] },
  ): void;
  report(fact: HostFact): void;
};

type OpenTransaction = { id: string; events: RoomEvent[]; edus: WaitingEdu[] };

/** https://spec.matrix.org/v1.19/server-server-api/#transactions */
const mostPdus = 50;
const mostEdus = 100;

/** What is on its way to one server: one transaction at a time, the next one after that was taken. */
export class TransactionQueue {
  readonly #destination: string;
  readonly #parts: QueueParts;
  #events: RoomEvent[] = [];
  #edus: WaitingEdu[] = [];
  #open: OpenTransaction | undefined;
  #isSending = false;
  #wait = 0;
  #nextTry: number | undefined;
  #cancelTimer: (() => void) | undefined;

  constructor(destination: string, parts: QueueParts) {
    this.#destination = destination;
    this.#parts = parts;
  }

  addEvent(event: RoomEvent): void {
    this.#events.push(event);
    this.#changed();
    this.#start();
  }

  addEdu(waiting: WaitingEdu): void {
    if (this.#nextTry !== undefined && this.#isPast(waiting)) return;
    const { replacesKey } = waiting;
    if (replacesKey !== undefined) this.#edus = this.#edus.filter((edu) => edu.replacesKey !== replacesKey);
    this.#edus.push(waiting);
    if (waiting.keptAs !== undefined) this.#changed();
    this.#start();
  }

  /** The other server is there: what waits for it need not wait longer. */
  heardFrom(): void {
    if (!this.#cancelTimer) return;
    this.#wait = 0;
    this.#tryAgain();
  }

  #tryAgain(): void {
    this.#cancelTimer?.();
    this.#cancelTimer = undefined;
    this.#start();
  }

  #start(): void {
    if (this.#isSending || this.#cancelTimer) return;
    this.#isSending = true;
    void this.#send();
  }

  async #send(): Promise<void> {
    while (!this.#cancelTimer && (this.#open || this.#events.length + this.#edus.length > 0)) {
      // Nobody else may know of what could be lost here.
      const isKept = await isSettled(this.#parts.settled());
      if (!isKept) return;
      this.#open ??= this.#next();
      const answer = await this.#put(this.#open);
      if (isRefusal(answer) && isForAnotherTry(answer)) this.#putOff();
      else this.#taken(this.#open);
    }
    this.#isSending = false;
  }

  #put({ id, events, edus }: OpenTransaction): Promise<JsonObject | Refusal> {
    return this.#parts.request(this.#destination, {
      method: "PUT",
      path: `/_matrix/federation/v1/send/${encodeURIComponent(id)}`,
      body: {
        origin: this.#parts.origin,
        origin_server_ts: this.#parts.clock.now(),
        pdus: events.map(({ pdu }) => pdu),
        ...(edus.length > 0 && { edus: edus.map(({ edu }) => edu) }),
      },
    });
  }

  #next(): OpenTransaction {
    if (this.#wait > 0 && this.#events.length > mostPdus) this.#events = latestOfRooms(this.#events);
    const events = this.#events.splice(0, mostPdus);
    return { id: this.#parts.nextId(), events, edus: this.#edus.splice(0, mostEdus) };
  }

  #taken(transaction: OpenTransaction): void {
    this.#open = undefined;
    this.#wait = 0;
    this.#nextTry = undefined;
    this.#parts.delivered(this.#destination, transaction);
    this.#changed();
  }

  #putOff(): void {
    const { firstWait, longestWait } = this.#parts.settings;
    this.#wait = Math.min(longestWait, this.#wait === 0 ? firstWait : this.#wait * 2);
    this.#nextTry = this.#parts.clock.now() + this.#wait;
    this.#edus = this.#edus.filter((edu) => !this.#isPast(edu));
    this.#cancelTimer = this.#parts.clock.schedule(this.#wait, () => this.#tryAgain());
    this.#changed();
  }

  /** What is good only now is not kept for a server that is away, unless it ends what will still be sent. */
  #isPast({ edu, replacesKey }: WaitingEdu): boolean {
    if (edu.edu_type !== "m.typing") return false;
    return !this.#open?.edus.some((sent) => sent.replacesKey === replacesKey);
  }

  #changed(): void {
    const kept = [...(this.#open?.edus ?? []), ...this.#edus].filter(({ keptAs }) => keptAs !== undefined);
    const waiting = (this.#open?.events.length ?? 0) + this.#events.length + kept.length;
    const fact = { destination: this.#destination, waiting };
    this.#parts.report({
      type: "queue",
      ...fact,
      ...(this.#nextTry !== undefined && { nextTry: this.#nextTry }),
    });
  }
}

/** After an outage: of each room the last event, from which the other server finds what is between. */
function latestOfRooms(events: readonly RoomEvent[]): RoomEvent[] {
  const latest = new Map(events.map((event) => [event.roomId, event]));
  return events.filter((event) => latest.get(event.roomId) === event);
}

function isSettled(settled: Promise<void> | undefined): Promise<boolean> {
  return Promise.resolve(settled).then(
    () => true,
    () => false,
  );
}

/** A transaction that the other server finds wrong would be so every time. */
function isForAnotherTry({ code, facts }: Refusal): boolean {
  if (code !== "federation/refused") return code !== "federation/own-server";
  const status = Number(facts.status);
  return status >= 500 || [401, 403, 404, 408, 429].includes(status);
}
