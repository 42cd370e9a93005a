import * as v from "valibot";
import { serverOf } from "../../protocol/identifiers.ts";
import type { JsonObject } from "../../protocol/json.ts";
import { anyObject, objectOf } from "../http/validate.ts";
import type { Server } from "../server.ts";

/** https://spec.matrix.org/v1.19/server-server-api/#definition-mdirect_to_device */
const shape = v.looseObject({
  sender: v.string(),
  type: v.string(),
  message_id: v.string(),
  messages: objectOf(v.string(), objectOf(v.string(), anyObject)),
});

/** Takes in messages to devices here, each once. */
export function receiveDirectToDevice(server: Server, origin: string, content: JsonObject): void {
  const { success, output } = v.safeParse(shape, content);
  if (!success || serverOf(output.sender) !== origin) return;
  const { sender, type, message_id: id, messages } = output;
  if (!server.inbox.isFirstFrom(origin, id)) return;
  server.inbox.deliver({ sender, type, messages }, server.sessions);
}
