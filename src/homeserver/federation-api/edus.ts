import { canonicalFault } from "../../protocol/canonical-json.ts";
import { isJsonObject, type Json, type JsonObject } from "../../protocol/json.ts";
import type { Server } from "../server.ts";
import { receiveDeviceListUpdate, receiveSigningKeyUpdate } from "./device-lists.ts";
import { receiveDirectToDevice } from "./direct-to-device.ts";
import { receivePresence } from "./presence.ts";
import { receiveReceipts } from "./receipts.ts";
import { receiveTyping } from "./typing.ts";

/** Takes in one kind of EDU. What in it is wrong, or of others than the server that sends it, is passed over. */
export type EduHandler = (server: Server, origin: string, content: JsonObject) => void | Promise<void>;

/** What is done with each kind. https://spec.matrix.org/v1.19/server-server-api/#edus */
const handlers: Readonly<Record<string, EduHandler>> = {
  "m.typing": receiveTyping,
  "m.receipt": receiveReceipts,
  "m.presence": receivePresence,
  "m.device_list_update": receiveDeviceListUpdate,
  "m.signing_key_update": receiveSigningKeyUpdate,
  "m.direct_to_device": receiveDirectToDevice,
};

/** Takes in an EDU; of a kind that is not known nothing comes. */
export async function receiveEdu(server: Server, origin: string, edu: Json): Promise<void> {
  if (!isJsonObject(edu) || typeof edu.edu_type !== "string" || !isJsonObject(edu.content)) return;
  const handler = Object.hasOwn(handlers, edu.edu_type) ? handlers[edu.edu_type] : undefined;
  if (handler && !canonicalFault(edu.content)) await handler(server, origin, edu.content);
}
