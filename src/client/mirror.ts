import type { MatrixClient, MatrixEvent, Room, RoomMember } from "matrix-js-sdk";
import type { JsonObject } from "../protocol/json.ts";
import type { ClientFact, SessionState, ShownMember } from "./client-fact.ts";
import { laterTurn } from "./later-turn.ts";
import { LiveEvents } from "./live-events.ts";
import type { Outbox } from "./outbox.ts";
import { roomSummary, shownMembers } from "./room-summary.ts";
import type { Sdk } from "./sdk.ts";
import { ShownRoomState } from "./shown-room-state.ts";
import type { ShownState } from "./shown-state.ts";
import { ShownTimeline } from "./shown-timeline.ts";

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

/**
 * Tells, as facts, what a client shows. It looks at what the SDK has after each change and tells the difference
 * to what it told before, so that it cannot miss anything or tell it twice.
 */
export class Mirror {
  #settings: MirrorSettings;
  #timelines = new Map<string, { live: LiveEvents; shown: ShownTimeline }>();
  #roomState = new ShownRoomState();
  #dirtyRooms = new Set<string>();
  #resetRooms = new Set<string>();
  #receipts = new Map<string, Set<string>>();
  #session: SessionState | undefined;
  #name: string | undefined;
  #prepared = false;
  #scheduled = false;
  #stopped = false;

  constructor(settings: MirrorSettings) {
    this.#settings = settings;
    for (const room of settings.shown.rooms()) {
      this.#timeline(room).shown.restore(settings.shown.timelines.get(room) ?? []);
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

  /** Messages wait for the network, or do so no more: the SDK does not know. */
  touchPending(): void {
    for (const room of this.#settings.client.getRooms()) {
      for (const event of room.getPendingEvents()) this.#touchEvent(event, room);
    }
  }

  #listen(): void {
    const { sdk, client } = this.#settings;
    const { ClientEvent, RoomEvent, RoomStateEvent, RoomMemberEvent, MatrixEventEvent } = sdk;
    const roomChanged = (room: Room | undefined): void => {
      if (room) this.#touchRoom(room.roomId);
    };
    client.on(ClientEvent.Sync, (state, _before, data) => {
      if (state === "PREPARED") this.#prepared = true;
      if (data?.error && (data.error as { errcode?: string }).errcode === "M_UNKNOWN_TOKEN") return;
      this.#syncStateChanged(state);
      this.flush();
    });
    client.on(ClientEvent.Room, roomChanged);
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
    client.on(RoomEvent.UnreadNotifications as never, (() => this.#touchAll()) as never);
    client.on(RoomEvent.Timeline, (event, room) => {
      if (room) this.#touchEvent(event, room);
      const target = event.getRelation()?.event_id ?? event.getAssociatedId();
      const related = target !== undefined && room?.findEventById(target);
      if (room && related) this.#touchEvent(related, room);
    });
    client.on(RoomEvent.TimelineReset, (room) => {
      if (room) this.#resetRooms.add(room.roomId);
      roomChanged(room);
    });
    client.on(RoomEvent.LocalEchoUpdated, (event, room) => this.#touchEvent(event, room));
    client.on(RoomEvent.Redaction, (event, room) => {
      const target = event.getAssociatedId();
      const redacted = target !== undefined && room.findEventById(target);
      if (redacted) this.#touchEvent(redacted, room);
      roomChanged(room);
    });
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
    // Until the SDK hears of a name, the user id stands for it.
    const displayName = named === userId ? this.#name : (named ?? this.#name);
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
    this.#timeline(room.roomId).live.touch(event);
    this.#touchRoom(room.roomId);
  }

  #timeline(room: string): { live: LiveEvents; shown: ShownTimeline } {
    const known = this.#timelines.get(room);
    if (known) return known;
    const timeline = {
      live: new LiveEvents(this.#settings.outbox, this.#settings.now),
      shown: new ShownTimeline(room),
    };
    this.#timelines.set(room, timeline);
    return timeline;
  }

  #touchAll(): void {
    for (const room of this.#settings.client.getRooms()) this.#touchRoom(room.roomId);
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
    const { live, shown: timeline } = this.#timeline(id);
    const facts: ClientFact[] = this.#resetRooms.delete(id) ? timeline.reset() : [];
    if (!isInvitation(room)) {
      const { from, events } = live.read(room, () => timeline.events);
      facts.push(...timeline.show(events, from));
    }
    const more = room.getLiveTimeline().getPaginationToken("b" as never) !== null;

    this.#tell({ type: "room", room: roomSummary(client, room, timeline.newest) });
    const members = shownMembers(room).filter((member) => this.#isNewMember(id, member));
    if (members.length > 0) this.#tell({ type: "members", room: id, members });
    const state = this.#roomState.changes(room, (name) => this.#settings.shown.latest.get(name));
    if (state.length > 0) this.#tell({ type: "state", room: id, events: state });
    if (facts.length > 0 && !this.#stopped) this.#settings.report(facts);
    this.#tell({ type: "history", room: id, more }, { type: "typing", room: id, users: typingIn(room) });
    const marker: unknown = room.getAccountData("m.fully_read")?.getContent().event_id;
    if (typeof marker === "string") this.#tell({ type: "read-marker", room: id, event: marker });
    for (const user of this.#receipts.get(id) ?? []) {
      const event = room.getEventReadUpTo(user);
      if (event !== null) this.#tell({ type: "receipt", room: id, user, event });
    }
    this.#receipts.delete(id);
  }

  #isNewMember(room: string, member: ShownMember): boolean {
    return this.#settings.shown.latest.get(`member ${room} ${member.user}`) !== JSON.stringify(member);
  }

  #receiptsOf(room: Room, content: Record<string, Record<string, Record<string, unknown>>>): void {
    const users = this.#receipts.get(room.roomId) ?? new Set<string>();
    this.#receipts.set(room.roomId, users);
    for (const byType of Object.values(content)) {
      for (const type of ["m.read", "m.read.private"]) {
        for (const user of Object.keys(byType[type] ?? {})) users.add(user);
      }
    }
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
