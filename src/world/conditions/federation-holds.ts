import { GraphStates } from "../../protocol/graph-states.ts";
import { isJsonObject, type Json } from "../../protocol/json.ts";
import type { Pdu } from "../../protocol/pdu.ts";
import { defaultRoomVersion } from "../../protocol/room-versions.ts";
import { stateKeyOf } from "../../protocol/state-resolution.ts";
import type { Observation } from "../observation.ts";
import { entriesOf, entryOf } from "../observing/growing-record.ts";
import type { SeenCopy } from "../observing/observe-federation.ts";
import type { FederationCondition } from "./federation-condition.ts";
import { type Holds, isIn, isRoom, isUser, type Known, of } from "./known.ts";

type RefusedCondition = Extract<FederationCondition, { type: "rejected" | "softFailed" | "dropped" }>;

export const federationHolds: Holds<FederationCondition> = {
  agree(known, { of: ref, servers }) {
    const room = roomId(known, ref);
    const { copies } = known.observation;
    const hosts =
      servers ?? Object.keys(copies).filter((host) => (copies[host]?.[room]?.ends.length ?? 0) > 0);
    const ends = hosts.map((host) => copies[host]?.[room]);
    if (ends.length < 2 || ends.includes(undefined)) return [];
    const names = new Set(ends.map((copy) => copy!.ends.toSorted().join()));
    return names.size === 1 ? [Math.max(...ends.map((copy) => copy!.ended))] : [];
  },

  ends(known, { at, of: ref, count }) {
    const copy = known.observation.copies[at]?.[roomId(known, ref)];
    return copy?.ends.length === count ? [copy.ended] : [];
  },

  copyHas(known, { at, of: ref, from, event, text }) {
    return copiesAt(known, at, ref).flatMap(([, copy]) =>
      entriesOf(copy.events).flatMap(([id, seen]) => {
        if (seen.verdict !== "stored") return [];
        const pdu = entryOf(known.observation.events, id)?.pdu;
        const content = pdu?.content;
        const body = isJsonObject(content) && typeof content.body === "string" ? content.body : "";
        return pdu && isEvent(known, pdu, { from, event }) && isIn(body, text) ? of(seen) : [];
      }),
    );
  },

  queue({ observation }, { from, to, waiting }) {
    const queue = observation.queues[`${from} ${to}`];
    return queue?.waiting === waiting ? of(queue) : [];
  },

  rejected: (known, condition) => judgedAs("rejected", known, condition),
  softFailed: (known, condition) => judgedAs("soft-failed", known, condition),

  dropped(known, { at, origin, of: ref, from, event, code }) {
    return of(
      ...known.observation.dropped.filter(
        (dropped) =>
          (at === undefined || dropped.host === at) &&
          (origin === undefined || dropped.origin === origin) &&
          (ref === undefined || dropped.room === roomId(known, ref)) &&
          (event === undefined || dropped.event === event) &&
          (code === undefined || dropped.code.startsWith(code)) &&
          isUser(known.bindings, dropped.sender ?? "", from),
      ),
    );
  },

  state(known, { at, of: ref, event, key = "", content }) {
    const room = roomId(known, ref);
    const copy = known.observation.copies[at]?.[room];
    const stateKey = known.bindings.people[key]?.user ?? key;
    const found = copy && stateAt(known.observation, room, copy)?.get(stateKeyOf(event, stateKey));
    const pdu = found === undefined ? undefined : entryOf(known.observation.events, found)?.pdu;
    return copy && pdu && isLike(pdu.content, content) ? [copy.sequence] : [];
  },

  resolved: (known, { at, of: ref }) =>
    of(
      ...known.observation.resolved.filter(
        ({ host, room }) => (at === undefined || host === at) && isRoom(known.bindings, room, ref),
      ),
    ),

  keyChanged: ({ observation }, { server, knownBy = server }) =>
    of(
      ...observation.serverKeys.filter((key) => key.server === server && key.host === knownBy && key.changed),
    ),
};

function roomId({ bindings }: Known, ref: string): string {
  return bindings.rooms[ref] ?? ref;
}

function copiesAt(known: Known, at: string | undefined, ref: string | undefined): [string, SeenCopy][] {
  const { copies } = known.observation;
  const hosts = at === undefined ? Object.keys(copies) : [at];
  return hosts.flatMap((host) =>
    Object.entries(copies[host] ?? {}).filter(([room]) => isRoom(known.bindings, room, ref)),
  );
}

function isEvent(
  { bindings }: Known,
  pdu: Record<string, Json | undefined>,
  { from, event }: { from: string | undefined; event: string | undefined },
): boolean {
  return (event === undefined || pdu.type === event) && isUser(bindings, String(pdu.sender), from);
}

function judgedAs(
  verdict: "rejected" | "soft-failed",
  known: Known,
  { at, origin, of: ref, from, event, code }: RefusedCondition,
): number[] {
  return copiesAt(known, at, ref).flatMap(([, copy]) =>
    entriesOf(copy.events).flatMap(([id, seen]) => {
      const pdu = entryOf(known.observation.events, id)?.pdu;
      const fits =
        seen.verdict === verdict &&
        (origin === undefined || seen.origin === origin) &&
        (code === undefined || seen.code?.startsWith(code) === true) &&
        pdu !== undefined &&
        isEvent(known, pdu, { from, event });
      return fits ? of(seen) : [];
    }),
  );
}

function isLike(found: Json | undefined, wanted: { readonly [field: string]: Json }): boolean {
  if (!isJsonObject(found)) return false;
  return Object.entries(wanted).every(
    ([field, value]) => JSON.stringify(found[field]) === JSON.stringify(value),
  );
}

/** Copies are never changed: what follows from one is worked out once. */
const states = new WeakMap<SeenCopy, ReadonlyMap<string, string> | undefined>();

/** The state at the ends of a server's copy. */
function stateAt(
  { events, roomVersions }: Observation,
  room: string,
  copy: SeenCopy,
): ReadonlyMap<string, string> | undefined {
  if (!states.has(copy)) {
    const graph = new GraphStates({
      version: roomVersions[room] ?? defaultRoomVersion,
      pdu: (id) => entryOf(events, id)?.pdu as unknown as Pdu | undefined,
      parents: (id) => entryOf(events, id)?.follows ?? [],
      rejected: (id) => entryOf(copy.events, id)?.verdict === "rejected",
    });
    states.set(copy, graph.between(copy.ends));
  }
  return states.get(copy);
}
