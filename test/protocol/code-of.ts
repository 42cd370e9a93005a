import { isRefusal } from "../../src/protocol/refusal.ts";

/** The code of a refusal, `undefined` for anything else. */
export function codeOf(value: unknown): string | undefined {
  return isRefusal(value) ? value.code : undefined;
}
