import * as v from "valibot";
import type { JsonObject } from "../../protocol/json.ts";
import { ok } from "../http/answer.ts";
import { objectOf } from "../http/validate.ts";
import { claimLocalKeys } from "../keys/claim-keys.ts";
import { addLocalKeys, emptyKeyAnswer, keyAnswerJson } from "../keys/query-keys.ts";
import { federationEndpoint } from "./federation-endpoint.ts";

/**
 * POST /_matrix/federation/v1/user/keys/query
 * https://spec.matrix.org/v1.19/server-server-api/#post_matrixfederationv1userkeysquery
 */
const query = federationEndpoint({
  method: "POST",
  path: "/_matrix/federation/v1/user/keys/query",
  body: v.looseObject({ device_keys: objectOf(v.string(), v.array(v.string())) }),
  handle({ server, body }) {
    const answer = emptyKeyAnswer();
    addLocalKeys(server, answer, body.device_keys);
    const { user_signing_keys: _, ...json } = keyAnswerJson(answer);
    return ok(json);
  },
});

/**
 * POST /_matrix/federation/v1/user/keys/claim
 * https://spec.matrix.org/v1.19/server-server-api/#post_matrixfederationv1userkeysclaim
 */
const claim = federationEndpoint({
  method: "POST",
  path: "/_matrix/federation/v1/user/keys/claim",
  body: v.looseObject({ one_time_keys: objectOf(v.string(), objectOf(v.string(), v.string())) }),
  handle({ server, origin, body }) {
    const claimed = claimLocalKeys(server, body.one_time_keys, origin);
    return ok({ one_time_keys: Object.fromEntries(claimed) });
  },
});

/**
 * GET /_matrix/federation/v1/user/devices/{userId}
 * https://spec.matrix.org/v1.19/server-server-api/#get_matrixfederationv1userdevicesuserid
 */
const devices = federationEndpoint({
  method: "GET",
  path: "/_matrix/federation/v1/user/devices/{userId}",
  handle({ server, params: { userId } }) {
    if (!server.accounts.get(userId)) return { code: "request/not-found", facts: { what: "user" } };
    const { keys, sessions } = server;
    const list = [...keys.devices.of(userId)].map(([device_id, deviceKeys]): JsonObject => {
      const name = sessions.device(userId, device_id)?.displayName;
      return { device_id, keys: deviceKeys, ...(name !== undefined && { device_display_name: name }) };
    });
    const master = keys.crossSigning.get(userId, "master");
    const selfSigning = keys.crossSigning.get(userId, "self_signing");
    return ok({
      user_id: userId,
      stream_id: keys.updates.last(userId),
      devices: list,
      ...(master && { master_key: master }),
      ...(selfSigning && { self_signing_key: selfSigning }),
    });
  },
});

export const userKeysEndpoints = [query, claim, devices];
