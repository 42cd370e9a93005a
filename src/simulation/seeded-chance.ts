import type { Chance } from "../homeserver/ports.ts";
import { sha256 } from "../protocol/hashes.ts";

const encoder = new TextEncoder();

/**
 * Chance that its seed decides: the SHA-256 hashes of the seed with a running number. `drawn` is all that
 * there is to keep of it.
 */
export class SeededChance implements Chance {
  #seed: string;
  /** How many blocks were drawn. */
  drawn: number;

  constructor(seed: string, drawn = 0) {
    this.#seed = seed;
    this.drawn = drawn;
  }

  bytes(length: number): Uint8Array {
    const bytes = new Uint8Array(length);
    for (let at = 0; at < length; at += 32) {
      const block = sha256(encoder.encode(`${this.drawn++} ${this.#seed}`));
      bytes.set(block.subarray(0, Math.min(32, length - at)), at);
    }
    return bytes;
  }

  /** At least 0, less than 1. */
  fraction(): number {
    const bytes = this.bytes(4);
    return new DataView(bytes.buffer).getUint32(0) / 2 ** 32;
  }
}
