import * as v from "valibot";
import { isJsonObject } from "../../protocol/json.ts";
import { ok } from "../http/answer.ts";
import { anyObject } from "../http/validate.ts";
import { endpoint } from "./endpoint.ts";

/**
 * PUT /_matrix/client/v3/sendToDevice/{eventType}/{txnId}
 * https://spec.matrix.org/v1.19/client-server-api/#put_matrixclientv3sendtodeviceeventtypetxnid
 */
const sendToDevice = endpoint({
  method: "PUT",
  path: "/_matrix/client/v3/sendToDevice/{eventType}/{txnId}",
  body: v.looseObject({ messages: anyObject }),
  handle({ server, session, params, body }) {
    const { userId: sender, deviceId } = session;
    const { eventType: type, txnId } = params;
    for (const [user, devices] of Object.entries(body.messages)) {
      const isWrong = !isJsonObject(devices) || !Object.values(devices).every(isJsonObject);
      if (isWrong) {
        const facts = {
          name: `messages.${user}`,
          expected: "devices with their messages",
          found: "something else",
        };
        return { code: "request/wrong-type", facts };
      }
    }
    if (!server.inbox.isFirst(sender, deviceId, type, txnId)) return ok({});
    for (const [user, devices] of Object.entries(body.messages)) {
      for (const [device, content] of Object.entries(devices as Record<string, typeof body.messages>)) {
        const targets = device === "*" ? server.sessions.devicesOf(user) : [device];
        for (const target of targets) {
          // A device that is not, or no longer, here gets nothing; nobody learns of that.
          if (server.sessions.device(user, target)) server.inbox.put(user, target, { type, sender, content });
        }
      }
    }
    return ok({});
  },
});

export const sendToDeviceEndpoints = [sendToDevice];
