import { html, type TemplateResult } from "lit";
import { say } from "../../catalogue/catalogue.ts";
import type { Bindings } from "../../world/world.ts";
import type { ServerLooks } from "../server-look.ts";
import { avatar } from "./chat-avatar.ts";
import { type ChatState, userOf } from "./chat-fold.ts";
import { localpartOf, shortName } from "./chat-words.ts";

export type Acquaintance = { user: string; name: string };

/** Everyone whose address this user can know: the people of the scene, and members of the user's rooms. */
export function acquaintances(bindings: Bindings | undefined, state: ChatState): Acquaintance[] {
  const me = userOf(state.session);
  const found = new Map<string, Acquaintance>();
  for (const { user, name } of Object.values(bindings?.people ?? {}))
    if (user) found.set(user, { user, name });
  for (const { members } of state.rooms.values())
    for (const { user, name } of members.values()) if (!found.has(user)) found.set(user, { user, name });
  if (me) found.delete(me);
  return [...found.values()].sort((a, b) => a.name.localeCompare(b.name)).slice(0, 50);
}

/** The list to pick from. */
export function peopleList(
  people: readonly Acquaintance[],
  looks: ServerLooks | undefined,
  off: boolean,
  pick: (user: string) => void,
): TemplateResult | string {
  if (people.length === 0) return "";
  return html`<div>
    <h4 class="sub" id="people">${say("chat.people-here")}</h4>
    <ul class="people" role="list" aria-labelledby="people">
      ${people.map(
        ({ user, name }) => html`<li>
          <button type="button" class="person" data-user=${user} ?disabled=${off} @click=${() => pick(user)}>
            ${avatar(name, user, looks)}<span
              ><bdi class="one-line">${shortName(name || localpartOf(user))}</bdi
              ><small><homeroom-address .text=${user} .looks=${looks}></homeroom-address></small></span
            >
          </button>
        </li>`,
      )}
    </ul>
  </div>`;
}
