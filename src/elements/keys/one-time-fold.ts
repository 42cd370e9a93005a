import type { HostFact } from "../../homeserver/ports.ts";
import { isJsonObject } from "../../protocol/json.ts";
import type { LogEntry } from "../../simulation/log.ts";

/** What lies at a server for others to begin with a device: one-time keys, and the fallback key. */
export type OneTimeKeys = { user: string; device: string; left: number; isFallbackGiven: boolean };

/** A device asked for a key to begin with another one, so many times on end. */
export type ClaimedKey = { from: string; user: string; device: string; times: number };

export type OneTimeState = {
  /** User id and device id → its keys. */
  keys: ReadonlyMap<string, OneTimeKeys>;
  claimed: readonly ClaimedKey[];
};

const algorithm = "signed_curve25519";
/** So many of the newest claims are kept. */
const most = 60;

export const noOneTimeKeys: OneTimeState = { keys: new Map(), claimed: [] };

/** What becomes of one-time keys: servers tell how many are left, requests who asked for one. */
export function oneTimeAfter(state: OneTimeState, entry: LogEntry): OneTimeState {
  if (entry.type === "host-fact") {
    const keys = keysAfter(state.keys, entry.fact);
    return keys === state.keys ? state : { ...state, keys };
  }
  if (entry.type !== "exchange-out" || !entry.request.url.endsWith("/client/v3/keys/claim")) return state;
  const claims = claimsOf(entry.request.body).map((claim) => ({ from: entry.from, ...claim, times: 1 }));
  if (claims.length === 0) return state;
  return { ...state, claimed: claims.reduce(withClaim, state.claimed).slice(-most) };
}

function keysAfter(keys: OneTimeState["keys"], fact: HostFact): OneTimeState["keys"] {
  switch (fact.type) {
    case "one-time-keys": {
      const { user, device, counts, unusedFallbacks } = fact;
      const isFallbackGiven = !unusedFallbacks.includes(algorithm);
      return new Map(keys).set(`${user} ${device}`, {
        user,
        device,
        left: counts[algorithm] ?? 0,
        isFallbackGiven,
      });
    }
    case "device-gone": {
      const left = new Map(keys);
      left.delete(`${fact.user} ${fact.device}`);
      return left;
    }
    default:
      return keys;
  }
}

function withClaim(claimed: readonly ClaimedKey[], claim: ClaimedKey): readonly ClaimedKey[] {
  const last = claimed.at(-1);
  const isSame = last?.from === claim.from && last.user === claim.user && last.device === claim.device;
  return isSame ? claimed.with(-1, { ...last, times: last.times + 1 }) : [...claimed, claim];
}

/** A learner may have sent anything there. */
function claimsOf(body: string | Uint8Array | undefined): { user: string; device: string }[] {
  if (typeof body !== "string") return [];
  let asked: unknown;
  try {
    asked = JSON.parse(body);
  } catch {
    return [];
  }
  const keys = isJsonObject(asked) && isJsonObject(asked.one_time_keys) ? asked.one_time_keys : {};
  return Object.entries(keys).flatMap(([user, devices]) =>
    isJsonObject(devices) ? Object.keys(devices).map((device) => ({ user, device })) : [],
  );
}
