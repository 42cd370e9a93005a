import type { JsonObject } from "../../protocol/json.ts";
import { isRefusal } from "../../protocol/refusal.ts";
import { syncToken } from "../client-api/tokens.ts";
import { deviceListNews } from "../keys/device-list-news.ts";
import type { Server } from "../server.ts";
import { keyOf } from "../store/table.ts";
import { ignoredUsers } from "../users/ignored-users.ts";
import { blocksInvites } from "../users/invite-permission.ts";
import { type FilterTests, filterTests, type SyncRequest, type SyncRound } from "./sync-request.ts";
import { syncRooms } from "./sync-rooms.ts";

/** Answers at once if there is something to tell; else waits for it, as long as the client wants. */
export async function sync(server: Server, request: SyncRequest, signal: AbortSignal): Promise<JsonObject> {
  const { userId, deviceId } = request.session;
  const tests = filterTests(request.filter);
  if (request.since === undefined) server.knownMembers.forget(keyOf(userId, deviceId));
  else server.inbox.acknowledge(userId, deviceId, request.messagesSince ?? request.since);
  const first = syncOnce(server, request, tests);
  if (!first.isEmpty || request.since === undefined || request.fullState || request.timeout <= 0)
    return first.json;
  const poll = server.notifier.poll(
    userId,
    Math.min(request.timeout, server.settings.limits.pollTime),
    signal,
  );
  try {
    let answer = first;
    while (answer.isEmpty && (await poll.next()) && isAtWork(server, request)) {
      answer = syncOnce(server, request, tests);
    }
    // What nobody was to be told has moved the stream on all the same.
    return answer.isEmpty ? syncOnce(server, request, tests).json : answer.json;
  } finally {
    poll.end();
  }
}

/** Whether the asker is still signed in, and not locked out. */
function isAtWork({ sessions, accounts }: Server, { session }: SyncRequest): boolean {
  return !isRefusal(sessions.find(session.token)) && !accounts.get(session.userId)?.locked;
}

function syncOnce(
  server: Server,
  request: SyncRequest,
  tests: FilterTests,
): { json: JsonObject; isEmpty: boolean } {
  const { userId, deviceId } = request.session;
  const { since } = request;
  const round: SyncRound = {
    ...request,
    server,
    userId,
    tests,
    until: server.stream.position,
    now: server.ports.clock.now(),
    ignored: ignoredUsers(server.accountData, userId),
    blocksInvites: blocksInvites(server.accountData, userId),
  };
  const { own, byRoom } = accountData(round);
  const rooms = syncRooms(round, byRoom);
  const presence = server.presence.changedSince(userId, since).filter((event) => passes(round, event));
  const messages = server.inbox.waiting(userId, deviceId);
  const lists = since === undefined ? undefined : deviceListNews(server, userId, since);
  const news =
    own.length + presence.length + messages.length + (lists?.changed.length ?? 0) + (lists?.left.length ?? 0);
  const isEmpty = news === 0 && Object.keys(rooms).length === 0;
  return {
    isEmpty,
    json: {
      next_batch: syncToken({
        position: round.until,
        messages: server.inbox.lastGiven(userId, deviceId) ?? round.until,
      }),
      ...(Object.keys(rooms).length > 0 && { rooms }),
      account_data: { events: own },
      presence: { events: presence },
      to_device: { events: messages },
      ...(lists && { device_lists: { changed: lists.changed, left: lists.left } }),
      device_one_time_keys_count: server.keys.oneTime.counts(userId, deviceId),
      device_unused_fallback_key_types: server.keys.oneTime.unusedFallbacks(userId, deviceId),
    },
  };
}

function passes({ tests, ignored }: SyncRound, event: JsonObject): boolean {
  const { type, sender, content } = event as { type: string; sender: string; content: JsonObject };
  return !ignored.has(sender) && (!tests.presence || tests.presence({ type, sender, content }));
}

/** What changed of the user's account data, that of rooms apart. */
function accountData({ server, userId, since, tests }: SyncRound): {
  own: JsonObject[];
  byRoom: Map<string, JsonObject[]>;
} {
  const own: JsonObject[] = [];
  const byRoom = new Map<string, JsonObject[]>();
  for (const { room, type, content } of server.accountData.changedSince(userId, since)) {
    const test = room === undefined ? tests.accountData : tests.roomAccountData;
    if (test && !test({ type, content })) continue;
    if (room === undefined) own.push({ type, content });
    else byRoom.set(room, [...(byRoom.get(room) ?? []), { type, content }]);
  }
  return { own, byRoom };
}
