import type { AccountAction } from "./actions/account-action.ts";
import type { By, PersonRef, RoomRef } from "./actions/action-by.ts";
import type { EncryptionAction, VerificationAction } from "./actions/encryption-action.ts";
import type { Forgery } from "./actions/federation-action.ts";
import type { FindingAction } from "./actions/finding-action.ts";
import type { FileAction, MessageAction } from "./actions/message-action.ts";
import type { NotifyAction } from "./actions/notify-action.ts";
import type { RoomAction } from "./actions/room-action.ts";
import type { RoomSettingsAction } from "./actions/room-settings-action.ts";
import type { ExchangeMatch } from "./conditions/exchange-match.ts";

export type { MessageRef, PersonRef, RoomRef, UserRef } from "./actions/action-by.ts";

/** What somebody does with a client that is there already; play-TOPIC.ts says how each is played. */
export type ClientAction =
  | AccountAction
  | RoomAction
  | RoomSettingsAction
  | FindingAction
  | NotifyAction
  | MessageAction
  | EncryptionAction
  | VerificationAction
  | FileAction;

/** Everything that a learner, a person in the scene or a solution can do: a closed union of plain data. */
export type Action =
  | ClientAction
  /** Another device of the same person comes into the scene, signed out. `client` is its manner of showing chats. */
  | (By & { type: "addDevice"; device: string; client?: ClientManner; kind?: DeviceKind })
  /** The device is gone for good (a lake, a thief). Its session at the server stays until it is ended. */
  | (By & { type: "loseDevice"; device: string })
  /** Opened in the inspector, or clicked on the map. */
  | { type: "look"; person?: PersonRef; at: LookTarget }
  | { type: "answer"; quiz: string; with: string }
  /** Typed into a field of the address view. */
  | { type: "writeAddress"; field: string; text: string }
  /** Followed from the address view: a request goes to the home that the address names. */
  | { type: "openAddress"; person: PersonRef; device?: string; text: string }
  | { type: "cutLink" | "mendLink"; between: [string, string] }
  | { type: "setLink"; between: [string, string]; latency?: number; loss?: number }
  /** A crashed host starts again at once, without what it had not stored. */
  | { type: "stopHost" | "startHost" | "crashHost"; host: string }
  /** The server signs with a new key from now on. */
  | { type: "changeKey"; host: string }
  | Forgery
  | { type: "setSpeed"; speed: number };

export type ActionType = Action["type"];

/** What a learner can look at. `is` is an event's type, `last` takes the newest match. */
export type LookTarget =
  | { exchange: Omit<ExchangeMatch, "errcode"> & { last?: boolean } }
  | { event: { id?: string; in?: RoomRef; from?: PersonRef; is?: string; last?: boolean } }
  | { host: string };

/** How a device's client shows its chats: bubbles, or lines as on a terminal. */
export type ClientManner = "bubbles" | "lines";
export type DeviceKind = "laptop" | "phone" | "tablet";

/** What became of an action. A refusal's words are in the catalogue, under its code. */
export type ActionResult =
  /** `recoveryKey` is for the person alone: it is in no log. */
  | { ok: true; room?: string; event?: string; user?: string; exchange?: number; recoveryKey?: string }
  | {
      ok: false;
      refusal: {
        code: string;
        facts: Record<string, string | number | boolean>;
        errcode?: string;
        field?: string;
      };
    };
