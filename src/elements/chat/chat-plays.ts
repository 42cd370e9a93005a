import type { Action } from "../../world/action.ts";
import type { Hand } from "../hand.ts";
import type { ChatControls } from "./chat-controls.ts";
import type { HomeroomChat } from "./homeroom-chat.ts";

/** The actions of a type. */
export type Of<Type extends Action["type"]> = Extract<Action, { type: Type }>;
/** Does an action by the controls that somebody would use for it. */
export type Play = () => Promise<void>;

/** One way through a device's controls for each of some actions. */
export abstract class ChatPlays {
  protected readonly chat: HomeroomChat;
  protected readonly hand: Hand;
  protected readonly at: ChatControls;

  constructor(chat: HomeroomChat, hand: Hand, at: ChatControls) {
    this.chat = chat;
    this.hand = hand;
    this.at = at;
  }

  /** `undefined` where there are no controls for the action, or not for all of it. */
  abstract of(action: Action): Play | undefined;
}
