import type { ClientFact } from "../../client/client-fact.ts";
import type { JsonObject } from "../../protocol/json.ts";
import type { ExchangeId, Happening, HostName } from "../../simulation/log.ts";

/**
 * What clients would tell of their sessions, read from how they made their accounts: the small clients of a trial tell
 * nothing of themselves.
 */
export class RecordedSessions {
  /** Registrations under way, and what was answered. */
  readonly #open = new Map<ExchangeId, { device: HostName; answer?: JsonObject }>();

  /** The fact that follows from what happened, if one does. */
  after(happening: Happening): Happening | undefined {
    if (happening.type === "exchange-out") {
      const { method, url } = happening.request;
      const isNew = method === "POST" && new URL(url).pathname === "/_matrix/client/v3/register";
      if (isNew) this.#open.set(happening.exchange, { device: happening.from });
      return undefined;
    }
    if (happening.type === "exchange-back") {
      const open = this.#open.get(happening.exchange);
      const { status, body } = happening.response;
      if (open && status === 200 && typeof body === "string") open.answer = JSON.parse(body) as JsonObject;
      return undefined;
    }
    if (happening.type !== "exchange-done" && happening.type !== "exchange-failed") return undefined;
    const open = this.#open.get(happening.exchange);
    this.#open.delete(happening.exchange);
    if (!open?.answer || happening.type === "exchange-failed") return undefined;
    const { user_id: user, device_id: device } = open.answer;
    const session = { state: "syncing", user: String(user), device: String(device) } as const;
    const fact: ClientFact = { type: "session", session };
    return { type: "client-fact", host: open.device, fact: fact as unknown as JsonObject };
  }
}
