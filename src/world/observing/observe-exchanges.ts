import type { JsonObject } from "../../protocol/json.ts";
import type { HttpResponse } from "../../simulation/http.ts";
import type { LogEntry } from "../../simulation/log.ts";
import { roomCompleted } from "./observe-rooms.ts";
import { newest, type Watching } from "./watching.ts";

/** A request is on its way. */
export function requestSent(seen: Watching, entry: LogEntry & { type: "exchange-out" }): Partial<Watching> {
  const { sequence, exchange: id, from, to, request } = entry;
  const path = decoded(new URL(request.url).pathname);
  const exchange = { sequence, id, from, to, method: request.method, path };
  return { exchanges: newest([...seen.exchanges, exchange]) };
}

/** The response to a request is on its way back. */
export function responseSent(
  seen: Watching,
  sequence: number,
  id: number,
  response: HttpResponse,
): Partial<Watching> {
  const index = seen.exchanges.findLastIndex((exchange) => exchange.id === id);
  const exchange = seen.exchanges[index];
  if (!exchange) return {};
  const makesRoom = exchange.path.endsWith("/createRoom");
  const isRead = response.status >= 400 || exchange.method === "PUT" || makesRoom;
  const { errcode, event_id: event, room_id: room } = isRead ? parsed(response.body) : {};
  const changed: Partial<Watching> = {
    exchanges: seen.exchanges.with(index, {
      ...exchange,
      sequence,
      status: response.status,
      ...(typeof errcode === "string" && { errcode }),
    }),
    ...exchangeEnded(seen, sequence, id, response.status),
    ...(makesRoom && typeof room === "string" && roomCompleted(seen, sequence, room)),
  };
  if (typeof event !== "string" || !seen.devices[exchange.from]) return changed;
  if (exchange.path.includes("/send/m.room.encrypted/"))
    changed.sentSealed = Object.fromEntries(
      newest([...Object.entries(seen.sentSealed), [event, exchange.from]]),
    );
  const message = seen.messages.findLastIndex((candidate) => candidate.event === event);
  if (message >= 0) {
    changed.messages = seen.messages.with(message, { ...seen.messages[message]!, device: exchange.from });
  }
  return changed;
}

/**
 * An exchange has ended: was it an address that was followed?
 * @param status of the response, or 0 if there is none
 */
export function exchangeEnded(
  seen: Watching,
  sequence: number,
  id: number,
  status: number,
): Partial<Watching> {
  const exchange = seen.exchanges.findLast((candidate) => candidate.id === id);
  if (exchange?.method !== "GET") return {};
  const url = Object.keys(seen.opening).find(
    (candidate) =>
      decoded(new URL(candidate).pathname) === exchange.path && new URL(candidate).hostname === exchange.to,
  );
  if (url === undefined) return {};
  const { [url]: text = "", ...opening } = seen.opening;
  return {
    opening,
    addressesOpened: [...seen.addressesOpened, { sequence, text, server: exchange.to, status }],
  };
}

function decoded(path: string): string {
  try {
    return decodeURIComponent(path);
  } catch {
    return path;
  }
}

function parsed(body: HttpResponse["body"]): JsonObject {
  if (typeof body !== "string") return {};
  try {
    const value: unknown = JSON.parse(body);
    return typeof value === "object" && value !== null ? (value as JsonObject) : {};
  } catch {
    return {};
  }
}
