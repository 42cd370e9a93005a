import { type Page, type PageRequest, readPage } from "../room/read-page.ts";
import type { Reading } from "../room/visibility.ts";
import type { Server } from "../server.ts";
import { backfill, openGaps } from "./backfill.ts";

/** How often more is fetched for one page. */
const mostFetches = 5;

/** Some of a room's events, and where some of them are missing here, these are fetched first. */
export async function readWholePage(server: Server, reading: Reading, request: PageRequest): Promise<Page> {
  const { room } = reading;
  for (let fetches = 0; fetches < mostFetches; fetches++) {
    const page = readPage(reading, request);
    if (!request.backwards) return page;
    const lowest = page.end?.depth ?? request.to?.depth ?? 0;
    // Gaps in the part of the graph that the page has gone through.
    const missing = openGaps(room).filter((id) =>
      room.gaps.get(id)!.some(({ pdu }) => pdu.depth <= page.start.depth && pdu.depth >= lowest),
    );
    if (missing.length === 0 || !(await backfill(server, room, missing))) return page;
  }
  return readPage(reading, request);
}
