import type { ErrorRow } from "../errors.ts";

/** Of rooms and their events. */
export const roomErrors = {
  "auth/": [403, "M_FORBIDDEN", "The rules of the room refuse this: {code}"],
  "pdu/": [400, "M_BAD_JSON", "This cannot be an event: {code}"],
} as const satisfies Record<string, ErrorRow>;
