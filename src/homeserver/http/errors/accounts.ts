import type { ErrorRow } from "../errors.ts";

/** Of accounts, sessions and what belongs to a user. */
export const accountErrors = {
  "account/registration-closed": [403, "M_FORBIDDEN", "Registration is closed"],
  "account/no-guests": [403, "M_GUEST_ACCESS_FORBIDDEN", "There are no guest accounts here"],
  "account/user-in-use": [400, "M_USER_IN_USE", "The user name {username} is taken"],
  "account/invalid-username": [400, "M_INVALID_USERNAME", "{username} cannot be a user name: {fault}"],
  "account/wrong-password": [403, "M_FORBIDDEN", "The user name or the password is wrong"],
  "account/deactivated": [403, "M_USER_DEACTIVATED", "The account was deactivated"],
  "account/unknown-login-type": [400, "M_UNKNOWN", "The login type {type} is not served"],
  "account/unknown-identifier-type": [400, "M_UNKNOWN", "The identifier type {type} is not served"],
  "account/unknown-refresh-token": [401, "M_UNKNOWN_TOKEN", "The refresh token is not, or no longer, known"],
  "account/refresh-only": [400, "M_INVALID_PARAM", "Expected a refresh token"],
  "account/locked": [401, "M_USER_LOCKED", "This account has been locked"],
  "account/suspended": [403, "M_USER_SUSPENDED", "You cannot perform this action while suspended."],
  "account/bad-login-token": [403, "M_FORBIDDEN", "The login token is not, or no longer, good"],
  "threepid/not-validated": [400, "M_THREEPID_AUTH_FAILED", "The address was not validated here"],
  "threepid/denied": [403, "M_THREEPID_DENIED", "This server takes no {medium} addresses"],
  "threepid/medium-not-supported": [
    400,
    "M_THREEPID_MEDIUM_NOT_SUPPORTED",
    "This server takes no {medium} addresses",
  ],
  "registration-secret/not-enabled": [400, "M_UNKNOWN", "Shared secret registration is not enabled"],
  "registration-secret/unknown-nonce": [400, "M_UNKNOWN", "The nonce is not, or no longer, known"],
  "registration-secret/missing": [400, "M_BAD_JSON", "{name} must be specified"],
  "registration-secret/invalid": [400, "M_UNKNOWN", "{name} is not valid"],
  "registration-secret/wrong-mac": [403, "M_UNKNOWN", "HMAC incorrect"],
  "auth-stage/not-next": [400, "M_UNRECOGNIZED", "{stage} is not the next stage of any flow"],
  "auth-stage/other-operation": [
    403,
    "M_FORBIDDEN",
    "The authentication session began with another operation",
  ],
  "auth-stage/wrong-token": [401, "M_FORBIDDEN", "The registration token is not good"],
  "auth-stage/unknown-session": [400, "M_UNKNOWN", "The authentication session is not, or no longer, known"],
} as const satisfies Record<string, ErrorRow>;
