import { LitElement, type PropertyDeclarations } from "lit";
import type { ClientManner } from "../../world/action.ts";
import type { ServerLooks } from "../server-look.ts";
import type { By } from "./chat-act.ts";
import { type ChatRoom, noRoom } from "./chat-fold.ts";

/** What shows a room, or a part of one, on somebody's device. */
export class ChatRoomElement extends LitElement {
  static override properties: PropertyDeclarations = {
    by: { attribute: false },
    roomId: { attribute: false },
    room: { attribute: false },
    me: { attribute: false },
    server: { attribute: false },
    looks: { attribute: false },
    manner: { reflect: true },
    readonly: { type: Boolean },
    attended: { type: Boolean },
  };

  declare by: By;
  declare roomId: string;
  declare room: ChatRoom;
  /** The user who is signed in. */
  declare me: string | undefined;
  /** The owner's homeserver. */
  declare server: string;
  declare looks: ServerLooks | undefined;
  declare manner: ClientManner;
  declare readonly: boolean;
  /** The learner is at this device: new messages are spoken. */
  declare attended: boolean;

  constructor() {
    super();
    this.by = { person: "", device: "" };
    this.roomId = "";
    this.room = noRoom;
    this.me = undefined;
    this.server = "";
    this.looks = undefined;
    this.manner = "bubbles";
    this.readonly = false;
    this.attended = false;
  }
}
