import { parseRoomAlias } from "../../protocol/identifiers.ts";
import type { Json, JsonObject } from "../../protocol/json.ts";
import { isRefusal, type Refusal } from "../../protocol/refusal.ts";
import type { Server } from "../server.ts";
import type { Room } from "./room.ts";

/**
 * What is wrong with a new `m.room.canonical_alias`: aliases that come with it have to lead to the room.
 * https://spec.matrix.org/v1.19/client-server-api/#put_matrixclientv3roomsroomidstateeventtypestatekey
 */
export function canonicalAliasFault(server: Server, room: Room, content: JsonObject): Refusal | undefined {
  const before = new Set(aliasesIn(room.state("m.room.canonical_alias")?.pdu.content ?? {}));
  for (const alias of aliasesIn(content)) {
    if (before.has(alias)) continue;
    const parsed = typeof alias === "string" ? parseRoomAlias(alias) : notText;
    if (isRefusal(parsed)) return parsed;
    if (server.aliases.get(parsed.text)?.room !== room.id) {
      return { code: "room/bad-alias", facts: { alias: parsed.text } };
    }
  }
  return undefined;
}

const notText: Refusal = { code: "identifier/wrong-sigil", facts: { text: "", kind: "alias" } };

function aliasesIn({ alias, alt_aliases: others }: JsonObject): Json[] {
  const all = [
    ...(alias === undefined || alias === "" ? [] : [alias]),
    ...(Array.isArray(others) ? others : []),
  ];
  return all.filter((value) => value !== null);
}
