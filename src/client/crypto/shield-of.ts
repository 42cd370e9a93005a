import type { MatrixEvent } from "matrix-js-sdk";
import type { Shield } from "../client-fact.ts";

const shields = new WeakMap<MatrixEvent, Shield>();

/** What is doubtful about who wrote an encrypted message, as far as shields.ts has found out. */
export function shieldOf(event: MatrixEvent): Shield | undefined {
  return shields.get(event);
}

export function giveShield(event: MatrixEvent, shield: Shield | undefined): void {
  if (shield) shields.set(event, shield);
  else shields.delete(event);
}
