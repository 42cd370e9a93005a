import { html, type TemplateResult } from "lit";
import { say } from "../../catalogue/room-words.ts";
import { isSpaceRoom, Powers } from "./chat-room-state.ts";
import { type Change, ChatSettingsForm } from "./chat-settings-form.ts";

const inRooms = ["events_default", "redact"] as const;
const everywhere = [
  "invite",
  "kick",
  "ban",
  "m.room.name",
  "m.room.topic",
  "m.room.avatar",
  "m.room.canonical_alias",
  "m.room.join_rules",
  "m.room.history_visibility",
  "m.room.power_levels",
] as const;
const inSpaces = ["m.space.child"] as const;

type Permission = (typeof inRooms)[number] | (typeof everywhere)[number] | (typeof inSpaces)[number];

/** The levels that have a word. */
const known = [0, 50, 100];

/** Who may do what in a room: its power levels in words. */
export class HomeroomChatRoles extends ChatSettingsForm {
  static override properties = { draft: { state: true } };

  declare private draft: ReadonlyMap<Permission, number>;

  constructor() {
    super();
    this.draft = new Map();
  }

  get #powers(): Powers {
    return new Powers(this.state, this.room);
  }

  protected override get mayChange(): boolean {
    return this.#powers.may("m.room.power_levels");
  }

  protected override fields(): TemplateResult {
    const powers = this.#powers;
    const permissions: readonly Permission[] = isSpaceRoom(this.room)
      ? [...everywhere, ...inSpaces]
      : [...inRooms, ...everywhere];
    return html`<fieldset ?disabled=${this.off || !this.mayChange}>
      <legend>${say("rooms.who-may")}</legend>
      <div class="levels">${permissions.map((permission) => this.#row(permission, powers))}</div>
    </fieldset>`;
  }

  #row(permission: Permission, powers: Powers): TemplateResult {
    const now = powers.needed(permission);
    const level = this.draft.get(permission) ?? now;
    const mine = powers.of(powers.me);
    const levels = [...new Set([...known, now])].sort((a, b) => a - b);
    return html`<div class="level">
      <label for=${`level-${permission}`}>${say(`rooms.may-${permission}`)}</label>
      <select
        id=${`level-${permission}`}
        data-permission=${permission}
        ?disabled=${now > mine}
        .value=${String(level)}
        @change=${(event: Event) => {
          this.draft = new Map(this.draft).set(permission, Number((event.target as HTMLSelectElement).value));
        }}
      >
        ${levels.map(
          (each) =>
            html`<option value=${each} ?selected=${each === level} ?disabled=${each > mine}>${levelWords(each)}</option>`,
        )}
      </select>
    </div>`;
  }

  protected override changes(): Change[] {
    const powers = this.#powers;
    return [...this.draft]
      .filter(([what, level]) => level !== powers.needed(what))
      .map(([what, level]) => ({
        field: `level-${what}`,
        doing: { type: "setPermission", room: this.roomId, what, level },
      }));
  }

  protected override reset(): void {
    this.draft = new Map();
  }
}

function levelWords(level: number): string {
  if (level <= 0) return say("rooms.level-everyone");
  if (level === 50) return say("rooms.level-moderators");
  if (level === 100) return say("rooms.level-admins");
  return level === 150 ? say("rooms.level-creators") : say("rooms.level-other", { level });
}

customElements.define("homeroom-chat-roles", HomeroomChatRoles);

declare global {
  interface HTMLElementTagNameMap {
    "homeroom-chat-roles": HomeroomChatRoles;
  }
}
