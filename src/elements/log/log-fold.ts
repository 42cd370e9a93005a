import type { ClientFact } from "../../client/client-fact.ts";
import type { HostFact } from "../../homeserver/ports.ts";
import type { JsonObject } from "../../protocol/json.ts";
import type { HttpResponse } from "../../simulation/http.ts";
import type { ExchangeId, Fold, HostName, LogEntry } from "../../simulation/log.ts";
import { isStory, isStoryAnswer } from "../../simulation/traffic.ts";
import { shortRequest } from "../inspector/inspector-endpoint.ts";
import { withFederation } from "./log-federation.ts";
import type { LogLine, LogPart } from "./log-line.ts";
import { withLink, withQueue } from "./log-network.ts";
import { Pages } from "./log-pages.ts";
import {
  closed,
  foldInto,
  type LineFacts,
  type LogHost,
  type LogState,
  tell,
  tellOnce,
  withHost,
} from "./log-state.ts";
import { bodyOf, eventSentence, type LogSentence, requestSentence } from "./log-story.ts";

function began(state: LogState, entry: Extract<LogEntry, { type: "exchange-out" }>): LogState {
  const { exchange, from, to, request, at } = entry;
  const subject = { exchange };
  if (isStory(request.method, request.url)) {
    const { method, url } = request;
    const facts: LineFacts = { at, kind: "request", hosts: [from, to], subject, request: { method, url } };
    const told = tell(closed(state, [from]), requestSentence(from, to, request), facts);
    const open = new Map(told.open).set(exchange, {
      line: told.lines.end - 1,
      request,
      from,
      to,
      left: at,
      item: -1,
    });
    return { ...told, open };
  }
  const server = state.hosts.get(from)?.role === "homeserver";
  const sentence: LogSentence = {
    key: server ? "log.quiet-server" : "log.quiet",
    parts: { from: { host: from }, to: { host: to } },
  };
  const folded = [{ text: shortRequest(request.method, request.url), subject }];
  const key = `${from} quiet ${to}`;
  const told = foldInto(state, key, sentence, { at, kind: "quiet", hosts: [from, to], folded });
  return {
    ...told,
    open: new Map(told.open).set(exchange, {
      line: told.growing.get(key)!,
      request,
      from,
      to,
      left: at,
      item: 0,
    }),
  };
}

function withOutcome(
  state: LogState,
  line: number,
  outcome: LogLine["outcome"] & object,
  matters = false,
): LogState {
  const told = state.lines.at(line);
  if (!told || told.kind === "quiet") return state;
  return { ...state, lines: state.lines.with(line, { ...told, outcome, matters: told.matters || matters }) };
}

function answered(state: LogState, exchange: ExchangeId, response: HttpResponse, at: number): LogState {
  const open = state.open.get(exchange);
  if (!open) return state;
  const { request, from, to } = open;
  if (isStory(request.method, request.url)) {
    const errcode = response.status >= 400 ? bodyOf(response).errcode : undefined;
    const outcome = {
      status: response.status,
      took: at - open.left,
      ...(typeof errcode === "string" ? { errcode } : {}),
    };
    return withOutcome(state, open.line, outcome, errcode !== undefined && response.status !== 401);
  }
  if (!isStoryAnswer(request.method, request.url, response)) return state;
  const sentence: LogSentence = { key: "log.news", parts: { from: { host: from }, to: { host: to } } };
  return tell(closed(state, [from]), sentence, {
    at,
    kind: "request",
    hosts: [from, to],
    subject: { exchange },
  });
}

function ended(state: LogState, exchange: ExchangeId, at: number, failed?: string): LogState {
  const found = state.open.get(exchange);
  if (!found) return state;
  const open = new Map(state.open);
  open.delete(exchange);
  const over = { ...state, open };
  if (!failed) return over;
  const line = state.lines.at(found.line);
  if (line?.kind !== "quiet") return withOutcome(over, found.line, { failed, took: at - found.left }, true);
  const folded = line.folded?.map((item) =>
    "exchange" in item.subject && item.subject.exchange === exchange ? { ...item, failed: true } : item,
  );
  return { ...over, lines: state.lines.with(found.line, { ...line, ...(folded ? { folded } : {}) }) };
}

/** So many people name a room that has no name. */
const peopleNamed = 4;

function named(state: LogState, room: string, pdu: JsonObject): LogState {
  const known = state.rooms.get(room);
  const content = (pdu.content ?? {}) as JsonObject;
  const { name, alias } = content;
  const changes: Record<string, () => typeof known> = {
    "m.room.name": () => (typeof name === "string" && name ? { name } : undefined),
    "m.room.canonical_alias": () => (typeof alias === "string" && alias ? { alias } : undefined),
    "m.room.member": () => {
      const user = String(pdu.state_key);
      const others = (known?.people ?? []).filter((person) => person !== user);
      const there = content.membership === "join" || content.membership === "invite";
      return { people: there ? [...others, user].slice(0, peopleNamed) : others };
    },
  };
  const change = changes[String(pdu.type)]?.();
  return change ? { ...state, rooms: new Map(state.rooms).set(room, { ...known, ...change }) } : state;
}

function withHostFact(state: LogState, host: HostName, fact: HostFact, at: number): LogState {
  if (fact.type === "event-stored") {
    const known = named(state, fact.room, fact.pdu);
    const subject = { event: fact.event };
    const sentence = eventSentence(host, fact.room, fact.pdu);
    if (sentence) return tell(closed(known, [host]), sentence, { at, kind: "event", hosts: [host], subject });
    const rules: LogSentence = { key: "log.rules", parts: { host: { host }, room: { room: fact.room } } };
    const folded = [{ text: String(fact.pdu.type), subject }];
    return foldInto(known, `${host} rules ${fact.room}`, rules, {
      at,
      kind: "event",
      hosts: [host],
      folded,
      subject,
    });
  }
  if (fact.type === "event-rejected" || fact.type === "event-soft-failed") {
    const parts: Record<string, LogPart> = {
      host: { host },
      room: { room: fact.room },
      sender: { address: String(fact.pdu.sender) },
      reason: { refusal: fact.refusal },
    };
    return tell(
      state,
      { key: `log.${fact.type}`, parts },
      { at, kind: "event", hosts: [host], subject: { event: fact.event }, matters: true },
    );
  }
  if (fact.type === "queue") return withQueue(state, host, fact, at);
  return withFederation(state, host, fact, at);
}

function withClientFact(state: LogState, host: HostName, fact: ClientFact, at: number): LogState {
  const parts: Record<string, LogPart> = { host: { host } };
  const facts: LineFacts = { at, kind: "account", hosts: [host], subject: { host }, matters: true };
  if (fact.type === "session") {
    const { session } = fact;
    const about = `session ${host}`;
    if (session.state === "starting") return state;
    if (session.state === "signed-out") {
      if (session.reason === undefined || session.reason === "never") return state;
      const key = session.reason === "elsewhere" ? "log.session-elsewhere" : "log.session-out";
      return tellOnce(state, about, key, { key, parts }, facts);
    }
    const known = withHost(state, host, {
      account: session.user,
      ...(fact.displayName ? { displayName: fact.displayName } : {}),
    });
    if (session.state === "offline")
      return tellOnce(known, about, "offline", { key: "log.session-offline", parts }, facts);
    const sentence: LogSentence = {
      key: "log.session-in",
      parts: { ...parts, user: { address: session.user } },
    };
    return tellOnce(known, about, "in", sentence, facts);
  }
  if (fact.type === "event" && fact.place === "end" && fact.event.status === "sent") {
    const { id, type, sender, senderName, content } = fact.event;
    if (sender === state.hosts.get(host)?.account) return state;
    if (type !== "m.room.message" && type !== "m.room.encrypted") return state;
    const open = type === "m.room.message" && typeof content.body === "string";
    const told: Record<string, LogPart> = {
      ...parts,
      text: { text: String(content.body).slice(0, 120) },
      sender: senderName.startsWith("@") ? { address: senderName } : { text: senderName },
    };
    const own = state.hosts.get(host)?.person === "you";
    const sentence: LogSentence = { key: open ? "log.shown" : "log.shown-sealed", parts: told };
    return tell(state, sentence, { ...facts, kind: "message", subject: { event: id }, matters: !own });
  }
  if (fact.type === "room" && fact.room.membership === "invite") {
    const sentence: LogSentence = {
      key: "log.invitation",
      parts: { ...parts, room: { text: fact.room.name } },
    };
    return tellOnce(state, `invitation ${host} ${fact.room.id}`, "told", sentence, {
      ...facts,
      kind: "message",
    });
  }
  return state;
}

function step(before: LogState, entry: LogEntry): LogState {
  const state = before.startsAt === 0 ? { ...before, startsAt: entry.at } : before;
  const { at } = entry;
  switch (entry.type) {
    case "exchange-out":
      return began(state, entry);
    case "exchange-back":
      return answered(state, entry.exchange, entry.response, at);
    case "exchange-done":
      return ended(state, entry.exchange, at);
    case "exchange-failed":
      return ended(state, entry.exchange, at, entry.reason);
    case "host-added": {
      const host: LogHost = { role: entry.role };
      if (entry.symbol !== undefined) host.symbol = entry.symbol;
      if (entry.person !== undefined) host.person = entry.person;
      const known = { ...state, hosts: new Map(state.hosts).set(entry.host, host) };
      // How the scene starts is no news.
      if (state.lines.size === 0 || entry.role === "homeserver") return known;
      return tell(
        known,
        { key: "log.host-added", parts: { host: { host: entry.host } } },
        { at, kind: "network", hosts: [entry.host], subject: { host: entry.host }, matters: true },
      );
    }
    case "host-removed":
    case "host-stopped":
    case "host-started":
      return tell(
        state,
        { key: `log.${entry.type}`, parts: { host: { host: entry.host } } },
        { at, kind: "network", hosts: [entry.host], subject: { host: entry.host }, matters: true },
      );
    case "link-changed":
      return withLink(state, entry, at);
    case "host-fact":
      return withHostFact(state, entry.host, entry.fact, at);
    case "client-fact":
      return withClientFact(state, entry.host, entry.fact as ClientFact, at);
    default:
      return state;
  }
}

/** What happened, in sentences, folded from the log. */
export const logFold: Fold<LogState> = {
  initial: {
    lines: Pages.empty(),
    hosts: new Map(),
    rooms: new Map(),
    startsAt: 0,
    open: new Map(),
    growing: new Map(),
    links: new Map(),
    queues: new Map(),
    told: new Set(),
  },
  step,
};
