/** What the learner did with the step's controls. The names are those of the step machine's learner events. */
export type StepAct =
  | { type: "back" | "next" | "skip" | "showMe" | "stop" | "reset" | "copyLink" | "startAgain" }
  /** The answer to a question: really drop what came later, or leave all as it is. */
  | { type: "confirm" | "decline" }
  /** Try once more what could not be done. */
  | { type: "retry" }
  /** The next hint; `available` is how many there are. */
  | { type: "hint"; available: number }
  | { type: "answer"; quiz: string; with: string };

/** Fired by homeroom-step. */
export class StepEvent extends Event {
  static readonly type = "homeroom-step";
  readonly act: StepAct;

  constructor(act: StepAct) {
    super(StepEvent.type, { bubbles: true, composed: true });
    this.act = act;
  }
}

declare global {
  interface HTMLElementEventMap {
    "homeroom-step": StepEvent;
  }
}
