import type { AuthState } from "../../protocol/auth-rules.ts";
import { stateKeyOf } from "../../protocol/state-resolution.ts";
import type { RoomState } from "./room-event.ts";

/** A state as the authorisation rules look at it. */
export function authState(state: RoomState): AuthState {
  const create = state.get(createKey);
  return {
    create: create?.pdu,
    ...(create && { createId: create.id }),
    get: (type, stateKey) => state.get(stateKeyOf(type, stateKey))?.pdu,
  };
}

const createKey = stateKeyOf("m.room.create", "");
