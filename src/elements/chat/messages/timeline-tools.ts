import type { ReactiveController, ReactiveControllerHost, TemplateResult } from "lit";
import type { ShownEvent } from "../../../client/client-fact.ts";
import { act, type By } from "../chat-act.ts";
import { type ChatRoom, noRoom } from "../chat-fold.ts";
import type { RowScene } from "../chat-message.ts";
import { localpartOf, shortName } from "../chat-words.ts";
import { MessageMenu } from "./message-menu.ts";
import { type Want, WantEvent } from "./want-event.ts";

type TimelineHost = ReactiveControllerHost &
  HTMLElement & {
    readonly renderRoot: ParentNode;
    readonly by: By;
    readonly roomId: string;
    readonly room: ChatRoom;
    readonly me: string | undefined;
    readonly readonly: boolean;
    readonly inThread: boolean;
  };

/** So long a finger rests on a message until its menu opens, milliseconds. */
const longPress = 450;

/** The tools of a timeline's messages, by mouse, touch and keyboard: one menu for all, one stop of the Tab key. */
export class TimelineTools implements ReactiveController {
  readonly #host: TimelineHost;
  readonly #menu: MessageMenu;
  #events: ReadonlyMap<string, ShownEvent> = new Map();
  #room = noRoom;
  /** The message that the arrow keys are at. */
  #at: string | undefined;
  #pressing: ReturnType<typeof setTimeout> | undefined;

  constructor(host: TimelineHost) {
    this.#host = host;
    this.#menu = new MessageMenu(host);
    host.addController(this);
  }

  hostDisconnected(): void {
    clearTimeout(this.#pressing);
  }

  message(id: string): ShownEvent | undefined {
    const { room } = this.#host;
    if (this.#room.events !== room.events)
      this.#events = new Map(room.events.map((event) => [event.id, event]));
    this.#room = room;
    return this.#events.get(id);
  }

  /** What the rows need for it. */
  scene(): Pick<RowScene, "message" | "nameOf" | "inThread" | "isTabStop" | "openMenu" | "want" | "react"> {
    const { room, inThread } = this.#host;
    const stop = this.#tabStop();
    return {
      message: (id) => this.message(id),
      nameOf: (user) => shortName(room.members.get(user)?.name ?? localpartOf(user)),
      inThread,
      isTabStop: ({ id }) => id === stop,
      openMenu: (event, opener, at) => void this.#menu.open(event, opener, at),
      want: (what, message) => this.#want(what, message),
      react: (event, key, remove) => this.#react(event, key, remove),
    };
  }

  renderMenu(): TemplateResult | unknown {
    const { me, readonly, inThread, room } = this.#host;
    const { may } = room.summary ?? {};
    return this.#menu.render({
      me,
      readonly,
      inThread,
      may: { send: may?.send ?? true, redact: may?.redact ?? false },
      want: (what, event) => this.#want(what, event.id),
      react: (event, key, remove) => this.#react(event, key, remove),
      ignore: (user) => void act(this.#host, this.#host.by, { type: "ignore", user, ignored: true }),
    });
  }

  /** The Tab key and the arrows go on from this message. */
  focus(id: string): void {
    const message = this.#host.renderRoot.querySelector(`[data-event="${CSS.escape(id)}"]`);
    const tools = message?.querySelector<HTMLElement>(".tools");
    if (!tools) return;
    this.#at = id;
    tools.focus({ preventScroll: true });
    this.#host.requestUpdate();
  }

  /** Arrow keys go from message to message while one's tools have the focus. */
  readonly pressed = (event: KeyboardEvent): void => {
    const target = event.target;
    if (!(target instanceof HTMLElement) || !target.matches(".tools")) return;
    const tools = [...this.#host.renderRoot.querySelectorAll<HTMLElement>(".tools")];
    const at = tools.indexOf(target);
    const next = { ArrowDown: at + 1, ArrowUp: at - 1, Home: 0, End: tools.length - 1 }[event.key];
    const to = next === undefined ? undefined : tools[next];
    if (!to) return;
    event.preventDefault();
    this.#at = eventIdOf(to);
    to.focus();
    this.#host.requestUpdate();
  };

  /** A right click, and a long press where the browser tells it so. */
  readonly contextMenu = (event: MouseEvent): void => {
    const message = this.#messageAt(event);
    const chosen = document.getSelection()?.toString();
    if (!message || chosen) return;
    event.preventDefault();
    this.#openAt(message, event);
  };

  /** A finger that rests. */
  readonly pointerDown = (event: PointerEvent): void => {
    clearTimeout(this.#pressing);
    const message = event.pointerType === "touch" ? this.#messageAt(event) : undefined;
    if (!message) return;
    this.#pressing = setTimeout(() => this.#openAt(message, event), longPress);
  };

  readonly pointerEnd = (): void => {
    clearTimeout(this.#pressing);
  };

  #openAt({ event, opener }: { event: ShownEvent; opener: HTMLElement }, at: MouseEvent): void {
    if (this.#menu.event?.id !== event.id)
      void this.#menu.open(event, opener, { x: at.clientX, y: at.clientY });
  }

  #messageAt(event: MouseEvent): { event: ShownEvent; opener: HTMLElement } | undefined {
    const path = event.composedPath().filter((each) => each instanceof HTMLElement);
    if (path.some((each) => each.matches("a, .message-menu"))) return undefined;
    const element = path.find((each) => each.dataset.event !== undefined);
    const opener = element?.querySelector<HTMLElement>(".tools");
    const message = this.message(element?.dataset.event ?? "");
    return message && opener ? { event: message, opener } : undefined;
  }

  /** Where the Tab key comes to: the message that it left, or the newest. */
  #tabStop(): string | undefined {
    const { events } = this.#host.room;
    if (this.#at !== undefined && this.message(this.#at)) return this.#at;
    return events.findLast(({ type, status }) => type === "m.room.message" && status === "sent")?.id;
  }

  #want(what: Want, message: string): void {
    this.#host.dispatchEvent(new WantEvent(what, message));
  }

  #react(event: ShownEvent, key: string, remove: boolean): void {
    const { by, roomId } = this.#host;
    void act(this.#host, by, {
      type: "react",
      in: roomId,
      event: event.id,
      key,
      ...(remove && { remove: true }),
    });
  }
}

function eventIdOf(element: HTMLElement): string | undefined {
  return element.closest<HTMLElement>("[data-event]")?.dataset.event;
}
