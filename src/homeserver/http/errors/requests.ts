import type { ErrorRow } from "../errors.ts";

/** Of requests as such. https://spec.matrix.org/v1.19/client-server-api/#standard-error-response */
export const requestErrors = {
  "request/unknown-path": [404, "M_UNRECOGNIZED", "There is no endpoint at this path"],
  "request/wrong-method": [405, "M_UNRECOGNIZED", "This path does not take {method}"],
  "request/bad-encoding": [400, "M_INVALID_PARAM", "The path is not percent-encoded UTF-8"],
  "request/not-json": [400, "M_NOT_JSON", "The body is not JSON"],
  "request/not-an-object": [400, "M_BAD_JSON", "The body is not a JSON object"],
  "request/cut-off": [400, "M_NOT_JSON", "The body ended too early"],
  "request/too-large": [413, "M_TOO_LARGE", "The body is larger than {limit} bytes"],
  "request/wrong-type": [400, "M_BAD_JSON", "{name}: expected {expected}, found {found}"],
  "request/missing-param": [400, "M_MISSING_PARAM", "{name} is missing in the {place}"],
  "request/invalid-param": [400, "M_INVALID_PARAM", "{name}: expected {expected}, found {found}"],
  "request/missing-token": [401, "M_MISSING_TOKEN", "No access token"],
  "request/unknown-token": [401, "M_UNKNOWN_TOKEN", "The access token is not, or no longer, known"],
  "request/rate-limited": [429, "M_LIMIT_EXCEEDED", "Too many requests"],
  "request/forbidden": [403, "M_FORBIDDEN", "This is not yours"],
  "request/not-found": [404, "M_NOT_FOUND", "There is no such {what}"],
  "request/bug": [500, "M_UNKNOWN", "The server failed"],
  "json/": [400, "M_BAD_JSON", "The JSON has no canonical form: {code} at {path}"],
  "identifier/": [400, "M_INVALID_PARAM", "{text} is no valid identifier: {code}"],
} as const satisfies Record<string, ErrorRow>;
