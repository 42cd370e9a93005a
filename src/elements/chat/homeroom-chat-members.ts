import { html, nothing, type TemplateResult } from "lit";
import { say } from "../../catalogue/room-words.ts";
import type { ShownMember } from "../../client/client-fact.ts";
import { avatar } from "./chat-avatar.ts";
import type { ChatRoom } from "./chat-fold.ts";
import { PaneEvent } from "./chat-pane.ts";
import { ChatPaneElement } from "./chat-pane-element.ts";
import { chatPanel } from "./chat-panel.ts";
import { roleName } from "./chat-role.ts";
import { personTag } from "./chat-trust.ts";
import { localpartOf, shortName } from "./chat-words.ts";
import "../addresses/homeroom-address.ts";
import "./homeroom-chat-member.ts";

/** More are not listed at once. */
const most = 300;

/** Who is in a room, and who was kept out of it. Chosen, somebody can be given a role, removed or banned. */
export class HomeroomChatMembers extends ChatPaneElement {
  static override properties = { chosen: { state: true } };

  /** The member that is looked at. */
  declare chosen: string | undefined;

  constructor() {
    super();
    this.chosen = undefined;
  }

  protected override willUpdate(): void {
    const { membership } = this.room?.members.get(this.chosen ?? "") ?? {};
    // Who was removed is no longer in the list.
    if (this.chosen !== undefined && (membership === undefined || membership === "leave"))
      void this.#choose(undefined);
  }

  protected override render(): TemplateResult {
    const member = this.chosen === undefined ? undefined : this.room?.members.get(this.chosen);
    if (member) return this.#one(member);
    const members = listedMembers(this.room);
    const banned = [...(this.room?.members.values() ?? [])].filter(({ membership }) => membership === "ban");
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
          ${members.slice(0, most).map((each) => this.#line(each))}
        </ul>
        ${members.length > most ? html`<p class="said">${say("chat.others", { n: members.length - most })}</p>` : nothing}
        ${
          banned.length > 0
            ? html`<div>
                <h4 class="sub" id="banned">${say("rooms.banned")}</h4>
                <ul class="people" role="list" aria-labelledby="banned">
                  ${banned.map((each) => this.#line(each))}
                </ul>
              </div>`
            : nothing
        }`,
    );
  }

  #line(member: ShownMember): TemplateResult {
    return html`<li>
      <button class="person" data-user=${member.user} @click=${() => this.#choose(member.user)}>
        ${avatar(member.name, member.user, this.looks)}<span
          ><bdi class="one-line">${shortName(member.name || localpartOf(member.user))}</bdi
          ><small><homeroom-address .text=${member.user} .looks=${this.looks}></homeroom-address></small></span
        ><span class="tag">${[personTag(this.state, member.user), tagOf(member)].filter(Boolean).join(" · ")}</span>
      </button>
    </li>`;
  }

  #one(member: ShownMember): TemplateResult {
    return chatPanel(
      this,
      html`<bdi>${shortName(member.name || localpartOf(member.user))}</bdi>`,
      html`<div class="row">
          <button class="plain" data-act="all-members" @click=${() => this.#choose(undefined)}>
            ${say("rooms.all-members")}
          </button>
        </div>
        <homeroom-chat-member
          .by=${this.by}
          .state=${this.state}
          .roomId=${this.roomId}
          .server=${this.server}
          .looks=${this.looks}
          .manner=${this.manner}
          .readonly=${this.readonly}
          .member=${member}
        ></homeroom-chat-member>`,
    );
  }

  async #choose(user: string | undefined): Promise<void> {
    const before = this.chosen;
    this.chosen = user;
    await this.updateComplete;
    const line = [...this.renderRoot.querySelectorAll<HTMLElement>("[data-user]")].find(
      ({ dataset }) => dataset.user === before,
    );
    const title = this.renderRoot.querySelector<HTMLElement>("#title");
    (user === undefined ? (line ?? title) : title)?.focus();
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
  if (membership === "ban") return "";
  return power > 0 ? roleName(power) : "";
}

customElements.define("homeroom-chat-members", HomeroomChatMembers);

declare global {
  interface HTMLElementTagNameMap {
    "homeroom-chat-members": HomeroomChatMembers;
  }
}
