import { css, html, nothing, type TemplateResult } from "lit";
import { say } from "../../catalogue/room-words.ts";
import type { PublicRoom } from "../../client/room-facts.ts";
import type { ServerLooks } from "../server-look.ts";
import { avatar } from "./chat-avatar.ts";
import type { ChatState } from "./chat-fold.ts";
import { shortName } from "./chat-words.ts";
import "../addresses/homeroom-address.ts";

/** What one can do with a room that one sees from outside. */
export type RoomDeed = "open" | "join" | "knock" | "knocked" | "invited-only";

/** @param allowed a rule such as "members of this space" holds for this user */
export function roomDeed(state: ChatState, room: PublicRoom, allowed = false): RoomDeed {
  const membership = state.rooms.get(room.id)?.summary?.membership;
  if (membership === "join") return "open";
  if (membership === "invite" || room.joinRule === "public") return "join";
  if (allowed && (room.joinRule === "restricted" || room.joinRule === "knock_restricted")) return "join";
  if (membership === "knock") return "knocked";
  return room.joinRule === "knock" || room.joinRule === "knock_restricted" ? "knock" : "invited-only";
}

export type RoomCard = {
  room: PublicRoom;
  deed: RoomDeed;
  looks: ServerLooks | undefined;
  off: boolean;
  act: (deed: RoomDeed) => void;
  more?: unknown;
};

/** A room as those outside see it, with the one thing that they can do. */
export function roomCard({ room, deed, looks, off, act, more }: RoomCard): TemplateResult {
  const id = `about-${room.id}`;
  const name = room.name ?? room.alias ?? room.id;
  return html`<div class="card" data-room=${room.id}>
    ${avatar(name, room.alias ?? room.id, looks, "big")}
    <div class="about">
      <p class="name" id=${id}><bdi>${shortName(name)}</bdi>${room.space ? html` <span class="tag">${say("rooms.a-space")}</span>` : nothing}</p>
      ${room.topic ? html`<p class="topic"><bdi>${room.topic.slice(0, 300)}</bdi></p>` : nothing}
      <p class="said">${say("rooms.people", { n: room.joined })}${
        room.alias
          ? html` · <homeroom-address .text=${room.alias} .looks=${looks}></homeroom-address>`
          : nothing
      }</p>
    </div>
    ${
      deed === "knocked" || deed === "invited-only"
        ? html`<span class="tag">${say(`rooms.deed-${deed}`)}</span>`
        : html`<button data-act=${deed} aria-describedby=${id} ?disabled=${off && deed !== "open"} @click=${() => act(deed)}>${say(`rooms.deed-${deed}`)}</button>`
    }
    ${more ?? nothing}
  </div>`;
}

export const roomCardStyles = css`
  .cards {
    display: grid;
    gap: 0.25rem;
  }
  .card {
    display: flex;
    flex-wrap: wrap;
    align-items: center;
    gap: 0.65rem;
    padding-block: 0.6rem;
    border-block-end: 1px solid var(--line);
  }
  .cards > :last-child .card {
    border-block-end: 0;
  }
  .card .about {
    flex: 1 1 8rem;
    display: grid;
    gap: 0.1rem;
    min-inline-size: 0;
    overflow-wrap: anywhere;
  }
  .card .name {
    font-weight: 600;
    font-size: 0.95rem;
    line-height: 1.35;
  }
  .card .topic {
    font-size: 0.88rem;
    line-height: 1.4;
  }
  .card .said {
    margin: 0;
  }
`;
