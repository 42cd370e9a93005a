import { html, type TemplateResult } from "lit";
import { say } from "../../catalogue/catalogue.ts";
import type { RoomSummary } from "../../client/client-fact.ts";
import type { ServerLooks } from "../server-look.ts";
import { act, type By } from "./chat-act.ts";
import { avatar } from "./chat-avatar.ts";
import { OpenRoomEvent } from "./chat-pane.ts";
import { localpartOf, named, sayRich, shortName } from "./chat-words.ts";
import "../addresses/homeroom-address.ts";

type Chair = { by: By; looks: ServerLooks | undefined; readonly: boolean };

/** An invitation with its two answers. Accepted, the room opens. */
export function invitation(
  element: HTMLElement,
  room: RoomSummary,
  { by, looks, readonly }: Chair,
): TemplateResult {
  const inviter = room.inviter ?? "";
  const accept = async (): Promise<void> => {
    const result = await act(element, by, { type: "join", room: room.id });
    if (result.ok) element.dispatchEvent(new OpenRoomEvent(result.room ?? room.id));
  };
  return html`<div class="invitation" data-room=${room.id}>
    ${avatar(shortName(room.name), inviter, looks)}
    <div class="about">
      <p id=${`invite-${room.id}`}>
        ${
          room.direct
            ? sayRich("chat.invited-to-chat", { inviter: named(localName(room, inviter)) })
            : sayRich("chat.invited-to-room", {
                inviter: named(localpartOf(inviter)),
                room: named(room.name),
              })
        }
      </p>
      ${inviter ? html`<p><homeroom-address .text=${inviter} .looks=${looks}></homeroom-address></p>` : ""}
      <div class="row">
        <button class="primary" data-act="join" ?disabled=${readonly} @click=${accept} aria-describedby=${`invite-${room.id}`}>
          ${say("chat.accept")}
        </button>
        <button
          data-act="decline"
          ?disabled=${readonly}
          @click=${() => act(element, by, { type: "leave", room: room.id })}
          aria-describedby=${`invite-${room.id}`}
        >
          ${say("chat.decline")}
        </button>
      </div>
    </div>
  </div>`;
}

/** A chat between two is named after the other one. */
function localName(room: RoomSummary, inviter: string): string {
  return room.name || localpartOf(inviter);
}
