/**
 * Why something was refused, as a value: a code, and the facts that explain it. The catalogue has the
 * words for learners, the HTTP edge the errcode.
 */
export type Refusal = {
  /** For example `auth/ban-needs-power`. */
  code: string;
  /** For example `{ have: 0, need: 50 }`. */
  facts: Record<string, string | number | boolean>;
};

/** Tells a refusal from what was asked for. No other value of ours has exactly `code` and `facts`. */
export function isRefusal(value: unknown): value is Refusal {
  return (
    typeof value === "object" &&
    value !== null &&
    "code" in value &&
    typeof value.code === "string" &&
    "facts" in value &&
    typeof value.facts === "object"
  );
}
