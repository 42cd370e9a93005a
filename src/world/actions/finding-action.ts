import type { By, RoomRef } from "./action-by.ts";

/** What somebody looks for, or asks a server themselves. */
export type FindingAction =
  /** Without `server` the own one's directory. */
  | (By & { type: "searchDirectory"; term?: string; server?: string })
  | (By & { type: "browseSpace"; space: RoomRef })
  | (By & { type: "searchMessages"; text: string; in?: RoomRef })
  /** Asks whether the directory lists the room. */
  | (By & { type: "lookUpRoom"; room: RoomRef })
  /** A request that was written by hand. It goes to the own server, with the device's access token if it has one. */
  | (By & { type: "request"; method: string; path: string; body?: string });
