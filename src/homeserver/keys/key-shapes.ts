import * as v from "valibot";
import { anyObject, objectOf, objectWith } from "../http/validate.ts";

const signatures = objectOf(v.string(), objectOf(v.string(), v.string()));

/** https://spec.matrix.org/v1.19/client-server-api/#post_matrixclientv3keysupload_request_devicekeys */
export const deviceKeysShape = objectWith({
  user_id: v.string(),
  device_id: v.string(),
  algorithms: v.array(v.string()),
  keys: objectOf(v.string(), v.string()),
  signatures,
});

/** `<algorithm>:<key id>`. */
const keyName = v.pipe(v.string(), v.regex(/^[^:\0]+:[^\0]+$/, "an algorithm, a colon and a key id"));

/** One-time and fallback keys: as such, or signed. */
export const oneTimeKeysShape = objectOf(
  keyName,
  v.union([v.string(), objectWith({ key: v.string(), signatures })], "a key, or a signed one"),
);

/** https://spec.matrix.org/v1.19/client-server-api/#post_matrixclientv3keysdevice_signingupload_request_crosssigningkey */
export const crossSigningKeyShape = objectWith({
  user_id: v.string(),
  usage: v.array(v.string()),
  keys: objectOf(v.string(), v.string()),
  signatures: v.optional(signatures),
});

/** https://spec.matrix.org/v1.19/client-server-api/#get_matrixclientv3room_keyskeysroomidsessionid */
export const backedUpKeyShape = objectWith({
  first_message_index: v.pipe(v.number(), v.safeInteger("an integer"), v.minValue(0, "zero or more")),
  forwarded_count: v.pipe(v.number(), v.safeInteger("an integer"), v.minValue(0, "zero or more")),
  is_verified: v.boolean(),
  session_data: anyObject,
});

export const roomBackupShape = objectWith({ sessions: objectOf(v.string(), backedUpKeyShape) });
