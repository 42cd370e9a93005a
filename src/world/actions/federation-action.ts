import type { JsonObject } from "../../protocol/json.ts";
import type { ForgedSignature } from "../../simulation/forge.ts";
import type { PersonRef, RoomRef } from "./action-by.ts";

/** A server sends a forged event to the others in the room. */
export type Forgery = {
  type: "forge";
  server: string;
  in: RoomRef;
  /** The event that is edited: the newest of this type and person. */
  from?: PersonRef;
  event?: string;
  /** What is put into it; `content` goes over its content, all else takes the place of what was there. */
  change?: JsonObject;
  /** The whole event, as it was edited by hand. */
  pdu?: JsonObject;
  hash?: "fits" | "kept";
  sign?: ForgedSignature;
  /** The name that the server gives itself. */
  claim?: string;
  /** Whom it tries to fool; all others in the room where nothing is said. */
  to?: string[];
};
