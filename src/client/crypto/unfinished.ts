import type { ShownState } from "../shown-state.ts";
import type { CryptoFact, ShownVerification } from "./crypto-fact.ts";

/** Verifications live in a client's memory alone: those that were under way when it stopped have come to an end. */
export function unfinishedVerifications({ latest }: ShownState): CryptoFact[] {
  return [...latest].flatMap(([name, text]) => {
    if (!name.startsWith("verification ")) return [];
    const verification = JSON.parse(text) as ShownVerification;
    if (verification.phase === "done" || verification.phase === "cancelled") return [];
    const { code: _code, emoji: _emoji, ...rest } = verification;
    return [
      {
        type: "verification",
        verification: { ...rest, phase: "cancelled", cancelled: { code: "restarted", byMe: true } },
      },
    ];
  });
}
