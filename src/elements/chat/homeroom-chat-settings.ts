import { html, type nothing, type TemplateResult } from "lit";
import { say } from "../../catalogue/room-words.ts";
import { ChatPaneElement } from "./chat-pane-element.ts";
import { chatPanel } from "./chat-panel.ts";
import { chatTabs } from "./chat-tabs.ts";
import { named, sayRich } from "./chat-words.ts";
import "./homeroom-chat-about.ts";
import "./homeroom-chat-access.ts";
import "./homeroom-chat-roles.ts";
import "./homeroom-chat-upgrade.ts";

export type SettingsTab = "about" | "access" | "roles";

/** What a room is set to: what it is, who comes in and sees what, who may do what. */
export class HomeroomChatSettings extends ChatPaneElement {
  static override properties = { tab: { state: true } };

  declare tab: SettingsTab;

  constructor() {
    super();
    this.tab = "about";
  }

  protected override render(): TemplateResult {
    return chatPanel(
      this,
      sayRich("rooms.settings-of", { room: named(this.room?.summary?.name ?? "") }),
      html`${chatTabs<SettingsTab>(this, {
        label: say("rooms.settings"),
        tabs: (["about", "access", "roles"] as const).map((name) => ({
          name,
          words: say(`rooms.tab-${name}`),
        })),
        chosen: this.tab,
        choose: (tab) => {
          this.tab = tab;
        },
      })}
        <div id="form" role="tabpanel" aria-labelledby=${`tab-${this.tab}`}>${this.#form()}</div>`,
    );
  }

  #form(): TemplateResult | typeof nothing {
    switch (this.tab) {
      case "about":
        return html`<homeroom-chat-about .by=${this.by} .state=${this.state} .roomId=${this.roomId} .server=${this.server} .looks=${this.looks} .manner=${this.manner} .readonly=${this.readonly}></homeroom-chat-about>
          <homeroom-chat-upgrade .by=${this.by} .state=${this.state} .roomId=${this.roomId} .manner=${this.manner} .readonly=${this.readonly}></homeroom-chat-upgrade>`;
      case "access":
        return html`<homeroom-chat-access .by=${this.by} .state=${this.state} .roomId=${this.roomId} .server=${this.server} .looks=${this.looks} .manner=${this.manner} .readonly=${this.readonly}></homeroom-chat-access>`;
      case "roles":
        return html`<homeroom-chat-roles .by=${this.by} .state=${this.state} .roomId=${this.roomId} .server=${this.server} .looks=${this.looks} .manner=${this.manner} .readonly=${this.readonly}></homeroom-chat-roles>`;
    }
  }
}

customElements.define("homeroom-chat-settings", HomeroomChatSettings);

declare global {
  interface HTMLElementTagNameMap {
    "homeroom-chat-settings": HomeroomChatSettings;
  }
}
