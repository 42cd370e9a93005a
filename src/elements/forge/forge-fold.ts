import type { HostFact } from "../../homeserver/ports.ts";
import type { Refusal } from "../../protocol/refusal.ts";
import type { Fold, HostName, LogEntry } from "../../simulation/log.ts";
import type { Action } from "../../world/action.ts";

/** What a server made of a forgery. */
export type ForgeOutcome =
  | { host: HostName; what: "stored" | "known" | "failed" }
  | { host: HostName; what: "rejected" | "soft-failed" | "dropped"; refusal: Refusal }
  | { host: HostName; what: "refused"; status: number; error: string };

/** The newest forgery of each server. */
export type Attempt = {
  /** The log's sequence number of the act. */
  sequence: number;
  /** Its transactions that are under way: exchange → to whom. */
  open: ReadonlyMap<number, HostName>;
  outcomes: readonly ForgeOutcome[];
};

export type ForgeState = ReadonlyMap<HostName, Attempt>;

const verdicts = {
  "event-stored": "stored",
  "event-rejected": "rejected",
  "event-soft-failed": "soft-failed",
  "event-dropped": "dropped",
} as const;

function withOutcome(attempt: Attempt, outcome: ForgeOutcome): Attempt {
  const others = attempt.outcomes.filter(({ host }) => host !== outcome.host);
  return { ...attempt, outcomes: [...others, outcome] };
}

function judged(state: ForgeState, host: HostName, fact: HostFact): ForgeState {
  if (!("origin" in fact) || fact.origin === undefined || !(fact.type in verdicts)) return state;
  const attempt = state.get(fact.origin);
  // A server tells what it made of an event before it answers.
  if (!attempt || ![...attempt.open.values()].includes(host)) return state;
  const what = verdicts[fact.type as keyof typeof verdicts];
  const outcome: ForgeOutcome =
    what === "stored" ? { host, what } : { host, what, refusal: (fact as { refusal: Refusal }).refusal };
  return new Map(state).set(fact.origin, withOutcome(attempt, outcome));
}

function errorIn(body: unknown): string {
  try {
    const { error } = JSON.parse(String(body)) as { error?: unknown };
    return typeof error === "string" ? error : "";
  } catch {
    return "";
  }
}

function step(state: ForgeState, entry: LogEntry): ForgeState {
  switch (entry.type) {
    case "action": {
      const action = entry.action as unknown as Action;
      if (action.type !== "forge") return state;
      return new Map(state).set(action.server, { sequence: entry.sequence, open: new Map(), outcomes: [] });
    }
    case "exchange-out": {
      const attempt = state.get(entry.from);
      if (!attempt || !entry.request.url.includes("/_matrix/federation/v1/send/f")) return state;
      const open = new Map(attempt.open).set(entry.exchange, entry.to);
      return new Map(state).set(entry.from, { ...attempt, open });
    }
    case "exchange-back":
    case "exchange-failed": {
      for (const [server, attempt] of state) {
        const host = attempt.open.get(entry.exchange);
        if (host === undefined) continue;
        const open = new Map(attempt.open);
        open.delete(entry.exchange);
        const ended = { ...attempt, open };
        const known = attempt.outcomes.some((outcome) => outcome.host === host);
        if (entry.type === "exchange-failed")
          return new Map(state).set(server, withOutcome(ended, { host, what: "failed" }));
        const { status, body } = entry.response;
        if (status >= 400)
          return new Map(state).set(
            server,
            withOutcome(ended, { host, what: "refused", status, error: errorIn(body) }),
          );
        return new Map(state).set(server, known ? ended : withOutcome(ended, { host, what: "known" }));
      }
      return state;
    }
    case "host-fact":
      return judged(state, entry.host, entry.fact);
    default:
      return state;
  }
}

/** What became of forgeries, folded from the log. */
export const forgeFold: Fold<ForgeState> = { initial: new Map(), step };
