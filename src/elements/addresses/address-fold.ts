import type { Json } from "../../protocol/json.ts";
import { isRefusal } from "../../protocol/refusal.ts";
import type { Fold, HostName, LogEntry } from "../../simulation/log.ts";
import { addressRequest } from "../../world/address-request.ts";

/** An address that was followed, and what became of it. */
export type Followed = {
  text: string;
  /** Who is asked, and the request's address. */
  server: HostName;
  url: string;
  exchange?: number;
  status?: number;
  /** What the home says about it: a person's name, a room's id or name. */
  answer?: { name?: string; room?: string };
  /** Why no answer came. */
  failed?: string;
};

/** The address view: what is written in its fields, and the newest addresses that were followed. */
export type AddressState = { texts: ReadonlyMap<string, string>; followed: readonly Followed[] };

/** Older ones are forgotten. */
const most = 30;

export const addressFold: Fold<AddressState> = {
  initial: { texts: new Map(), followed: [] },
  step(state, entry) {
    switch (entry.type) {
      case "action":
        return afterAction(state, entry.action);
      case "exchange-out":
        return withFollowed(
          state,
          ({ url, exchange }) => exchange === undefined && url === entry.request.url,
          { exchange: entry.exchange },
        );
      case "exchange-back":
        return withFollowed(state, ({ exchange }) => exchange === entry.exchange, answerOf(entry));
      case "exchange-failed":
        return withFollowed(
          state,
          ({ exchange, status }) => exchange === entry.exchange && status === undefined,
          {
            failed: entry.reason,
          },
        );
      default:
        return state;
    }
  },
};

function afterAction(state: AddressState, action: { [key: string]: Json }): AddressState {
  const { type, field, text } = action;
  if (typeof text !== "string") return state;
  if (type === "writeAddress" && typeof field === "string") {
    return { ...state, texts: new Map(state.texts).set(field, text) };
  }
  if (type !== "openAddress") return state;
  const asked = addressRequest(text);
  if (isRefusal(asked)) return state;
  const { server, url } = asked;
  return { ...state, followed: [...state.followed, { text, server, url }].slice(-most) };
}

function withFollowed(
  state: AddressState,
  isMeant: (followed: Followed) => boolean,
  change: Partial<Followed>,
): AddressState {
  const at = state.followed.findLastIndex(isMeant);
  const found = state.followed[at];
  return found ? { ...state, followed: state.followed.with(at, { ...found, ...change }) } : state;
}

function answerOf({ response }: Extract<LogEntry, { type: "exchange-back" }>): Partial<Followed> {
  const body = parsed(response.body);
  const name = textIn(body, "displayname") ?? textIn(body, "name");
  const room = textIn(body, "room_id");
  return {
    status: response.status,
    answer: { ...(name !== undefined && { name }), ...(room !== undefined && { room }) },
  };
}

function parsed(body: string | Uint8Array | undefined): Json | undefined {
  if (body === undefined) return undefined;
  try {
    return JSON.parse(typeof body === "string" ? body : new TextDecoder().decode(body)) as Json;
  } catch {
    return undefined;
  }
}

function textIn(body: Json | undefined, key: string): string | undefined {
  if (typeof body !== "object" || body === null || Array.isArray(body)) return undefined;
  const value = body[key];
  return typeof value === "string" && value !== "" ? value : undefined;
}
