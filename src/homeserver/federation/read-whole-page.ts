import { type Page, type PageRequest, readPage } from "../room/read-page.ts";
import { placeBefore } from "../room/room-event.ts";
import type { Reading } from "../room/visibility.ts";
import type { Server } from "../server.ts";
import { backfill, openGaps } from "./backfill.ts";

/** How often more is fetched for one page. */
const mostFetches = 5;

/** Some of a room's events, and where some of them are missing here, these are fetched first. */
export async function readWholePage(server: Server, reading: Reading, request: PageRequest): Promise<Page> {
  const { room } = reading;
  for (let fetches = 0; ; fetches++) {
    const page = readPage(reading, request);
    if (!request.backwards) return page;
    const lowest = page.end?.depth ?? request.to?.depth ?? 0;
    // Gaps in the part of the graph that the page has gone through.
    const missing = openGaps(room).filter((id) =>
      room.gaps.get(id)!.some(({ pdu }) => pdu.depth <= page.start.depth && pdu.depth >= lowest),
    );
    if (missing.length === 0) return page;
    if (fetches < mostFetches && (await backfill(server, room, missing))) continue;
    // Whoever has it may answer the next time.
    const open = new Set(openGaps(room));
    return missing.some((id) => open.has(id)) ? withEnd(page) : page;
  }
}

/** A page that is not the last one though nothing comes after it yet. */
function withEnd(page: Page): Page {
  const last = page.events.at(-1);
  return { ...page, end: page.end ?? (last ? placeBefore(last) : page.start) };
}
