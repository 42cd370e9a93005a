import type { MatrixClient, MatrixEvent, Room, RoomMember, Thread } from "matrix-js-sdk";
import type { JsonObject } from "../protocol/json.ts";
import { cutTimeline, isTooLong } from "./bounded-timeline.ts";
import type { ClientFact, SessionState, ShownMember } from "./client-fact.ts";
import { laterTurn } from "./later-turn.ts";
import { LiveEvents } from "./live-events.ts";
import type { Outbox } from "./outbox.ts";
import { type ReadBy, type ReceiptContent, readBy } from "./read-by.ts";
import { roomSummary, shownMembers } from "./room-summary.ts";
import type { Sdk } from "./sdk.ts";
import { ShownRoomState } from "./shown-room-state.ts";
import type { ShownState } from "./shown-state.ts";
import { ShownTimeline } from "./shown-timeline.ts";
import { ThreadTimelines } from "./thread-timelines.ts";

export type MirrorSettings = {
  sdk: Sdk;
  client: MatrixClient;
  /** What an earlier run has shown of this client. */
  shown: ShownState;
  outbox: Outbox;
  /** Time, as the client's world has it, milliseconds since 1970. */
  now(): number;
  report(facts: ClientFact[]): void;
};

type Timelines = { live: LiveEvents; shown: ShownTimeline; threads: ThreadTimelines };

/**
 * Tells, as facts, what a client shows. It looks at what the SDK has after each change and tells the difference
 * to what it told before, so that it cannot miss anything or tell it twice.
 */
export class Mirror {
  #settings: MirrorSettings;
  #roomState = new ShownRoomState();
  #timelines = new Map<string, Timelines>();
  /** What reactions, edits and deletions are about. */
  #targets = new WeakMap<MatrixEvent, MatrixEvent>();
  #dirtyRooms = new Set<string>();
  #resetRooms = new Set<string>();
  #receipts = new Map<string, ReadBy[]>();
  /** The room whose older events were asked for, and those whose timelines are being cut. */
  #held: string | undefined;
  #cutting = new Set<string>();
  #session: SessionState | undefined;
  #name: string | undefined;
  #prepared = false;
  #scheduled = false;
  #stopped = false;

  constructor(settings: MirrorSettings) {
    this.#settings = settings;
    for (const room of settings.shown.rooms()) {
      const events = settings.shown.timelines.get(room) ?? [];
      this.#timeline(room).shown.restore(events.filter(({ thread }) => thread === undefined));
      this.#timeline(room).threads.restore(events);
    }
    this.#listen();
  }

  /** The mirror tells nothing more. */
  stop(): void {
    this.#stopped = true;
  }

  setSession(session: SessionState): void {
    this.#session = session;
    this.#tellSession();
  }

  setName(name: string): void {
    this.#name = name;
    this.#tellSession();
  }

  /** Something about an event that is shown has changed, though the SDK says nothing. */
  touch(event: MatrixEvent): void {
    const room = this.#settings.client.getRoom(event.getRoomId());
    if (room) this.#touchEvent(event, room);
  }

  /** Messages wait for the network, or do so no more: the SDK does not know. */
  touchPending(): void {
    for (const room of this.#settings.client.getRooms()) {
      for (const event of room.getPendingEvents()) this.#touchEvent(event, room);
    }
  }

  #listen(): void {
    const { sdk, client } = this.#settings;
    const { ClientEvent, RoomEvent, RoomStateEvent, RoomMemberEvent, MatrixEventEvent, ThreadEvent } = sdk;
    const roomChanged = (room: Room | undefined): void => {
      if (room) this.#touchRoom(room.roomId);
    };
    const threadChanged = (thread: Thread): void => {
      if (thread.rootEvent) this.#touchEvent(thread.rootEvent, thread.room);
      for (const event of thread.events) this.#timeline(thread.roomId).threads.touch(event);
      this.#touchRoom(thread.roomId);
    };
    client.on(ClientEvent.Sync, (state, _before, data) => {
      if (state === "PREPARED") this.#prepared = true;
      if (data?.error && (data.error as { errcode?: string }).errcode === "M_UNKNOWN_TOKEN") return;
      // What comes from the client's own store says nothing of the homeserver.
      if (!data?.fromCache) this.#syncStateChanged(state);
      this.flush();
    });
    client.on(ClientEvent.Room, (room) => {
      roomChanged(room);
      room.on(ThreadEvent.New, threadChanged);
      room.on(ThreadEvent.Update, threadChanged);
      room.on(RoomEvent.UnreadNotifications, () => roomChanged(room));
    });
    client.on(ClientEvent.DeleteRoom, (room) => this.#dropRoom(room));
    client.on(ClientEvent.AccountData, (event) => {
      if (event.getType() === "m.direct") for (const room of client.getRooms()) roomChanged(room);
      this.#tell({
        type: "account-data",
        kind: event.getType(),
        content: structuredClone(event.getContent()) as JsonObject,
      });
    });
    client.on(sdk.UserEvent.DisplayName, (_event, user) => {
      if (user.userId === client.getUserId()) this.#tellSession();
    });
    client.on(RoomEvent.Name, roomChanged);
    client.on(RoomEvent.MyMembership, roomChanged);
    client.on(RoomEvent.AccountData, (_event, room) => roomChanged(room));
    client.on(RoomEvent.Timeline, (event, room) => {
      if (room) this.#touchWithTarget(event, room);
    });
    client.on(RoomEvent.TimelineReset, (room, timelines) => {
      // Threads tell of theirs the same way.
      if (room && timelines === room.getUnfilteredTimelineSet()) this.#resetRooms.add(room.roomId);
      roomChanged(room);
    });
    client.on(RoomEvent.LocalEchoUpdated, (event, room) => this.#touchWithTarget(event, room));
    client.on(RoomEvent.Redaction, (event, room) => this.#touchWithTarget(event, room));
    client.on(RoomEvent.Receipt, (event, room) => {
      this.#receiptsOf(room, event.getContent());
      roomChanged(room);
    });
    client.on(RoomStateEvent.Events, (event) => this.#touchRoom(event.getRoomId() ?? ""));
    client.on(RoomStateEvent.Members, (_event, _state, member) => this.#touchRoom(member.roomId));
    client.on(RoomMemberEvent.Typing, (_event, member: RoomMember) => this.#touchRoom(member.roomId));
    client.on(MatrixEventEvent.Decrypted, (event) => {
      const room = client.getRoom(event.getRoomId());
      if (room) this.#touchEvent(event, room);
    });
  }

  #syncStateChanged(state: string): void {
    const user = this.#settings.client.getSafeUserId();
    const device = this.#settings.client.getDeviceId() ?? "";
    if (state === "PREPARED" || state === "SYNCING") this.setSession({ state: "syncing", user, device });
    else if (state === "RECONNECTING" || state === "ERROR")
      this.setSession({ state: "offline", user, device });
  }

  #tellSession(): void {
    if (!this.#session) return;
    const { client } = this.#settings;
    const userId = client.getUserId();
    const named = userId === null ? undefined : client.getUser(userId)?.displayName;
    // Until the SDK hears of a name, the user id stands for it. Who has none is called by the first part of it.
    const first = userId?.slice(1).split(":")[0];
    const displayName = named === undefined || named === userId ? (this.#name ?? first) : named;
    this.#tell({
      type: "session",
      session: this.#session,
      ...(displayName !== undefined && { displayName }),
    });
  }

  #tell(...facts: ClientFact[]): void {
    if (this.#stopped) return;
    const news = facts.filter((fact) => this.#settings.shown.isNews(fact));
    if (news.length > 0) this.#settings.report(news);
  }

  #touchEvent(event: MatrixEvent, room: Room): void {
    const { live, threads } = this.#timeline(room.roomId);
    live.touch(event);
    threads.touch(event);
    this.#touchRoom(room.roomId);
  }

  /** The event, and the one that it reacts to, edits or deletes. */
  #touchWithTarget(event: MatrixEvent, room: Room): void {
    this.#touchEvent(event, room);
    const target = event.getRelation()?.event_id ?? event.getAssociatedId();
    const related = target === undefined ? undefined : room.findEventById(target);
    if (!related) return;
    this.#targets.set(event, related);
    this.#touchEvent(related, room);
    // A reaction that is deleted was one to something, but does not say so any more.
    const changed = this.#targets.get(related);
    if (changed) this.#touchEvent(changed, room);
  }

  #timeline(room: string): Timelines {
    const known = this.#timelines.get(room);
    if (known) return known;
    const timeline = {
      live: new LiveEvents(this.#settings.outbox, this.#settings.now),
      shown: new ShownTimeline(room),
      threads: new ThreadTimelines(room, this.#settings.outbox),
    };
    this.#timelines.set(room, timeline);
    return timeline;
  }

  #touchRoom(room: string): void {
    this.#dirtyRooms.add(room);
    if (this.#scheduled) return;
    this.#scheduled = true;
    // After what the SDK is doing now, so that nothing half done is shown.
    laterTurn(() => {
      this.#scheduled = false;
      this.flush();
    });
  }

  /** Tells what has changed. Before the first sync is through there is nothing to tell. */
  flush(): void {
    if (!this.#prepared || this.#stopped) return;
    const { client } = this.#settings;
    if (this.#dirtyRooms.size > 0) this.#tellSession();
    for (const id of this.#dirtyRooms) {
      const room = client.getRoom(id);
      if (room) this.#flushRoom(room);
    }
    this.#dirtyRooms.clear();
    for (const id of this.#timelines.keys()) if (!client.getRoom(id)) this.#dropRoom(id);
  }

  #dropRoom(room: string): void {
    if (!this.#timelines.delete(room)) return;
    this.#settings.shown.forgetRoom(room);
    if (!this.#stopped) this.#settings.report([{ type: "room-gone", room }]);
  }

  #flushRoom(room: Room): void {
    const { client } = this.#settings;
    const id = room.roomId;
    const { live, shown: timeline, threads } = this.#timeline(id);
    const isReset = this.#resetRooms.delete(id);
    const facts: ClientFact[] = isReset ? timeline.reset() : [];
    if (isReset) threads.reset();
    if (!isInvitation(room)) {
      for (const root of threads.changedRoots(room)) live.touch(root);
      const { from, events } = live.read(room, () => timeline.events);
      facts.push(...timeline.show(events, from), ...threads.show(room));
    }
    const first = room.getLiveTimeline();
    // A server gives a token even where the room begins.
    const more =
      first.getPaginationToken("b" as never) !== null && first.getEvents()[0]?.getType() !== "m.room.create";

    this.#tell({ type: "room", room: roomSummary(client, room, timeline.newest) });
    const members = shownMembers(room).filter((member) => this.#isNewMember(id, member));
    if (members.length > 0) this.#tell({ type: "members", room: id, members });
    const state = this.#roomState.changes(room, (name) => this.#settings.shown.latest.get(name));
    if (state.length > 0) this.#tell({ type: "state", room: id, events: state });
    if (facts.length > 0 && !this.#stopped) this.#settings.report(facts);
    this.#tell({ type: "history", room: id, more }, { type: "typing", room: id, users: typingIn(room) });
    const marker: unknown = room.getAccountData("m.fully_read")?.getContent().event_id;
    if (typeof marker === "string") this.#tell({ type: "read-marker", room: id, event: marker });
    for (const { user, thread } of this.#receipts.get(id) ?? []) {
      const place = thread === undefined ? room : room.getThread(thread);
      const event = place?.getEventReadUpTo(user);
      if (typeof event === "string")
        this.#tell({ type: "receipt", room: id, user, event, ...(thread !== undefined && { thread }) });
    }
    this.#receipts.delete(id);
    if (isTooLong(room) && this.#held !== id) void this.#cut(room);
  }

  /** The room's timeline stays as long as it is while somebody looks for what is older. */
  hold(room: string | undefined): void {
    this.#held = room;
  }

  async #cut(room: Room): Promise<void> {
    const id = room.roomId;
    if (this.#cutting.has(id)) return;
    this.#cutting.add(id);
    // Without an answer the timeline stays, and is cut another time.
    const first = await cutTimeline(this.#settings.client, room).catch(() => undefined);
    this.#cutting.delete(id);
    const facts = first === undefined ? [] : this.#timeline(id).shown.cutBefore(first);
    if (facts.length === 0 || this.#stopped) return;
    this.#settings.report(facts);
    this.#touchRoom(id);
  }

  #isNewMember(room: string, member: ShownMember): boolean {
    return this.#settings.shown.latest.get(`member ${room} ${member.user}`) !== JSON.stringify(member);
  }

  #receiptsOf(room: Room, content: ReceiptContent): void {
    this.#receipts.set(room.roomId, [...(this.#receipts.get(room.roomId) ?? []), ...readBy(content)]);
  }
}

/** Of a room that one is not in nobody has a timeline. */
function isInvitation(room: Room): boolean {
  return room.getMyMembership() === "invite" || room.getMyMembership() === "knock";
}

function typingIn(room: Room): string[] {
  return room.currentState
    .getMembers()
    .filter((member) => member.typing && member.userId !== room.myUserId)
    .map((member) => member.userId);
}
