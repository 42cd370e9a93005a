import { encodeUrlBase64 } from "../protocol/base64.ts";
import type { Chance } from "./ports.ts";

/** Letters and digits, each of `length` evenly chosen. */
export function chanceText(chance: Chance, length: number, alphabet: string): string {
  let text = "";
  // Bytes beyond the last whole multiple would favour the first letters.
  const limit = 256 - (256 % alphabet.length);
  while (text.length < length) {
    for (const byte of chance.bytes(length - text.length)) {
      if (byte < limit) text += alphabet[byte % alphabet.length];
    }
  }
  return text;
}

export const upperCase = "ABCDEFGHIJKLMNOPQRSTUVWXYZ";
export const letters = `${upperCase}${upperCase.toLowerCase()}`;

/** Nobody guesses it: 192 bits, URL-safe. */
export function secretToken(chance: Chance): string {
  return encodeUrlBase64(chance.bytes(24));
}
