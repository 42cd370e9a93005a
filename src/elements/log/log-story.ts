import { isWordsKey, type WordsKey } from "../../catalogue/late.ts";
import type { JsonObject } from "../../protocol/json.ts";
import type { HttpRequest } from "../../simulation/http.ts";
import type { HostName } from "../../simulation/log.ts";
import { trafficOf } from "../../simulation/traffic.ts";
import { endpointOf, shortRequest } from "../inspector/inspector-endpoint.ts";
import type { LogPart } from "./log-line.ts";

export type LogSentence = { key: WordsKey; parts: Record<string, LogPart>; n?: number };

/** A body as an object; an empty one where it is none. */
export function bodyOf(message: { body?: string | Uint8Array }): JsonObject {
  if (typeof message.body !== "string" || !message.body.startsWith("{")) return {};
  try {
    return JSON.parse(message.body) as JsonObject;
  } catch {
    return {};
  }
}

function list(value: unknown): unknown[] {
  return Array.isArray(value) ? value : [];
}

/** What a story request asks for, as a sentence. */
export function requestSentence(from: HostName, to: HostName, request: HttpRequest): LogSentence {
  const { name } = trafficOf(request.method, request.url);
  const parameters = endpointOf(request.method, request.url)?.parameters ?? {};
  const body = bodyOf(request);
  const room = parameters.roomId ?? parameters.roomIdOrAlias ?? "";
  const user = typeof body.user_id === "string" ? body.user_id : (parameters.userId ?? "");
  const type = parameters.eventType ?? "";
  const parts: Record<string, LogPart> = {
    from: { host: from },
    to: { host: to },
    room: room.startsWith("#") ? { address: room } : { room },
    user: { address: user },
    alias: { address: parameters.roomAlias ?? "" },
    type: { code: type },
    request: { code: shortRequest(request.method, request.url) },
  };
  if (name === "register" && typeof body.username === "string") {
    return { key: "log.request.register-named", parts: { ...parts, name: { text: body.username } } };
  }
  if (name === "send" && type !== "m.room.message" && type !== "m.room.encrypted") {
    return { key: "log.request.send-other", parts };
  }
  if (name === "transaction") {
    const n = list(body.pdus).length;
    return n > 0
      ? { key: "log.request.transaction", parts, n }
      : { key: "log.request.transaction-small", parts };
  }
  const key = `log.request.${name}`;
  return { key: isWordsKey(key) ? key : "log.request.unknown", parts };
}

const memberships = ["join", "invite", "leave", "ban", "knock"] as const;

/** What a server keeps, as a sentence; undefined for rules of a room, which are folded. */
export function eventSentence(host: HostName, room: string, pdu: JsonObject): LogSentence | undefined {
  const type = String(pdu.type);
  const content = (pdu.content ?? {}) as JsonObject;
  const parts: Record<string, LogPart> = {
    host: { host },
    room: { room },
    sender: { address: String(pdu.sender) },
    user: { address: String(pdu.state_key ?? "") },
    type: { code: type },
  };
  if (type === "m.room.member") {
    const membership = memberships.find((one) => one === content.membership);
    if (membership) return { key: `log.event.${membership}`, parts };
  }
  const plain: Record<string, WordsKey> = {
    "m.room.message": "log.event.message",
    "m.room.encrypted": "log.event.encrypted",
    "m.room.create": "log.event.create",
    "m.room.name": "log.event.name",
    "m.room.topic": "log.event.topic",
    "m.room.redaction": "log.event.redaction",
  };
  const key = plain[type];
  if (key) return { key, parts };
  return typeof pdu.state_key === "string" ? undefined : { key: "log.event.other", parts };
}
