import type { JsonObject } from "../../protocol/json.ts";
import type { Refusal } from "../../protocol/refusal.ts";
import type { Server } from "../server.ts";
import { publicSummary } from "./public-summary.ts";

/** What somebody looks for in a directory. */
export type DirectoryWishes = {
  /** Absent, or 0: as many as the server gives. */
  limit?: number | undefined;
  since?: string | undefined;
  term?: string | undefined;
  /** `null` stands for rooms of no type. */
  roomTypes?: readonly (string | null)[] | undefined;
};

/** A page of this server's directory, the room with the most members first. */
export function publishedRooms(server: Server, wishes: DirectoryWishes): JsonObject | Refusal {
  const match = /^p(\d{1,9})$/.exec(wishes.since ?? "p0");
  if (!match) return { code: "room/bad-token", facts: { token: wishes.since ?? "" } };
  const start = Number(match[1]);
  const all = server.aliases.published().flatMap((roomId) => {
    const room = server.rooms.get(roomId);
    return room ? [publicSummary(room)] : [];
  });
  const found = all.filter((summary) => isWanted(summary, wishes));
  found.sort((a, b) => Number(b.num_joined_members) - Number(a.num_joined_members));
  const { pageSize } = server.settings.limits;
  const limit = Math.min(wishes.limit || pageSize, pageSize);
  const end = start + limit;
  return {
    chunk: found.slice(start, end).map(entry),
    total_room_count_estimate: found.length,
    ...(end < found.length && { next_batch: `p${end}` }),
    ...(start > 0 && { prev_batch: `p${Math.max(0, start - limit)}` }),
  };
}

/** What the directory tells is less than a summary. */
function entry({
  room_version: _,
  encryption: __,
  allowed_room_ids: ___,
  ...summary
}: JsonObject): JsonObject {
  return summary;
}

function isWanted(summary: JsonObject, { term, roomTypes }: DirectoryWishes): boolean {
  if (roomTypes && !roomTypes.includes((summary.room_type as string | undefined) ?? null)) return false;
  if (!term) return true;
  const sought = term.toLowerCase();
  return [summary.name, summary.topic, summary.canonical_alias].some(
    (text) => typeof text === "string" && text.toLowerCase().includes(sought),
  );
}
