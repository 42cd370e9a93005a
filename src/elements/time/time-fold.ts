import type { Fold, HostName, LogEntry } from "../../simulation/log.ts";
import { isStory, isStoryAnswer } from "../../simulation/traffic.ts";
import { shortRequest } from "../inspector/inspector-endpoint.ts";
import { Pages } from "../log/log-pages.ts";

/** A moment that one may want to look at again. */
export type TimeMark = {
  sequence: number;
  at: number;
  kind: "leaves" | "answers" | "fails" | "cut";
  /** The homeserver that the sender belongs to. */
  server: HostName;
  from: HostName;
  request: string;
};

export type TimeState = {
  /** World time of the first and of the newest entry. */
  start: number;
  end: number;
  marks: Pages<TimeMark>;
  /** For each instant at which something was logged: the entry after its last one. */
  instants: Pages<{ at: number; next: number }>;
  hosts: ReadonlyMap<
    HostName,
    { role: "homeserver" | "device"; symbol?: string; person?: string; home?: HostName }
  >;
  open: ReadonlyMap<number, { from: HostName; to: HostName; method: string; url: string }>;
};

const marksKept = 4000;
const instantsKept = 20_000;

function marked(
  state: TimeState,
  entry: LogEntry,
  kind: TimeMark["kind"],
  from: HostName,
  request: string,
): TimeState {
  const server = state.hosts.get(from)?.home ?? from;
  const mark: TimeMark = { sequence: entry.sequence, at: entry.at, kind, server, from, request };
  return { ...state, marks: state.marks.push(mark).newest(marksKept) };
}

function passed(before: TimeState, { at, sequence }: LogEntry): TimeState {
  const newest = before.instants.at(before.instants.end - 1);
  const instant = { at: Math.max(at, newest?.at ?? at), next: sequence + 1 };
  const instants =
    newest && newest.at === instant.at
      ? before.instants.with(before.instants.end - 1, instant)
      : before.instants.push(instant);
  return { ...before, start: before.start || at, end: instant.at, instants: instants.newest(instantsKept) };
}

function step(before: TimeState, entry: LogEntry): TimeState {
  const state = passed(before, entry);
  switch (entry.type) {
    case "exchange-out": {
      const { exchange, from, to, request } = entry;
      const { method, url } = request;
      const known = { ...state, open: new Map(state.open).set(exchange, { from, to, method, url }) };
      return isStory(method, url) ? marked(known, entry, "leaves", from, shortRequest(method, url)) : known;
    }
    case "exchange-back": {
      const open = state.open.get(entry.exchange);
      if (!open || !isStoryAnswer(open.method, open.url, entry.response)) return state;
      return marked(state, entry, "answers", open.to, shortRequest(open.method, open.url));
    }
    case "exchange-done":
    case "exchange-failed": {
      const found = state.open.get(entry.exchange);
      if (!found) return state;
      const open = new Map(state.open);
      open.delete(entry.exchange);
      const failed =
        entry.type === "exchange-failed" && entry.reason !== "aborted" && isStory(found.method, found.url);
      return failed
        ? marked({ ...state, open }, entry, "fails", found.from, shortRequest(found.method, found.url))
        : { ...state, open };
    }
    case "link-changed":
      return entry.cut ? marked(state, entry, "cut", entry.between[0], "") : state;
    case "host-added": {
      const { host, role, symbol, person, home } = entry;
      const known = {
        role,
        ...(symbol ? { symbol } : {}),
        ...(person ? { person } : {}),
        ...(home ? { home } : {}),
      };
      return { ...state, hosts: new Map(state.hosts).set(host, known) };
    }
    default:
      return state;
  }
}

/** What the time bar shows, folded from the log. */
export const timeFold: Fold<TimeState> = {
  initial: {
    start: 0,
    end: 0,
    marks: Pages.empty(),
    instants: Pages.empty(),
    hosts: new Map(),
    open: new Map(),
  },
  step,
};

/** The sequence number to fold up to, so that views show this world time; the oldest there is where it is earlier. */
export function sequenceAt({ instants }: TimeState, time: number): number {
  let [low, high] = [instants.first, instants.end - 1];
  while (low < high) {
    const middle = Math.ceil((low + high) / 2);
    if (instants.at(middle)!.at <= time) low = middle;
    else high = middle - 1;
  }
  return instants.at(low)?.next ?? 0;
}

/** The world time of the entry before this sequence number. */
export function timeOf({ instants, start }: TimeState, sequence: number): number {
  let [low, high] = [instants.first, instants.end - 1];
  while (low < high) {
    const middle = Math.floor((low + high) / 2);
    if (instants.at(middle)!.next >= sequence) high = middle;
    else low = middle + 1;
  }
  return instants.at(low)?.at ?? start;
}
