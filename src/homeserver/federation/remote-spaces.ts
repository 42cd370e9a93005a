import { isJsonObject, type JsonObject } from "../../protocol/json.ts";
import { isRefusal } from "../../protocol/refusal.ts";
import type { Server } from "../server.ts";

/** How long an answer is believed, milliseconds. */
const life = 300_000;
/** How many of the servers that may know a room are asked. */
const mostServers = 3;

/** What a server tells of a room, and of the rooms in it. */
type Told = { room: JsonObject; children: JsonObject[]; inaccessible: string[] };

/**
 * Summaries of rooms that only other servers know, kept for a while.
 * https://spec.matrix.org/v1.19/server-server-api/#get_matrixfederationv1hierarchyroomid
 */
export class RemoteSpaces {
  readonly #answers = new Map<string, { told: Promise<Told | undefined>; until: number }>();

  /** What one of the servers tells of a room; `undefined` if none of them does. */
  of(
    server: Server,
    roomId: string,
    via: readonly string[],
    suggestedOnly: boolean,
  ): Promise<Told | undefined> {
    const now = server.ports.clock.now();
    const key = `${suggestedOnly} ${roomId}`;
    const known = this.#answers.get(key);
    if (known && known.until > now) return known.told;
    for (const [old, { until }] of this.#answers) {
      if (until > now) break;
      this.#answers.delete(old);
    }
    const told = ask(server, roomId, via, suggestedOnly);
    this.#answers.delete(key);
    this.#answers.set(key, { told, until: now + life });
    // A server that was away may be there the next time.
    void told.then((answer) => {
      if (!answer && this.#answers.get(key)?.told === told) this.#answers.delete(key);
    });
    return told;
  }
}

async function ask(
  server: Server,
  roomId: string,
  via: readonly string[],
  suggestedOnly: boolean,
): Promise<Told | undefined> {
  for (const destination of via.filter((name) => name !== server.name).slice(0, mostServers)) {
    const answer = await server.federation.request(destination, {
      method: "GET",
      path: `/_matrix/federation/v1/hierarchy/${encodeURIComponent(roomId)}`,
      query: { suggested_only: suggestedOnly },
    });
    if (isRefusal(answer) || !isJsonObject(answer.room)) continue;
    const { room, children, inaccessible_children: inaccessible } = answer;
    return {
      room,
      children: Array.isArray(children) ? children.filter(isJsonObject) : [],
      inaccessible: Array.isArray(inaccessible) ? inaccessible.filter((id) => typeof id === "string") : [],
    };
  }
  return undefined;
}
