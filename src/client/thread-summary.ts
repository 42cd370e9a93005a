import type { MatrixEvent, Room } from "matrix-js-sdk";
import type { ThreadSummary } from "./message-fact.ts";

/** Longer words of the newest message in a thread are cut. */
const longest = 120;

/** The thread that an event began, if it did. */
export function threadBegunBy(event: MatrixEvent, room: Room): ThreadSummary | undefined {
  const thread = room.getThread(event.getId() ?? "");
  if (!thread || thread.length <= 0) return undefined;
  const latest = thread.replyToEvent;
  const text: unknown = latest?.getContent().body;
  return {
    count: thread.length,
    ...(latest &&
      latest.getId() !== thread.id && {
        latest: {
          sender: latest.getSender() ?? "",
          senderName: latest.sender?.name ?? room.getMember(latest.getSender() ?? "")?.name ?? "",
          text: typeof text === "string" ? text.slice(0, longest) : "",
          at: latest.getTs(),
        },
      }),
    unread: room.getThreadUnreadNotificationCount(thread.id),
    highlights: room.getThreadUnreadNotificationCount(thread.id, "highlight" as never),
    more: thread.liveTimeline.getPaginationToken("b" as never) !== null,
  };
}
