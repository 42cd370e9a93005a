import { html, nothing, type TemplateResult } from "lit";
import { say } from "../../../catalogue/message-words.ts";
import type { ServerLooks } from "../../server-look.ts";
import { avatar } from "../chat-avatar.ts";
import { localpartOf } from "../chat-words.ts";

/** The people whom an account ignores, each with the way back. */
export function ignoredPeople(
  ignored: ReadonlySet<string>,
  looks: ServerLooks | undefined,
  off: boolean,
  stop: (user: string) => void,
): TemplateResult | typeof nothing {
  if (ignored.size === 0) return nothing;
  return html`<div>
    <h4 class="sub" id="ignored">${say("messages.ignored")}</h4>
    <p class="said">${say("messages.ignored-note")}</p>
    <ul class="people" role="list" aria-labelledby="ignored">
      ${[...ignored].map(
        (user) => html`<li class="person" data-user=${user}>
          ${avatar(localpartOf(user), user, looks)}<span
            ><homeroom-address .text=${user} .looks=${looks}></homeroom-address
          ></span>
          <button data-act="stop-ignoring" ?disabled=${off} @click=${() => stop(user)}>${say("messages.stop-ignoring")}</button>
        </li>`,
      )}
    </ul>
  </div>`;
}
