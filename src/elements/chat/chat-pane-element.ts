import { LitElement, type PropertyDeclarations } from "lit";
import type { Refused } from "../../catalogue/refusal-words.ts";
import type { ActionResult, ClientManner } from "../../world/action.ts";
import type { Bindings } from "../../world/world.ts";
import type { ServerLooks } from "../server-look.ts";
import { act, type By, type Doing } from "./chat-act.ts";
import { focusedIn, giveFocusBack, KeptFocus } from "./chat-focus.ts";
import { type ChatRoom, type ChatState, noChat } from "./chat-fold.ts";
import { panelStyles } from "./chat-panel.ts";
import { chatStyles } from "./chat-styles.ts";

/** What lies over a device's chats: it knows who has the device, and waits for what it does. */
export class ChatPaneElement extends LitElement {
  static override properties: PropertyDeclarations = {
    by: { attribute: false },
    state: { attribute: false },
    roomId: { attribute: false },
    server: {},
    bindings: { attribute: false },
    looks: { attribute: false },
    manner: { reflect: true },
    readonly: { type: Boolean },
    waiting: { state: true },
    refused: { state: true },
  };

  declare by: By;
  declare state: ChatState;
  declare roomId: string;
  /** The owner's homeserver. */
  declare server: string;
  declare bindings: Bindings | undefined;
  declare looks: ServerLooks | undefined;
  declare manner: ClientManner;
  declare readonly: boolean;
  declare protected waiting: boolean;
  declare protected refused: (Refused & { field?: string }) | undefined;

  static override styles = [...chatStyles, panelStyles];

  constructor() {
    super();
    this.by = { person: "", device: "" };
    this.state = noChat;
    this.roomId = "";
    this.server = "";
    this.bindings = undefined;
    this.looks = undefined;
    this.manner = "bubbles";
    this.readonly = false;
    this.waiting = false;
    this.refused = undefined;
    new KeptFocus(this);
  }

  protected get room(): ChatRoom | undefined {
    return this.state.rooms.get(this.roomId);
  }

  /** Nothing can be done: the past is looked at, or something is under way. */
  protected get off(): boolean {
    return this.waiting || this.readonly;
  }

  /** Does it, and keeps why it was refused. `field` is what a refusal stands beside where it names no other. */
  protected async do(doing: Doing, field?: string): Promise<ActionResult> {
    const focused = focusedIn(this.shadowRoot);
    this.waiting = true;
    this.refused = undefined;
    let result: ActionResult;
    try {
      result = await act(this, this.by, doing);
    } finally {
      this.waiting = false;
    }
    void giveFocusBack(this, focused);
    if (!result.ok)
      this.refused = {
        ...result.refusal,
        ...(field !== undefined && { field: result.refusal.field ?? field }),
      };
    return result;
  }

  protected input<Field extends HTMLElement = HTMLInputElement>(id: string): Field | null {
    return this.renderRoot.querySelector<Field>(`#${id}`);
  }
}
