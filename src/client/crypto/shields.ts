import type { MatrixClient, MatrixEvent } from "matrix-js-sdk";
import type { Shield } from "../client-fact.ts";
import { cryptoOf } from "./crypto-machine.ts";
import { giveShield, shieldOf } from "./shield-of.ts";

/** What the SDK doubts, by its numbers. Their words are in the catalogue. */
const reasons = [
  "unknown",
  "unverified-identity",
  "unsigned-device",
  "unknown-device",
  "not-guaranteed",
  "mismatched-key",
  "sent-in-clear",
  "identity-changed",
  "mismatched-sender",
] as const;

/** Finds out what is doubtful about who wrote the encrypted messages that a client has opened. */
export class Shields {
  #client: MatrixClient;
  #opened = new Set<MatrixEvent>();
  #changed: (event: MatrixEvent) => void;

  /** @param changed is called when a message's shield is not what it was */
  constructor(client: MatrixClient, changed: (event: MatrixEvent) => void) {
    this.#client = client;
    this.#changed = changed;
    client.on(
      "Event.decrypted" as never,
      ((event: MatrixEvent) => {
        if (event.isDecryptionFailure()) return;
        this.#opened.add(event);
        void this.#find(event);
      }) as never,
    );
    for (const trust of ["userTrustStatusChanged", "crypto.devicesUpdated", "crossSigning.keysChanged"])
      client.on(trust as never, (() => this.refresh()) as never);
  }

  /** Trust in people or devices has changed: all are looked at again. */
  refresh(): void {
    for (const event of this.#opened) void this.#find(event);
  }

  async #find(event: MatrixEvent): Promise<void> {
    const info = await cryptoOf(this.#client)
      .getEncryptionInfoForEvent(event)
      .catch(() => null);
    const colour = ([undefined, "grey", "red"] as const)[info?.shieldColour ?? 0];
    const shield: Shield | undefined = colour && {
      colour,
      reason: reasons[info?.shieldReason ?? 0] ?? "unknown",
    };
    if (JSON.stringify(shield) === JSON.stringify(shieldOf(event))) return;
    giveShield(event, shield);
    this.#changed(event);
  }
}
