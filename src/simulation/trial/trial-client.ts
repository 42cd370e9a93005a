import type { Json, JsonObject } from "../../protocol/json.ts";
import type { HttpRequest } from "../http.ts";
import type { HostName } from "../log.ts";
import type { Outcome } from "../network.ts";
import type { TrialPerson } from "./trial-scene.ts";

/** What came of a request; no status where no response came. */
export type Reply = { status: number | undefined; body: JsonObject };

/** The network as a device reaches it. */
export type Ask = (from: HostName, request: HttpRequest) => Promise<Outcome>;

/** A client so small that a thousand trials fit into a minute: it asks, and keeps what `/sync` tells. */
export class TrialClient {
  readonly person: TrialPerson;
  /** Room → state as `/sync` has told it: type and key → event id. */
  readonly states = new Map<string, Map<string, string>>();
  /** Room → ids of all events that `/sync` has shown, in order. */
  readonly shown = new Map<string, Set<string>>();
  /** Rooms in which `/sync` left something out. */
  readonly gaps = new Set<string>();
  readonly #ask: Ask;
  #token: string | undefined;
  #since: string | undefined;
  #transactions = 0;

  constructor(person: TrialPerson, ask: Ask) {
    this.person = person;
    this.#ask = ask;
  }

  async call(method: string, path: string, body?: Json): Promise<Reply> {
    const outcome = await this.#ask(this.person.device, {
      method,
      url: `https://${this.person.home}/_matrix/client/${path}`,
      headers: [
        ...(body === undefined ? [] : [["content-type", "application/json"] as [string, string]]),
        ...(this.#token ? [["authorization", `Bearer ${this.#token}`] as [string, string]] : []),
      ],
      ...(body !== undefined && { body: JSON.stringify(body) }),
    });
    if ("failed" in outcome) return { status: undefined, body: {} };
    const { status, body: text } = outcome.response;
    return { status, body: typeof text === "string" && text !== "" ? JSON.parse(text) : {} };
  }

  async register(): Promise<void> {
    const { body } = await this.call("POST", "v3/register", {
      auth: { type: "m.login.dummy" },
      username: this.person.name,
      password: "for a trial",
    });
    this.#token = String(body.access_token);
  }

  send(room: string, type: string, content: JsonObject): Promise<Reply> {
    const path = `v3/rooms/${encodeURIComponent(room)}/send/${type}/${this.#transactions++}`;
    return this.call("PUT", path, content);
  }

  redact(room: string, event: string): Promise<Reply> {
    const ids = `${encodeURIComponent(room)}/redact/${encodeURIComponent(event)}`;
    return this.call("PUT", `v3/rooms/${ids}/${this.#transactions++}`, {});
  }

  setState(room: string, type: string, content: JsonObject, key = ""): Promise<Reply> {
    const path = `v3/rooms/${encodeURIComponent(room)}/state/${type}/${encodeURIComponent(key)}`;
    return this.call("PUT", path, content);
  }

  /**
   * The content of a state event, as this person may see it; undefined where there is none.
   * @param place type, and state key where there is one: `m.room.topic`
   */
  async stateContent(room: string, place: string): Promise<JsonObject | undefined> {
    const reply = await this.call("GET", `v3/rooms/${encodeURIComponent(room)}/state/${place}`);
    return reply.status === 200 ? reply.body : undefined;
  }

  /** Takes what is new. Answers whether there was anything about rooms. */
  async sync(): Promise<boolean> {
    const since = this.#since === undefined ? "" : `&since=${encodeURIComponent(this.#since)}`;
    const filter = encodeURIComponent(JSON.stringify({ room: { timeline: { limit: 20 } } }));
    const reply = await this.call("GET", `v3/sync?timeout=0&use_state_after=true&filter=${filter}${since}`);
    if (reply.status !== 200) return false;
    this.#since = String(reply.body.next_batch);
    const rooms = (reply.body.rooms ?? {}) as SyncedRooms;
    for (const [id, room] of Object.entries(rooms.join ?? {})) this.#take(id, room);
    for (const id of Object.keys({ ...rooms.leave, ...rooms.invite, ...rooms.knock })) this.#forget(id);
    return Object.values(rooms).some((kind) => Object.keys(kind).length > 0);
  }

  #take(id: string, { timeline, state_after: after }: SyncedRoom): void {
    const state = this.states.get(id) ?? new Map<string, string>();
    const shown = this.shown.get(id) ?? new Set<string>();
    if (timeline?.limited) this.gaps.add(id);
    for (const { event_id: event } of timeline?.events ?? []) shown.add(event);
    for (const event of after?.events ?? []) state.set(`${event.type} ${event.state_key}`, event.event_id);
    this.states.set(id, state);
    this.shown.set(id, shown);
  }

  /** Who comes back gets everything anew. */
  #forget(id: string): void {
    this.states.delete(id);
    this.shown.delete(id);
    this.gaps.delete(id);
  }
}

type SyncedEvent = { event_id: string; type: string; state_key?: string };
type SyncedRoom = {
  timeline?: { events: SyncedEvent[]; limited?: boolean };
  state_after?: { events: SyncedEvent[] };
};
type SyncedRooms = Record<string, Record<string, SyncedRoom>>;
