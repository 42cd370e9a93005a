import * as v from "valibot";
import { isRefusal } from "../../protocol/refusal.ts";
import { ok } from "../http/answer.ts";
import { objectOf } from "../http/validate.ts";
import { claimKeys } from "../keys/claim-keys.ts";
import { deviceListNews } from "../keys/device-list-news.ts";
import { deviceKeysShape, oneTimeKeysShape } from "../keys/key-shapes.ts";
import { queryKeys } from "../keys/query-keys.ts";
import { type KeyUpload, keepUpload, uploadFault } from "../keys/upload-keys.ts";
import { endpoint } from "./endpoint.ts";
import { parseSyncToken } from "./tokens.ts";

/**
 * POST /_matrix/client/v3/keys/upload
 * https://spec.matrix.org/v1.19/client-server-api/#post_matrixclientv3keysupload
 */
const upload = endpoint({
  method: "POST",
  path: "/_matrix/client/v3/keys/upload",
  body: v.looseObject({
    device_keys: v.optional(deviceKeysShape),
    one_time_keys: v.optional(oneTimeKeysShape),
    fallback_keys: v.optional(oneTimeKeysShape),
  }),
  async handle({ server, session: { userId, deviceId, token }, body }) {
    const keys = body as KeyUpload;
    const fault = await uploadFault(server, userId, deviceId, keys);
    if (fault) return fault;
    // The device may have been signed out meanwhile, and nobody would ever drop its keys again.
    const still = server.sessions.find(token);
    if (isRefusal(still)) return still;
    const conflict = keepUpload(server, userId, deviceId, keys);
    return conflict ?? ok({ one_time_key_counts: server.keys.oneTime.counts(userId, deviceId) });
  },
});

/** Milliseconds to wait for other servers. */
const timeout = v.optional(
  v.pipe(v.number(), v.safeInteger("an integer"), v.minValue(0, "zero or more")),
  10_000,
);

/**
 * POST /_matrix/client/v3/keys/query
 * https://spec.matrix.org/v1.19/client-server-api/#post_matrixclientv3keysquery
 */
const query = endpoint({
  method: "POST",
  path: "/_matrix/client/v3/keys/query",
  body: v.looseObject({ timeout, device_keys: objectOf(v.string(), v.array(v.string())) }),
  async handle({ server, session, body }) {
    return ok(await queryKeys(server, session.userId, body.device_keys, body.timeout));
  },
});

/**
 * POST /_matrix/client/v3/keys/claim
 * https://spec.matrix.org/v1.19/client-server-api/#post_matrixclientv3keysclaim
 */
const claim = endpoint({
  method: "POST",
  path: "/_matrix/client/v3/keys/claim",
  body: v.looseObject({ timeout, one_time_keys: objectOf(v.string(), objectOf(v.string(), v.string())) }),
  async handle({ server, session, body }) {
    return ok(await claimKeys(server, session.userId, body.one_time_keys, body.timeout));
  },
});

/**
 * GET /_matrix/client/v3/keys/changes
 * https://spec.matrix.org/v1.19/client-server-api/#get_matrixclientv3keyschanges
 */
const changes = endpoint({
  method: "GET",
  path: "/_matrix/client/v3/keys/changes",
  query: v.object({ from: v.string(), to: v.string() }),
  handle({ server, session, query: { from, to } }) {
    const [since, until] = [parseSyncToken(from), parseSyncToken(to)];
    if (isRefusal(since)) return since;
    // Up to where is but a hint: whoever hears of a change too early asks for it once.
    if (isRefusal(until)) return until;
    return ok(deviceListNews(server, session.userId, since.position));
  },
});

export const keysEndpoints = [upload, query, claim, changes];
