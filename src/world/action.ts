/** A role of the tutorial (`you`, `bo`), or a person that the learner added. */
export type PersonRef = string;
/** A room's role (`chat`) or its id (`!…`) or alias (`#…`). */
export type RoomRef = string;
/** A person's role, or a user id (`@…`). */
export type UserRef = string;

/** Fields that every action of a person has. Without `device` it is the person's first one. */
type By = { person: PersonRef; device?: string };

/**
 * Everything that a learner, a person in the scene or a solution can do: a closed union of plain data.
 * `say` names a text of the tutorial's prose, `text` is the text itself.
 */
export type Action =
  | (By & { type: "signUp"; name: string; password: string })
  | (By & { type: "signIn"; name: string; password: string })
  /** Ends this device's session at the server; the device stays in the scene, signed out. */
  | (By & { type: "signOut"; everywhere?: boolean })
  /** Deletes another session of the same account: `target` is a device of the scene. */
  | (By & { type: "endSession"; target: string; password?: string })
  | (By & {
      type: "createRoom";
      as?: RoomRef;
      name?: string;
      topic?: string;
      preset?: "private_chat" | "trusted_private_chat" | "public_chat";
      direct?: boolean;
      alias?: string;
      invite?: UserRef[];
      roomVersion?: string;
    })
  | (By & { type: "join"; room: RoomRef })
  | (By & { type: "leave"; room: RoomRef })
  | (By & { type: "invite"; room: RoomRef; user: UserRef })
  | (By & { type: "send"; in: RoomRef; say?: string; text?: string })
  | (By & { type: "redact"; in: RoomRef; event: string; reason?: string })
  /** Sends again what could not be sent, or drops it. */
  | (By & { type: "retry" | "discard"; in: RoomRef; event: string })
  | (By & { type: "setTyping"; in: RoomRef; typing: boolean })
  | (By & { type: "markRead"; in: RoomRef; event: string })
  | (By & { type: "openRoom"; room: RoomRef | null })
  | (By & { type: "loadOlder"; in: RoomRef })
  | (By & { type: "setDisplayName"; name: string })
  /** Asks the server which sessions the account has. */
  | (By & { type: "listDevices" })
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
  | { type: "stopHost" | "startHost"; host: string }
  | { type: "setSpeed"; speed: number };

export type ActionType = Action["type"];

/** What a learner can look at. `last` takes the newest match. */
export type LookTarget =
  | { exchange: { id?: number; method?: string; path?: string; from?: string; to?: string; last?: boolean } }
  | { event: { id?: string; in?: RoomRef; from?: PersonRef; last?: boolean } }
  | { host: string };

/** How a device's client shows its chats: bubbles, or lines as on a terminal. */
export type ClientManner = "bubbles" | "lines";
export type DeviceKind = "laptop" | "phone" | "tablet";

/** What became of an action. A refusal's words are in the catalogue, under its code. */
export type ActionResult =
  | { ok: true; room?: string; event?: string; user?: string }
  | {
      ok: false;
      refusal: {
        code: string;
        facts: Record<string, string | number | boolean>;
        errcode?: string;
        field?: string;
      };
    };
