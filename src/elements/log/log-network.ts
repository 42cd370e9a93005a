import type { HostFact } from "../../homeserver/ports.ts";
import type { HostName, LogEntry } from "../../simulation/log.ts";
import { linkKey } from "../network/network-state.ts";
import type { LogPart } from "./log-line.ts";
import { type LineFacts, type LogState, tell } from "./log-state.ts";
import type { LogSentence } from "./log-story.ts";

/** What waits at a server for another one: told when it begins to wait, and when nothing does any more. */
export function withQueue(
  state: LogState,
  host: HostName,
  fact: Extract<HostFact, { type: "queue" }>,
  at: number,
): LogState {
  const { waiting, destination } = fact;
  const key = `${host} ${destination}`;
  const before = state.queues.get(key) ?? 0;
  // What leaves at once never waited.
  if (before === waiting || (waiting > 0 && fact.nextTry === undefined)) return state;
  const queues = new Map(state.queues).set(key, waiting);
  const parts: Record<string, LogPart> = { host: { host }, other: { host: destination } };
  const sentence: LogSentence =
    waiting > 0 ? { key: "log.queue", parts, n: waiting } : { key: "log.queue-empty", parts };
  const facts: LineFacts = {
    at,
    kind: "network",
    hosts: [host, destination],
    subject: { host },
    matters: true,
  };
  return tell({ ...state, queues }, sentence, facts);
}

/** What became of a link: cut, mended, slower, faster, lossy. */
export function withLink(
  state: LogState,
  { between, cut, latency, loss }: Extract<LogEntry, { type: "link-changed" }>,
  at: number,
): LogState {
  const key = linkKey(...between);
  const before = state.links.get(key);
  let next: LogState = { ...state, links: new Map(state.links).set(key, { cut, latency, loss }) };
  const parts: Record<string, LogPart> = { one: { host: between[0] }, other: { host: between[1] } };
  const facts: LineFacts = { at, kind: "network", hosts: [...between], matters: true };
  const say = (sentence: Omit<LogSentence, "parts">, more: Record<string, LogPart> = {}): void => {
    next = tell(next, { ...sentence, parts: { ...parts, ...more } }, facts);
  };
  if ((before?.cut ?? false) !== cut) say({ key: cut ? "log.link-cut" : "log.link-mended" });
  // How the scene starts is no news.
  if (before && before.latency !== latency)
    say({ key: "log.link-latency" }, { seconds: { text: String(latency / 1000) } });
  if ((before?.loss ?? 0) !== loss)
    say(loss > 0 ? { key: "log.link-loss", n: Math.round(loss * 100) } : { key: "log.link-no-loss" });
  return next;
}
