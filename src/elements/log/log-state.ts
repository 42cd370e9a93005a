import type { HttpRequest } from "../../simulation/http.ts";
import type { ExchangeId, HostName } from "../../simulation/log.ts";
import type { LogKind, LogLine } from "./log-line.ts";
import type { Pages } from "./log-pages.ts";
import type { LogSentence } from "./log-story.ts";

/** What the log knows of a host, to speak of it. */
export type LogHost = {
  role: "homeserver" | "device";
  symbol?: string;
  person?: string;
  account?: string;
  displayName?: string;
};

export type Open = {
  line: number;
  request: HttpRequest;
  from: HostName;
  to: HostName;
  left: number;
  item: number;
};

export type LogState = {
  lines: Pages<LogLine>;
  hosts: ReadonlyMap<HostName, LogHost>;
  /** Room id → what it is called: an alias, or a name; and who is in it, for one without either. */
  rooms: ReadonlyMap<string, { alias?: string; name?: string; people?: readonly string[] }>;
  /** World time of the first entry. */
  startsAt: number;
  /** Exchanges under way, and the line that tells of them. */
  open: ReadonlyMap<ExchangeId, Open>;
  /** Host → its folded line that still grows. */
  growing: ReadonlyMap<string, number>;
  links: ReadonlyMap<string, { cut: boolean; latency: number; loss: number }>;
  /** How much was told to wait. */
  queues: ReadonlyMap<string, number>;
  /** `host room` of invitations and sessions that were told. */
  told: ReadonlySet<string>;
};

const linesKept = 10_000;
const itemsKept = 60;

export type LineFacts = { at: number; kind: LogKind; hosts: HostName[]; matters?: boolean } & Partial<
  Pick<LogLine, "subject" | "folded" | "request">
>;

function personOf(state: LogState, hosts: readonly HostName[]): string | undefined {
  for (const host of hosts) {
    const person = state.hosts.get(host)?.person;
    if (person) return person;
  }
  return undefined;
}

export function tell(
  state: LogState,
  sentence: LogSentence,
  { at, kind, hosts, matters = false, ...rest }: LineFacts,
): LogState {
  const person = personOf(state, hosts);
  const line: LogLine = {
    index: state.lines.end,
    at,
    kind,
    hosts,
    matters,
    ...sentence,
    ...rest,
    ...(person ? { person } : {}),
  };
  return { ...state, lines: state.lines.push(line).newest(linesKept) };
}

/** Adds to the folded line under this key, or begins one. */
export function foldInto(
  state: LogState,
  key: string,
  sentence: LogSentence,
  facts: LineFacts & { folded: NonNullable<LogLine["folded"]> },
): LogState {
  const place = state.growing.get(key);
  const line = place === undefined ? undefined : state.lines.at(place);
  if (place === undefined || !line) {
    const told = tell(state, { ...sentence, n: 1 }, facts);
    return { ...told, growing: new Map(state.growing).set(key, told.lines.end - 1) };
  }
  const folded = [...(line.folded ?? []), ...facts.folded].slice(-itemsKept);
  return {
    ...state,
    lines: state.lines.with(place, { ...line, n: (line.n ?? 0) + 1, folded, at: facts.at }),
  };
}

/** A host's own story goes on: what was folded before stays as it is, and the next quiet request begins a new line. */
export function closed(state: LogState, hosts: readonly HostName[]): LogState {
  const over = [...state.growing.keys()].filter((key) => hosts.some((host) => key.startsWith(`${host} `)));
  if (over.length === 0) return state;
  const growing = new Map(state.growing);
  for (const key of over) growing.delete(key);
  return { ...state, growing };
}

export function withHost(state: LogState, name: HostName, change: Partial<LogHost>): LogState {
  const host = state.hosts.get(name);
  return host ? { ...state, hosts: new Map(state.hosts).set(name, { ...host, ...change }) } : state;
}

/** Tells it unless the newest telling about this subject was the same. */
export function tellOnce(
  state: LogState,
  about: string,
  what: string,
  sentence: LogSentence,
  facts: LineFacts,
): LogState {
  if (state.told.has(`${about} ${what}`)) return state;
  const told = new Set([...state.told].filter((key) => !key.startsWith(`${about} `))).add(`${about} ${what}`);
  return tell({ ...state, told }, sentence, facts);
}
