import * as v from "valibot";
import { isJsonObject, type JsonObject } from "../../protocol/json.ts";
import { isRefusal } from "../../protocol/refusal.ts";
import { isAnswer, ok } from "../http/answer.ts";
import { errorAnswer } from "../http/errors.ts";
import { authenticationData } from "../http/validate.ts";
import { crossSigningKeyShape } from "../keys/key-shapes.ts";
import {
  type CrossSigningUpload,
  crossSigningFault,
  keepCrossSigning,
  needsAuthentication,
} from "../keys/upload-cross-signing.ts";
import { addSignatures } from "../keys/upload-signatures.ts";
import { endpoint } from "./endpoint.ts";
import { withPassword } from "./password-stage.ts";

type UploadBody = { master_key?: JsonObject; self_signing_key?: JsonObject; user_signing_key?: JsonObject };

function uploadOf({ master_key, self_signing_key, user_signing_key }: UploadBody): CrossSigningUpload {
  return {
    ...(master_key && { master: master_key }),
    ...(self_signing_key && { self_signing: self_signing_key }),
    ...(user_signing_key && { user_signing: user_signing_key }),
  };
}

/**
 * POST /_matrix/client/v3/keys/device_signing/upload
 * https://spec.matrix.org/v1.19/client-server-api/#post_matrixclientv3keysdevice_signingupload
 */
const deviceSigning = endpoint({
  method: "POST",
  path: "/_matrix/client/v3/keys/device_signing/upload",
  body: v.looseObject({
    auth: authenticationData,
    master_key: v.optional(crossSigningKeyShape),
    self_signing_key: v.optional(crossSigningKeyShape),
    user_signing_key: v.optional(crossSigningKeyShape),
  }),
  async handle({ server, session, body }) {
    let upload = uploadOf(body as UploadBody);
    const fault = await crossSigningFault(server, session.userId, upload);
    if (fault) return fault;
    if (needsAuthentication(server, session.userId, upload)) {
      const allowed = await withPassword(server, session, "upload cross-signing keys", body);
      if (isAnswer(allowed) || isRefusal(allowed)) return allowed;
      // With what an earlier request of the authentication's session had, and this one has not.
      upload = uploadOf(allowed.body as UploadBody);
      const later = await crossSigningFault(server, session.userId, upload);
      if (later) return later;
    }
    keepCrossSigning(server, session.userId, upload);
    return ok({});
  },
});

/**
 * POST /_matrix/client/v3/keys/signatures/upload
 * https://spec.matrix.org/v1.19/client-server-api/#post_matrixclientv3keyssignaturesupload
 */
const signatures = endpoint({
  method: "POST",
  path: "/_matrix/client/v3/keys/signatures/upload",
  body: "object",
  async handle({ server, session, body }) {
    const targets: { user: string; keyId: string; object: JsonObject }[] = [];
    for (const [user, objects] of Object.entries(body)) {
      for (const [keyId, object] of Object.entries(isJsonObject(objects) ? objects : { "": null })) {
        if (!isJsonObject(object)) {
          const facts = { name: user, expected: "keys with their signatures", found: "something else" };
          return { code: "request/wrong-type", facts };
        }
        targets.push({ user, keyId, object });
      }
    }
    const failures = new Map<string, [keyId: string, error: JsonObject][]>();
    for (const target of targets) {
      const fault = await addSignatures(server, session.userId, target);
      if (!fault) continue;
      const ofUser = failures.get(target.user) ?? [];
      failures.set(target.user, [...ofUser, [target.keyId, errorAnswer(fault).body as JsonObject]]);
    }
    const byUser = [...failures].map(([user, faults]) => [user, Object.fromEntries(faults)] as const);
    return ok({ failures: Object.fromEntries(byUser) });
  },
});

export const crossSigningEndpoints = [deviceSigning, signatures];
