import type { ErrorRow } from "../errors.ts";

/** Of what users keep on the server and tell about themselves. */
export const userErrors = {
  "account-data/managed": [405, "M_BAD_JSON", "{type} is set by the server"],
  "profile/field-too-long": [400, "M_KEY_TOO_LARGE", "The name of a profile field has at most {limit} bytes"],
  "profile/too-large": [400, "M_PROFILE_TOO_LARGE", "A profile has at most {limit} bytes"],
  "push-rule/unknown": [404, "M_NOT_FOUND", "There is no push rule {rule}"],
  "push-rule/predefined": [400, "M_UNKNOWN", "The push rule {rule} is predefined"],
  "push-rule/no-such-place": [
    400,
    "M_UNKNOWN",
    "There is no push rule {rule} of the user's own of this kind",
  ],
} as const satisfies Record<string, ErrorRow>;
