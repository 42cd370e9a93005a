import type { Signer } from "../homeserver/ports.ts";
import { opensslSigner } from "./openssl-signer.ts";
import { loadSodium, sodiumSigner } from "./sodium-signer.ts";

/** Ed25519 by the quickest that the machine has. */
export function nodeSigner(): Signer {
  const sodium = loadSodium();
  return sodium ? sodiumSigner(sodium) : opensslSigner();
}
