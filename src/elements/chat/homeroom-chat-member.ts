import { css, html, nothing, type PropertyValues, type TemplateResult } from "lit";
import { refusalWords } from "../../catalogue/refusal-words.ts";
import { say, type WordsKey } from "../../catalogue/room-words.ts";
import "../../catalogue/encryption-words.ts";
import type { ShownMember } from "../../client/client-fact.ts";
import type { Doing } from "./chat-act.ts";
import { userOf } from "./chat-fold.ts";
import { OpenRoomEvent, PaneEvent } from "./chat-pane.ts";
import { ChatPaneElement } from "./chat-pane-element.ts";
import { isCreator, roleName } from "./chat-role.ts";
import { Powers } from "./chat-room-state.ts";
import { localpartOf, named, sayRich } from "./chat-words.ts";
import "../addresses/homeroom-address.ts";

type Deed = { act: string; words: WordsKey; doing: Doing; danger?: boolean; why?: boolean };

/** The levels that can be given by name. */
const roles = [0, 50, 100];

/** One member of a room, and what this user may do about them. */
export class HomeroomChatMember extends ChatPaneElement {
  static override properties = {
    member: { attribute: false },
    level: { state: true },
    saved: { state: true },
  };

  declare member: ShownMember | undefined;
  declare private level: number | undefined;
  declare private saved: boolean;

  static override styles = [
    ...super.styles,
    css`
      :host {
        display: grid;
        grid-template-columns: minmax(0, 1fr);
        gap: 0.9rem;
        block-size: auto;
        background: none;
      }
      form {
        display: flex;
        flex-wrap: wrap;
        align-items: end;
        gap: 0.5rem;
      }
      form > div {
        flex: 1 1 9rem;
      }
      .deeds {
        display: grid;
        gap: 0.5rem;
      }
    `,
  ];

  constructor() {
    super();
    this.member = undefined;
    this.level = undefined;
    this.saved = false;
  }

  protected override willUpdate(changed: PropertyValues<this>): void {
    if (changed.has("member") && changed.get("member")?.user !== this.member?.user) {
      this.level = undefined;
      this.saved = false;
    }
  }

  protected override render(): TemplateResult | typeof nothing {
    const { member } = this;
    if (!member) return nothing;
    const powers = new Powers(this.state, this.room);
    const deeds = this.#deeds(member, powers);
    const why = deeds.some((deed) => deed.why);
    return html`<p><homeroom-address .text=${member.user} .looks=${this.looks}></homeroom-address></p>
      ${member.membership === "ban" ? html`<p class="said" tabindex="-1">${say("rooms.banned")}</p>` : this.#role(member, powers)}
      ${this.#identity(member)}
      <p class="wrong-words" role="alert">${this.refused ? refusalWords(this.refused) : nothing}</p>
      ${
        why
          ? html`<div>
              <label for="reason">${say("rooms.reason")}</label>
              <div class="field"><input id="reason" dir="auto" ?readonly=${this.off} /></div>
            </div>`
          : nothing
      }
      <div class="deeds">
        ${deeds.map(
          (deed) => html`<button
            class=${deed.danger ? "danger" : ""}
            data-act=${deed.act}
            ?disabled=${this.off}
            @click=${() => this.#deed(deed)}
          >
            ${say(deed.words)}
          </button>`,
        )}
      </div>`;
  }

  /** Whether this user has verified the member, and the way there. */
  #identity({ user, name }: ShownMember): TemplateResult | typeof nothing {
    const { own, people } = this.state.keys;
    const identity = people.get(user)?.identity;
    if (!own?.identity || !identity || user === userOf(this.state.session)) return nothing;
    const who = { who: named(name || localpartOf(user)) };
    const ask = async (): Promise<void> => {
      const result = await this.do({ type: "askToVerify", user, in: this.roomId });
      if (result.ok) this.dispatchEvent(new PaneEvent("verification"));
    };
    return html`<p>${sayRich(identity.verified ? "keys.person-verified" : "keys.person-unverified", who)}</p>
      ${
        identity.verified
          ? nothing
          : html`<div class="row">
              <button data-act="verify-person" ?disabled=${this.off} @click=${ask}>${sayRich("keys.verify-person", who)}</button>
            </div>`
      }`;
  }

  #role(member: ShownMember, powers: Powers): TemplateResult {
    if (isCreator(member.power))
      return html`<p><strong>${roleName(member.power)}</strong></p>
        <p class="said">${say("rooms.role-creator-said")}</p>`;
    const mine = powers.of(powers.me);
    const may =
      powers.may("m.room.power_levels") && (member.user === powers.me || mine > member.power) && mine > 0;
    if (!may) return html`<p><strong>${roleName(member.power)}</strong></p>`;
    const levels = [...new Set([...roles, member.power])].sort((a, b) => a - b);
    const level = this.level ?? member.power;
    return html`<form novalidate @submit=${this.#saveRole}>
      <div>
        <label for="role">${say("rooms.role")}</label>
        <select
          id="role"
          ?disabled=${this.off}
          @change=${(event: Event) => {
            this.level = Number((event.target as HTMLSelectElement).value);
            this.saved = false;
          }}
        >
          ${levels.map(
            (each) =>
              html`<option value=${each} ?selected=${each === level} ?disabled=${each > mine}>${roleName(each)}</option>`,
          )}
        </select>
      </div>
      <button class="primary" data-act="save-role" ?disabled=${this.off || level === member.power}>${say("rooms.save")}</button>
      <span class="said" role="status">${this.saved ? say("rooms.saved") : nothing}</span>
    </form>`;
  }

  #deeds(member: ShownMember, powers: Powers): Deed[] {
    const { user, membership } = member;
    if (user === powers.me) return [];
    const room = this.roomId;
    const deeds: Deed[] = [];
    const kick = { type: "kick", room, user } as const;
    if (membership === "ban") {
      if (powers.may("ban") && powers.may("kick"))
        deeds.push({ act: "unban", words: "rooms.unban", doing: { type: "unban", room, user } });
      return deeds;
    }
    if (membership === "knock" && powers.may("invite"))
      deeds.push({ act: "let-in", words: "rooms.let-in", doing: { type: "invite", room, user } });
    if (membership === "join")
      deeds.push({
        act: "message",
        words: "rooms.message-member",
        doing: { type: "createRoom", preset: "trusted_private_chat", direct: true, invite: [user] },
      });
    if (powers.mayAgainst("kick", user)) {
      const words = (
        { invite: "rooms.take-back", knock: "rooms.turn-away" } as Partial<Record<string, WordsKey>>
      )[membership];
      deeds.push({
        act: "kick",
        words: words ?? "rooms.remove-member",
        doing: kick,
        danger: true,
        why: true,
      });
    }
    if (powers.mayAgainst("ban", user))
      deeds.push({
        act: "ban",
        words: "rooms.ban-member",
        doing: { type: "ban", room, user },
        danger: true,
        why: true,
      });
    return deeds;
  }

  async #deed({ act, doing, why }: Deed): Promise<void> {
    const reason = why ? (this.input("reason")?.value.trim() ?? "") : "";
    if (act === "message") {
      const known = this.#chatWith(this.member?.user ?? "");
      if (known !== undefined) {
        this.dispatchEvent(new OpenRoomEvent(known));
        return;
      }
    }
    const result = await this.do(reason === "" ? doing : ({ ...doing, reason } as Doing));
    if (act === "message" && result.ok && result.room !== undefined)
      this.dispatchEvent(new OpenRoomEvent(result.room));
  }

  /** A chat with the person that is there already. */
  #chatWith(user: string): string | undefined {
    for (const [id, { summary, members }] of this.state.rooms) {
      if (summary?.direct && summary.membership === "join" && members.has(user)) return id;
    }
    return undefined;
  }

  readonly #saveRole = async (event: SubmitEvent): Promise<void> => {
    event.preventDefault();
    const { member, level } = this;
    if (this.off || !member || level === undefined) return;
    const result = await this.do({ type: "setPower", room: this.roomId, user: member.user, level });
    this.saved = result.ok;
    if (!result.ok) return;
    this.level = undefined;
    // There is nothing to save now, and the button is off.
    this.input<HTMLSelectElement>("role")?.focus();
  };
}

customElements.define("homeroom-chat-member", HomeroomChatMember);

declare global {
  interface HTMLElementTagNameMap {
    "homeroom-chat-member": HomeroomChatMember;
  }
}
