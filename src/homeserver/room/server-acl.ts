import type { Json } from "../../protocol/json.ts";
import { isRefusal } from "../../protocol/refusal.ts";
import { parseServerName } from "../../protocol/server-name.ts";
import { globMatches } from "../push/glob.ts";
import type { Room } from "./room.ts";

/**
 * Whether a server may take part in a room.
 * https://spec.matrix.org/v1.19/client-server-api/#mroomserver_acl
 */
export function mayTakePart(room: Room, server: string): boolean {
  const acl = room.state("m.room.server_acl")?.pdu.content;
  // 1. If there is no m.room.server_acl event in the room state, allow.
  if (!acl) return true;
  const name = parseServerName(server);
  if (isRefusal(name)) return false;
  // 2. If the server name is an IP address (v4 or v6) literal, and allow_ip_literals is present and false, deny.
  if (name.hostKind !== "dns" && acl.allow_ip_literals === false) return false;
  const matches = (list: Json | undefined) =>
    Array.isArray(list) && list.some((glob) => typeof glob === "string" && globMatches(glob, name.host));
  // 3. If the server name matches an entry in the deny list, deny.
  if (matches(acl.deny)) return false;
  // 4. If the server name matches an entry in the allow list, allow. 5. Otherwise, deny.
  return matches(acl.allow);
}
