import * as v from "valibot";
import { serverOf } from "../../protocol/identifiers.ts";
import { secretToken } from "../chance.ts";
import { ok } from "../http/answer.ts";
import { anyObject, objectOf } from "../http/validate.ts";
import { endpoint } from "./endpoint.ts";

/**
 * PUT /_matrix/client/v3/sendToDevice/{eventType}/{txnId}
 * https://spec.matrix.org/v1.19/client-server-api/#put_matrixclientv3sendtodeviceeventtypetxnid
 */
const sendToDevice = endpoint({
  method: "PUT",
  path: "/_matrix/client/v3/sendToDevice/{eventType}/{txnId}",
  body: v.looseObject({ messages: objectOf(v.string(), objectOf(v.string(), anyObject)) }),
  handle({ server, session, params, body }) {
    const { userId: sender, deviceId } = session;
    const { eventType: type, txnId } = params;
    if (!server.inbox.isFirst(sender, deviceId, type, txnId)) return ok({});
    const entries = Object.entries(body.messages);
    const [here, elsewhere] = [true, false].map((isHere) =>
      entries.filter(([user]) => server.accounts.isLocal(user) === isHere),
    );
    server.inbox.deliver({ sender, type, messages: Object.fromEntries(here!) }, server.sessions);
    for (const [destination, messages] of Map.groupBy(elsewhere!, ([user]) => serverOf(user))) {
      // What is no user id is nobody's.
      if (destination === undefined) continue;
      const message_id = secretToken(server.ports.chance);
      const content = { sender, type, message_id, messages: Object.fromEntries(messages) };
      server.federation.sendEdu(destination, { edu_type: "m.direct_to_device", content });
    }
    return ok({});
  },
});

export const sendToDeviceEndpoints = [sendToDevice];
