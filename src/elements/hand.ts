/**
 * The hand that "Show me" plays with: a pointer that the learner sees. Elements that can play an action
 * themselves implement `Demonstrates`; what none of them can, is played without a pointer.
 */
export interface Hand {
  /** Aborted by a click of the learner's own. */
  readonly signal: AbortSignal;
  /** Moves the pointer over the element, scrolling it into view. */
  moveTo(target: Element): Promise<void>;
  /** Moves there and clicks. */
  click(target: HTMLElement): Promise<void>;
  /** Moves there and types, a letter at a time, firing real input events. */
  type(target: HTMLInputElement | HTMLTextAreaElement, text: string): Promise<void>;
}

/** An element that can play an action with a hand, through its own controls. */
export interface Demonstrates {
  /** Resolves to false, at once and with nothing done, where this element does not show the action's controls. */
  demonstrate(action: import("../world/action.ts").Action, hand: Hand): Promise<boolean>;
}
