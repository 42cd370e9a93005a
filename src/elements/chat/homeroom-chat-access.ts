import { html, nothing, type TemplateResult } from "lit";
import { say } from "../../catalogue/room-words.ts";
import {
  allowedRoomsOf,
  type HistoryVisibility,
  historyOf,
  type JoinRule,
  joinRuleOf,
  textOf,
} from "../../client/room-state.ts";
import type { JoinRuleWish } from "../../world/actions/room-action.ts";
import { act } from "./chat-act.ts";
import { chatChoice, chatField } from "./chat-field.ts";
import { allowedSpaces, Powers, stateOf } from "./chat-room-state.ts";
import { type Change, ChatSettingsForm } from "./chat-settings-form.ts";
import { shortName } from "./chat-words.ts";

type Access = {
  rule: JoinRule;
  spaces: readonly string[];
  history: HistoryVisibility;
  alias: string;
  published: boolean;
};

/** Who comes into a room, who finds it, and who sees what was said before. */
export class HomeroomChatAccess extends ChatSettingsForm {
  static override properties = { draft: { state: true } };

  declare private draft: Partial<Access>;
  #asked = false;

  constructor() {
    super();
    this.draft = {};
  }

  get #powers(): Powers {
    return new Powers(this.state, this.room);
  }

  protected override get mayChange(): boolean {
    const powers = this.#powers;
    return ["m.room.join_rules", "m.room.history_visibility", "m.room.canonical_alias"].some((type) =>
      powers.may(type),
    );
  }

  protected override updated(): void {
    if (this.#asked || this.readonly) return;
    this.#asked = true;
    // The directory is not part of the room: nobody has said yet whether it lists it.
    if (this.room?.published === undefined)
      void act(this, this.by, { type: "lookUpRoom", room: this.roomId });
  }

  get #now(): Access {
    const state = stateOf(this.room);
    return {
      rule: joinRuleOf(state),
      spaces: allowedRoomsOf(state),
      history: historyOf(state),
      alias: localpart(textOf(state("m.room.canonical_alias")?.content.alias) ?? ""),
      published: this.room?.published ?? false,
    };
  }

  #change(change: Partial<Access>): void {
    this.draft = { ...this.draft, ...change };
    this.saved = false;
  }

  protected override fields(): TemplateResult {
    const now = this.#now;
    const { rule, history, alias, published } = { ...now, ...this.draft };
    const powers = this.#powers;
    const off = this.off;
    return html`${chatChoice({
      name: "rule",
      legend: say("rooms.who-joins"),
      options: this.#rules(now.rule).map((value) => ({ value, words: say(`rooms.rule-${value}`) })),
      chosen: rule,
      off: off || !powers.may("m.room.join_rules"),
      choose: (value) => this.#change({ rule: value }),
    })}
    ${rule === "restricted" || rule === "knock_restricted" ? this.#spaces(off || !powers.may("m.room.join_rules")) : nothing}
    ${chatChoice({
      name: "history",
      legend: say("rooms.history"),
      options: (["shared", "invited", "joined", "world_readable"] as const).map((value) => ({
        value,
        words: say(`rooms.history-${value}`),
      })),
      chosen: history,
      off: off || !powers.may("m.room.history_visibility"),
      choose: (value) => this.#change({ history: value }),
    })}
    ${chatField({
      id: "alias",
      label: say("rooms.address"),
      value: alias,
      said: say("rooms.address-said"),
      wire: true,
      before: "#",
      after: `:${this.server}`,
      off: off || !powers.may("m.room.canonical_alias"),
      refused: this.refused,
      changed: (value) => this.#change({ alias: value }),
    })}
    <label class="option"
      ><input
        type="checkbox"
        name="published"
        .checked=${published}
        ?disabled=${off || !powers.may("m.room.canonical_alias")}
        @change=${(event: Event) => this.#change({ published: (event.target as HTMLInputElement).checked })}
      /><span>${say("rooms.in-directory", { server: this.server })}</span></label
    >`;
  }

  /** Those that there are spaces for; and what the room has, whatever it is. */
  #rules(now: JoinRule): Exclude<JoinRule, "private">[] {
    const spaces = allowedSpaces(this.state, this.room).length > 0;
    const rules: Exclude<JoinRule, "private">[] = ["invite", "knock"];
    if (spaces || now === "restricted") rules.push("restricted");
    if (now === "knock_restricted") rules.push("knock_restricted");
    return [...rules, "public"];
  }

  #spaces(off: boolean): TemplateResult {
    const chosen = this.#chosenSpaces;
    return html`<fieldset ?disabled=${off}>
      <legend>${say("rooms.which-spaces")}</legend>
      ${allowedSpaces(this.state, this.room).map(
        ({ id, name }) => html`<label class="option"
          ><input
            type="checkbox"
            name="space"
            value=${id}
            .checked=${chosen.includes(id)}
            @change=${(event: Event) => {
              const others = chosen.filter((space) => space !== id);
              this.#change({ spaces: (event.target as HTMLInputElement).checked ? [...others, id] : others });
            }}
          /><bdi>${shortName(name)}</bdi></label
        >`,
      )}
    </fieldset>`;
  }

  /** Where only one space can be meant it is. */
  get #chosenSpaces(): readonly string[] {
    const { spaces } = { ...this.#now, ...this.draft };
    const known = allowedSpaces(this.state, this.room);
    return this.draft.spaces === undefined && spaces.length === 0 && known[0] ? [known[0].id] : spaces;
  }

  protected override changes(): Change[] {
    const now = this.#now;
    const wanted = { ...now, ...this.draft };
    const room = this.roomId;
    const changes: Change[] = [];
    const limited = wanted.rule === "restricted" || wanted.rule === "knock_restricted";
    const spaces = limited ? [...this.#chosenSpaces] : [];
    if (wanted.rule !== now.rule || (limited && spaces.join() !== now.spaces.join())) {
      const rule = wanted.rule as JoinRuleWish;
      changes.push({
        field: "rule",
        doing: { type: "setRoomJoinRule", room, rule, ...(limited && { spaces }) },
      });
    }
    if (wanted.history !== now.history)
      changes.push({
        field: "history",
        doing: { type: "setRoomHistoryVisibility", room, visibility: wanted.history },
      });
    const alias = localpart(wanted.alias.trim());
    if (alias !== now.alias)
      changes.push({ field: "alias", doing: { type: "setRoomAlias", room, ...(alias !== "" && { alias }) } });
    if (wanted.published !== now.published)
      changes.push({
        field: "published",
        doing: { type: "setRoomPublished", room, published: wanted.published },
      });
    return changes;
  }

  protected override reset(): void {
    this.draft = {};
  }
}

/** `tea` of `#tea:garden.example`, or of `tea`. */
function localpart(alias: string): string {
  return /^#?([^:]*)/.exec(alias)?.[1] ?? "";
}

customElements.define("homeroom-chat-access", HomeroomChatAccess);

declare global {
  interface HTMLElementTagNameMap {
    "homeroom-chat-access": HomeroomChatAccess;
  }
}
