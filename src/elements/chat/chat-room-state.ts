import { allowedRoomsOf, isChild, isSpace, powersOf, type StateOf } from "../../client/room-state.ts";
import type { PowerLevels } from "../../protocol/power-levels.ts";
import { type ChatRoom, type ChatState, userOf } from "./chat-fold.ts";

/** Looks up what a room's state holds, as this device knows it. */
export function stateOf(room: ChatRoom | undefined): StateOf {
  return (type, key = "") => room?.state.get(`${type} ${key}`);
}

export function isSpaceRoom(room: ChatRoom | undefined): boolean {
  return isSpace(stateOf(room));
}

/** What this user, or another one, has the power to do in a room. */
export class Powers {
  readonly #levels: PowerLevels | undefined;
  readonly #joined: boolean;
  readonly me: string;

  constructor(state: ChatState, room: ChatRoom | undefined) {
    this.me = userOf(state.session) ?? "";
    this.#levels = powersOf(stateOf(room));
    this.#joined = room?.summary?.membership === "join";
  }

  of(user: string): number {
    return this.#levels?.user(user) ?? 0;
  }

  /** The level that something takes: a level's own name, or the type of a state event. */
  needed(what: string): number {
    const levels = this.#levels;
    if (!levels) return Number.POSITIVE_INFINITY;
    if (what === "invite" || what === "kick" || what === "ban" || what === "redact") return levels[what];
    if (what === "events_default") return levels.send("m.room.message", false);
    return levels.send(what, true);
  }

  may(what: string): boolean {
    return this.#joined && this.of(this.me) >= this.needed(what);
  }

  /** May this user remove, or ban, that one? Only who stands above may. */
  mayAgainst(what: "kick" | "ban", user: string): boolean {
    return this.may(what) && this.of(this.me) > this.of(user);
  }
}

/** The rooms that a space says are in it, in its own order. */
export function childrenOf(room: ChatRoom | undefined): string[] {
  const children = [...(room?.state.values() ?? [])].filter(
    (event) => event.type === "m.space.child" && isChild(event),
  );
  const orderOf = ({ content }: (typeof children)[number]): string =>
    typeof content.order === "string" ? content.order : "\u{10ffff}";
  return children
    .sort((a, b) => (orderOf(a) < orderOf(b) ? -1 : orderOf(a) > orderOf(b) ? 1 : 0))
    .map(({ key }) => key);
}

/** The spaces that this user is in, with their names. */
export function spacesOf(state: ChatState): { id: string; name: string }[] {
  return [...state.rooms].flatMap(([id, room]) =>
    isSpaceRoom(room) && room.summary?.membership === "join" ? [{ id, name: room.summary.name }] : [],
  );
}

/** The spaces that let their members into a room, named as far as this device knows them. */
export function allowedSpaces(state: ChatState, room: ChatRoom | undefined): { id: string; name: string }[] {
  const own = spacesOf(state);
  const others = allowedRoomsOf(stateOf(room)).filter((id) => !own.some((space) => space.id === id));
  return [...own, ...others.map((id) => ({ id, name: state.rooms.get(id)?.summary?.name ?? id }))];
}
