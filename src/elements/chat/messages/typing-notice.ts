import type { ReactiveController, ReactiveControllerHost } from "lit";
import { act, type By } from "../chat-act.ts";

/** So long after the last key somebody no longer types. Milliseconds. */
const typingEnds = 6000;
/** So often others are told again. Milliseconds. */
const typingLasts = 12_000;

type TypingHost = ReactiveControllerHost & HTMLElement & { readonly by: By; readonly readonly: boolean };

/** Tells others in a room that somebody types, and that they have stopped. */
export class TypingNotice implements ReactiveController {
  readonly #host: TypingHost;
  #since = 0;
  #timer: ReturnType<typeof setTimeout> | undefined;

  constructor(host: TypingHost) {
    this.#host = host;
    host.addController(this);
  }

  hostDisconnected(): void {
    clearTimeout(this.#timer);
  }

  /** A key was pressed. */
  typed(room: string): void {
    clearTimeout(this.#timer);
    this.#timer = setTimeout(() => this.stopped(room), typingEnds);
    if (performance.now() - this.#since < typingLasts && this.#since > 0) return;
    this.#since = performance.now();
    this.#tell(room, true);
  }

  stopped(room: string): void {
    const wasTyping = this.#since > 0;
    this.sent();
    if (wasTyping && !this.#host.readonly) this.#tell(room, false);
  }

  /** The server ends the typing of whoever sends. */
  sent(): void {
    clearTimeout(this.#timer);
    this.#since = 0;
  }

  #tell(room: string, typing: boolean): void {
    void act(this.#host, this.#host.by, { type: "setTyping", in: room, typing });
  }
}
