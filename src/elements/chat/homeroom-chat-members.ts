import { html, LitElement, nothing, type TemplateResult } from "lit";
import { say } from "../../catalogue/catalogue.ts";
import type { ShownMember } from "../../client/client-fact.ts";
import type { ClientManner } from "../../world/action.ts";
import type { ServerLooks } from "../server-look.ts";
import { avatar } from "./chat-avatar.ts";
import type { ChatRoom } from "./chat-fold.ts";
import { PaneEvent } from "./chat-pane.ts";
import { chatPanel, panelStyles } from "./chat-panel.ts";
import { chatStyles } from "./chat-styles.ts";
import { localpartOf, shortName } from "./chat-words.ts";
import "../addresses/homeroom-address.ts";

/** More are not listed at once. */
const most = 300;

/** Who is in a room. */
export class HomeroomChatMembers extends LitElement {
  static override properties = {
    room: { attribute: false },
    looks: { attribute: false },
    manner: { reflect: true },
    readonly: { type: Boolean },
  };

  declare room: ChatRoom | undefined;
  declare looks: ServerLooks | undefined;
  declare manner: ClientManner;
  declare readonly: boolean;

  static override styles = [...chatStyles, panelStyles];

  constructor() {
    super();
    this.room = undefined;
    this.looks = undefined;
    this.manner = "bubbles";
    this.readonly = false;
  }

  protected override render(): TemplateResult {
    const members = listedMembers(this.room);
    return chatPanel(
      this,
      say("chat.members-count", { n: members.filter(({ membership }) => membership === "join").length }),
      html`${
        this.room?.summary?.may.invite
          ? html`<div class="row">
                <button
                  data-act="invite"
                  ?disabled=${this.readonly}
                  @click=${() => this.dispatchEvent(new PaneEvent("invite"))}
                >
                  ${say("chat.invite")}
                </button>
              </div>`
          : nothing
      }
        <ul class="people" role="list" aria-label=${say("chat.members")}>
          ${members.slice(0, most).map(
            (member) => html`<li class="person">
              ${avatar(member.name, member.user, this.looks)}<span
                ><bdi class="one-line">${shortName(member.name || localpartOf(member.user))}</bdi
                ><small><homeroom-address .text=${member.user} .looks=${this.looks}></homeroom-address></small></span
              ><span class="tag">${tagOf(member)}</span>
            </li>`,
          )}
        </ul>
        ${members.length > most ? html`<p class="said">${say("chat.others", { n: members.length - most })}</p>` : nothing}`,
    );
  }
}

/** Members by power and name; then those who are invited or knock. */
function listedMembers(room: ChatRoom | undefined): ShownMember[] {
  const order = { join: 0, knock: 1, invite: 2, leave: 3, ban: 3 };
  return [...(room?.members.values() ?? [])]
    .filter(({ membership }) => membership !== "leave" && membership !== "ban")
    .sort(
      (a, b) =>
        order[a.membership] - order[b.membership] || b.power - a.power || a.name.localeCompare(b.name),
    );
}

function tagOf({ membership, power }: ShownMember): string {
  if (membership === "invite") return say("chat.member-invited");
  if (membership === "knock") return say("chat.member-knocks");
  // Creators of rooms of version 12 have power without bound, which comes as the greatest number.
  if (power > 2 ** 52) return say("chat.power-creator");
  if (power >= 100) return say("chat.power-admin");
  return power >= 50 ? say("chat.power-moderator") : "";
}

customElements.define("homeroom-chat-members", HomeroomChatMembers);

declare global {
  interface HTMLElementTagNameMap {
    "homeroom-chat-members": HomeroomChatMembers;
  }
}
