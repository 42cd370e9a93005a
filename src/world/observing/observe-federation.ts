import type { HostFact } from "../../homeserver/ports.ts";
import { isJsonObject, type JsonObject } from "../../protocol/json.ts";
import type { Refusal } from "../../protocol/refusal.ts";
import type { LogEntry } from "../../simulation/log.ts";
import type { Seen } from "../observation.ts";
import { emptyRecord, entryOf, type GrowingRecord, withEntry } from "./growing-record.ts";
import { type SeenEvents, withEvent } from "./seen-events.ts";

export type SeenVerdict = "stored" | "rejected" | "soft-failed";

/** A room as one server has it. */
export type SeenCopy = Seen<{
  /** What the server made of the events that are remembered. */
  events: GrowingRecord<Seen<{ verdict: SeenVerdict; code?: string; origin?: string }>>;
  /** Forward extremities, and where in the log they became so. */
  ends: readonly string[];
  ended: number;
}>;

export type SeenFederation = {
  /** Event id → the event, in the order in which they came up. Of messages the newest. */
  events: SeenEvents;
  roomVersions: Readonly<Record<string, string>>;
  /** Server → room id → its copy. */
  copies: Readonly<Record<string, Readonly<Record<string, SeenCopy>>>>;
  dropped: readonly Seen<{
    host: string;
    origin: string;
    room?: string;
    code: string;
    event?: string;
    sender?: string;
  }>[];
  /** `from to` → whether something waits there because the other server is away. */
  queues: Readonly<Record<string, Seen<{ waiting: boolean }>>>;
  resolved: readonly Seen<{ host: string; room: string }>[];
  /** Where each key was told of: by its own server, or by one that learnt it. */
  serverKeys: readonly Seen<{ host: string; server: string; keyId: string; changed: boolean }>[];
};

export const noFederationSeen: SeenFederation = {
  events: emptyRecord,
  roomVersions: {},
  copies: {},
  dropped: [],
  queues: {},
  resolved: [],
  serverKeys: [],
};

/** So many of the newest are remembered. */
const remembered = 300;

export function observeFederation(seen: SeenFederation, entry: LogEntry): Partial<SeenFederation> {
  if (entry.type !== "host-fact") return {};
  const { host, fact, sequence } = entry;
  switch (fact.type) {
    case "event-stored":
      return {
        ...(seen.roomVersions[fact.room] !== fact.roomVersion && {
          roomVersions: { ...seen.roomVersions, [fact.room]: fact.roomVersion },
        }),
        ...judged(seen, host, fact, "stored", sequence),
      };
    case "event-rejected":
      return judged(seen, host, fact, "rejected", sequence, fact.refusal);
    case "event-soft-failed":
      return judged(seen, host, fact, "soft-failed", sequence, fact.refusal);
    case "event-dropped":
      return { dropped: [...seen.dropped, droppedOf(host, fact, sequence)].slice(-remembered) };
    case "forward-extremities":
      return withCopy(seen, host, fact.room, (copy) => ({
        ...copy,
        sequence,
        ends: fact.events,
        ended: sequence,
      }));
    case "queue":
      return queued(seen, host, fact, sequence);
    case "state-resolved":
      return { resolved: [...seen.resolved, { sequence, host, room: fact.room }].slice(-remembered) };
    case "signing-key": {
      if (fact.expired !== undefined) return {};
      const { server, keyId } = fact;
      // A server tells of its own key when it is new; of another one's also when it meets it first.
      const changed =
        host === server || seen.serverKeys.some((key) => key.host === host && key.server === server);
      return {
        serverKeys: [...seen.serverKeys, { sequence, host, server, keyId, changed }].slice(-remembered),
      };
    }
    default:
      return {};
  }
}

const emptyCopy: SeenCopy = { sequence: -1, events: emptyRecord, ends: [], ended: -1 };

function withCopy(
  seen: SeenFederation,
  host: string,
  room: string,
  change: (copy: SeenCopy) => SeenCopy,
): Pick<SeenFederation, "copies"> {
  const rooms = seen.copies[host] ?? {};
  return { copies: { ...seen.copies, [host]: { ...rooms, [room]: change(rooms[room] ?? emptyCopy) } } };
}

function judged(
  seen: SeenFederation,
  host: string,
  { room, event, pdu, origin }: { room: string; event: string; pdu: JsonObject; origin?: string },
  verdict: SeenVerdict,
  sequence: number,
  refusal?: Refusal,
): Partial<SeenFederation> {
  const what = {
    sequence,
    verdict,
    ...(refusal && { code: refusal.code }),
    ...(origin !== undefined && { origin }),
  };
  const events = entryOf(seen.events, event)
    ? seen.events
    : withEvent(seen.events, event, { room, pdu }, () => endsOf(seen));
  return {
    events,
    ...withCopy(seen, host, room, (copy) => ({
      ...copy,
      sequence,
      events: withEntry(copy.events, event, what, (verdicts) => ofRemembered(verdicts, events)),
    })),
  };
}

/** The ends of all copies. */
function endsOf({ copies }: SeenFederation): ReadonlySet<string> {
  return new Set(Object.values(copies).flatMap((rooms) => Object.values(rooms).flatMap(({ ends }) => ends)));
}

function ofRemembered<Verdict>(
  verdicts: Readonly<Record<string, Verdict>>,
  events: SeenEvents,
): Readonly<Record<string, Verdict>> {
  return Object.fromEntries(Object.entries(verdicts).filter(([id]) => entryOf(events, id) !== undefined));
}

function droppedOf(
  host: string,
  { room, pdu, origin, refusal }: Extract<HostFact, { type: "event-dropped" }>,
  sequence: number,
): SeenFederation["dropped"][number] {
  const { type, sender } = isJsonObject(pdu) ? pdu : {};
  return {
    sequence,
    host,
    origin,
    code: refusal.code,
    ...(room !== undefined && { room }),
    ...(typeof type === "string" && { event: type }),
    ...(typeof sender === "string" && { sender }),
  };
}

function queued(
  seen: SeenFederation,
  host: string,
  { destination, waiting, nextTry }: Extract<HostFact, { type: "queue" }>,
  sequence: number,
): Partial<SeenFederation> {
  const key = `${host} ${destination}`;
  const before = seen.queues[key]?.waiting ?? false;
  // What leaves at once does not wait.
  const now = waiting > 0 && (before || nextTry !== undefined);
  return before === now ? {} : { queues: { ...seen.queues, [key]: { sequence, waiting: now } } };
}
