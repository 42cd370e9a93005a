import type { ShownState } from "../shown-state.ts";
import type { CryptoFact, ShownVerification } from "./crypto-fact.ts";

/**
 * Verifications live in a client's memory alone: those that were under way when it stopped have come to an end.
 * @param isConfirmed both sides had confirmed, and this device has only to say so to its homeserver
 */
export function unfinishedVerifications(
  { latest }: ShownState,
  isConfirmed: (user: string) => boolean,
): CryptoFact[] {
  return underWay(latest).map((verification) =>
    isConfirmed(verification.user)
      ? { type: "verification", verification: { ...verification, phase: "signing" } }
      : ended(verification),
  );
}

/** Those whose signatures waited for the homeserver, now that it has taken them or not. */
export function signedVerifications({ latest }: ShownState, user: string, taken: boolean): CryptoFact[] {
  return underWay(latest)
    .filter((verification) => verification.phase === "signing" && verification.user === user)
    .map((verification) =>
      taken
        ? { type: "verification", verification: { ...verification, phase: "done" } }
        : ended(verification),
    );
}

function underWay(latest: ReadonlyMap<string, string>): ShownVerification[] {
  return [...latest].flatMap(([name, text]) => {
    if (!name.startsWith("verification ")) return [];
    const {
      code: _code,
      emoji: _emoji,
      hasRead: _read,
      ...verification
    } = JSON.parse(text) as ShownVerification;
    return verification.phase === "done" || verification.phase === "cancelled" ? [] : [verification];
  });
}

function ended(verification: ShownVerification): CryptoFact {
  return {
    type: "verification",
    verification: { ...verification, phase: "cancelled", cancelled: { code: "restarted", byMe: true } },
  };
}
