/** Fired by an element that shows media: whoever knows the world sets `result` to its bytes, as this device may see them. */
export class MediaEvent extends Event {
  static readonly type = "homeroom-media";
  readonly mxc: string;
  result: Promise<Blob | undefined> | undefined;

  constructor(mxc: string) {
    super(MediaEvent.type, { bubbles: true, composed: true });
    this.mxc = mxc;
  }
}

declare global {
  interface HTMLElementEventMap {
    "homeroom-media": MediaEvent;
  }
}
