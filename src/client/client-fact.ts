import type { Json, JsonObject } from "../protocol/json.ts";
import type { CryptoFact } from "./crypto/crypto-fact.ts";
import type { MessageFact, ThreadSummary } from "./message-fact.ts";
import type { RoomFact } from "./room-facts.ts";

/** Where a client stands with its account. */
export type SessionState =
  /** Shows the forms to sign up or in. */
  | { state: "signed-out"; reason?: "never" | "by-choice" | "elsewhere" | "keys-lost" }
  | { state: "starting"; user: string }
  | { state: "syncing"; user: string; device: string }
  /** Signed in, but its homeserver does not answer; it keeps trying. */
  | { state: "offline"; user: string; device: string };

/** A room as a client's list shows it. */
export type RoomSummary = {
  id: string;
  /** The name as the specification calculates it for this user. */
  name: string;
  topic?: string;
  alias?: string;
  avatar?: string;
  membership: "join" | "invite" | "knock" | "leave" | "ban";
  direct: boolean;
  /** Who invited this user, while the invitation stands. */
  inviter?: string;
  joined: number;
  invited: number;
  unread: number;
  highlights: number;
  /** Somebody put it aside for later. */
  markedUnread?: true;
  encrypted: boolean;
  roomVersion?: string;
  /** Sender's name and start of the newest message. */
  latest?: { sender: string; text: string; at: number };
  /** May this user send messages, invite, …, by power level. */
  may: { send: boolean; invite: boolean; redact: boolean; changeName: boolean };
};

export type ShownMember = {
  user: string;
  name: string;
  membership: "join" | "invite" | "knock" | "leave" | "ban";
  power: number;
};

/** What is doubtful about who wrote an encrypted message. */
export type Shield = { colour: "grey" | "red"; reason: string };

/** One event as a client's timeline shows it. */
export type ShownEvent = {
  /** The event's id, or `~` and the transaction id while the own server has not accepted it. */
  id: string;
  transaction?: string;
  type: string;
  stateKey?: string;
  sender: string;
  /** The sender's display name in this room at that time. */
  senderName: string;
  at: number;
  content: JsonObject;
  /** Content that it replaces, for state events. */
  before?: JsonObject;
  status: "sending" | "sent" | "failed" | "waiting";
  /** Why it failed, as the server's errcode. */
  errcode?: string;
  /** Encrypted events: whether this device can read it and why not, and with which message key it was sealed. */
  sealed?: { open: boolean; reason?: string; session?: string; index?: number; shield?: Shield };
  /** `pending` until the own server has accepted it. */
  redacted?: { by: string; reason?: string; pending?: true };
  edited?: boolean;
  /** An edit is on its way. */
  editing?: boolean;
  replyTo?: string;
  /** The root of the thread that it is in; absent at the root itself. */
  thread?: string;
  /** The thread that it began. */
  began?: ThreadSummary;
  reactions?: { key: string; senders: string[] }[];
};

/** What a client shows changed. Every chat view is a fold over these. */
export type ClientFact =
  | RoomFact
  | CryptoFact
  | MessageFact
  | { type: "session"; session: SessionState; displayName?: string }
  /** A room came into the list, or its line there changed. */
  | { type: "room"; room: RoomSummary }
  | { type: "room-gone"; room: string }
  /** An event is shown, at the end of the timeline or (older ones, loaded later) at its start. `replaces` takes a local echo's place. */
  | { type: "event"; room: string; event: ShownEvent; place: "end" | "start"; replaces?: string }
  | { type: "event-gone"; room: string; event: string }
  /** Is there more before the first event that is shown? */
  | { type: "history"; room: string; more: boolean }
  /** The timeline shown so far is dropped: a gap came between (a limited sync). */
  | { type: "timeline-reset"; room: string }
  /** Members that are new or changed. */
  | { type: "members"; room: string; members: ShownMember[] }
  | { type: "typing"; room: string; users: string[] }
  /** `thread` is the root's id where a thread was read, absent for the room's own timeline. */
  | { type: "receipt"; room: string; user: string; event: string; thread?: string }
  | { type: "read-marker"; room: string; event: string }
  /** The account's devices, as its server lists them. */
  | { type: "devices"; devices: { id: string; name?: string; current: boolean }[] }
  /** Which room the device has open; the learner's choice. */
  | { type: "open-room"; room: string | null }
  | { type: "account-data"; kind: string; content: Json };
