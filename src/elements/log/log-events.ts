/** Fired when a learner asks for the log as a HAR file. Whoever owns the log makes it: `harOf` in har.ts. */
export class ExportHarEvent extends Event {
  static readonly type = "homeroom-export-har";
  /** With passwords and tokens as they are. */
  readonly secrets: boolean;

  constructor(secrets: boolean) {
    super(ExportHarEvent.type, { bubbles: true, composed: true });
    this.secrets = secrets;
  }
}

declare global {
  interface HTMLElementEventMap {
    "homeroom-export-har": ExportHarEvent;
  }
}
