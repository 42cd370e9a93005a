import { NoCrypto, RecoveryFailure } from "../../client/acts-encryption.ts";
import { NoVerification } from "../../client/crypto/verifications.ts";
import type { ActionResult } from "../action.ts";
import { refused } from "./action-stage.ts";

/** The refusal that an error of an act with keys stands for; undefined where it is none. */
export function encryptionRefusal(error: unknown): ActionResult | undefined {
  if (error instanceof RecoveryFailure) {
    const field = ["wrong-key", "not-a-key", "no-passphrase"].includes(error.fault) ? "key" : undefined;
    return refused(`recovery/${error.fault}`, {}, field);
  }
  if (error instanceof NoVerification) return refused("verification/none");
  if (error instanceof NoCrypto) return refused("encryption/none");
  return undefined;
}
