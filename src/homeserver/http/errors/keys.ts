import type { ErrorRow } from "../errors.ts";

/** Of end-to-end encryption. */
export const keyErrors = {
  "keys/other-device": [400, "M_BAD_JSON", "The keys are those of {device} of {user}, not of this device"],
  "keys/two-fallbacks": [400, "M_INVALID_PARAM", "There can be only one fallback key for each algorithm"],
  "keys/false-signature": [400, "M_INVALID_SIGNATURE", "The signature by or of {key} is not good"],
  // As servers have always said it; clients look for this text.
  "keys/one-time-key-exists": [400, "M_UNKNOWN", "One time key {key} already exists with another content"],
  "keys/other-key": [400, "M_INVALID_PARAM", "What was signed is not the key {key} as it is known here"],
  "keys/key-id-in-use": [403, "M_FORBIDDEN", "Key ID in use: {key}"],
  "keys/old-backup": [403, "M_WRONG_ROOM_KEYS_VERSION", "Version {version} is not the current backup"],
} as const satisfies Record<string, ErrorRow>;
