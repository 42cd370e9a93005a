/** What a learner asks of the clock. */
export type ClockCommand = { do: "pause" | "resume" | "step" } | { do: "speed"; speed: number };

/** Fired by the time bar; whoever owns the world's clock obeys. */
export class ClockEvent extends Event {
  static readonly type = "homeroom-clock";
  readonly command: ClockCommand;

  constructor(command: ClockCommand) {
    super(ClockEvent.type, { bubbles: true, composed: true });
    this.command = command;
  }
}

/** Fired when a learner looks at another moment. Without a sequence number: at now. */
export class ScrubEvent extends Event {
  static readonly type = "homeroom-scrub";
  /** Views show the fold of all entries before this one. */
  readonly sequence: number | undefined;
  /** The world time that is looked at, for what is between two entries. */
  readonly at: number | undefined;

  constructor(moment?: { sequence: number; at: number }) {
    super(ScrubEvent.type, { bubbles: true, composed: true });
    this.sequence = moment?.sequence;
    this.at = moment?.at;
  }
}

/** Fired when a learner wants to see quiet requests too, or no longer. */
export class AllTrafficEvent extends Event {
  static readonly type = "homeroom-all-traffic";
  readonly all: boolean;

  constructor(all: boolean) {
    super(AllTrafficEvent.type, { bubbles: true, composed: true });
    this.all = all;
  }
}

declare global {
  interface HTMLElementEventMap {
    "homeroom-clock": ClockEvent;
    "homeroom-scrub": ScrubEvent;
    "homeroom-all-traffic": AllTrafficEvent;
  }
}
