import type { Action, ActionResult } from "../world/action.ts";

/**
 * Fired by an element when the learner does something. Whoever plays it sets `result`; a form waits for it and
 * shows a refusal beside its field.
 */
export class ActEvent extends Event {
  static readonly type = "homeroom-act";
  readonly action: Action;
  result: Promise<ActionResult> | undefined;

  constructor(action: Action) {
    super(ActEvent.type, { bubbles: true, composed: true });
    this.action = action;
  }
}

declare global {
  interface HTMLElementEventMap {
    "homeroom-act": ActEvent;
  }
}
