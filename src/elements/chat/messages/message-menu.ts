import {
  html,
  nothing,
  type ReactiveController,
  type ReactiveControllerHost,
  type TemplateResult,
} from "lit";
import { say } from "../../../catalogue/message-words.ts";
import type { ShownEvent } from "../../../client/client-fact.ts";
import { textOf } from "../chat-notice.ts";
import { quickEmoji } from "./emoji-groups.ts";
import { writerOf } from "./message-parts.ts";
import type { Want } from "./want-event.ts";

type MenuHost = ReactiveControllerHost & HTMLElement & { readonly renderRoot: ParentNode };

/** What a message's menu needs of the room around it. */
export type MenuScene = {
  me: string | undefined;
  readonly: boolean;
  inThread: boolean;
  may: { send: boolean; redact: boolean };
  want(what: Want, event: ShownEvent): void;
  react(event: ShownEvent, key: string, remove: boolean): void;
  ignore(user: string): void;
};

type Item = { words: string; act: string; run(): void; danger?: boolean };

/** What can be done with one message. Arrow keys move, Escape closes; the focus goes back to where it came from. */
export class MessageMenu implements ReactiveController {
  readonly #host: MenuHost;
  #event: ShownEvent | undefined;
  #opener: HTMLElement | undefined;
  #at = { x: 0, y: 0 };

  constructor(host: MenuHost) {
    this.#host = host;
    host.addController(this);
  }

  hostConnected(): void {
    document.addEventListener("pointerdown", this.#outside);
  }

  hostDisconnected(): void {
    document.removeEventListener("pointerdown", this.#outside);
  }

  /** The message whose menu is open. */
  get event(): ShownEvent | undefined {
    return this.#event;
  }

  /** Opens at a control, or at the place of a pointer in the page. */
  async open(event: ShownEvent, opener: HTMLElement, at?: { x: number; y: number }): Promise<void> {
    if (this.#event?.id === event.id && !at) {
      this.close();
      return;
    }
    const box = opener.getBoundingClientRect();
    this.#opener = opener;
    this.#at = at ?? { x: box.x + box.width / 2, y: box.bottom };
    this.#event = event;
    this.#host.requestUpdate();
    await this.#host.updateComplete;
    this.#place();
    this.#items()[0]?.focus({ preventScroll: true });
  }

  close(): void {
    if (!this.#event) return;
    this.#event = undefined;
    this.#host.requestUpdate();
    if (this.#opener?.isConnected) this.#opener.focus({ preventScroll: true });
  }

  render(scene: MenuScene): TemplateResult | typeof nothing {
    const event = this.#event;
    if (!event) return nothing;
    const canReact = scene.may.send && !scene.readonly && !event.redacted;
    const items = itemsOf(event, scene);
    if (!canReact && items.length === 0) return nothing;
    return html`<div class="message-menu" role="menu" aria-label=${say("messages.actions")} @keydown=${this.#pressed} @focusout=${this.#left}>
      ${
        canReact
          ? html`<div class="quick" role="group" aria-label=${say("messages.reactions")}>
              ${quickEmoji.map((key) => {
                const own = isOwn(event, key, scene.me);
                return html`<button
                  role="menuitemcheckbox"
                  tabindex="-1"
                  aria-checked=${own ? "true" : "false"}
                  aria-label=${say("messages.react", { key })}
                  data-key=${key}
                  @click=${() => this.#take(() => scene.react(event, key, own))}
                >
                  ${key}
                </button>`;
              })}
              <button role="menuitem" tabindex="-1" data-act="emoji" aria-label=${say("messages.more-emoji")} title=${say("messages.more-emoji")} @click=${() => this.#take(() => scene.want("emoji", event))}>
                +
              </button>
            </div>`
          : nothing
      }
      ${items.map(
        ({ words, act, run, danger }) =>
          html`<button role="menuitem" tabindex="-1" class=${danger ? "danger" : ""} data-act=${act} @click=${() => this.#take(run)}>
            ${words}
          </button>`,
      )}
    </div>`;
  }

  /** The menu closes first: what comes next may take the focus. */
  #take(run: () => void): void {
    this.close();
    run();
  }

  /** Inside the host, wherever the message stands. */
  #place(): void {
    const menu = this.#host.renderRoot.querySelector<HTMLElement>(".message-menu");
    if (!menu) return;
    const around = this.#host.getBoundingClientRect();
    const { offsetWidth: width, offsetHeight: height } = menu;
    const x = Math.max(6, Math.min(this.#at.x - around.x - width / 2, around.width - width - 6));
    const below = this.#at.y - around.y + 2;
    const y = below + height < around.height - 4 ? below : Math.max(4, below - height - 36);
    menu.style.translate = `${x}px ${Math.min(y, Math.max(4, around.height - height - 4))}px`;
  }

  readonly #pressed = (event: KeyboardEvent): void => {
    const items = this.#items();
    const at = items.findIndex((item) => item.matches(":focus"));
    const quick = items.filter((item) => item.closest(".quick")).length;
    const rows = Math.max(quick, 1);
    const isQuick = at < quick;
    const next = {
      ArrowDown: isQuick && quick > 0 ? quick : at + 1,
      ArrowUp: !isQuick && at - 1 < quick && quick > 0 ? 0 : at - 1,
      ArrowRight: isQuick ? (at + 1) % rows : at,
      ArrowLeft: isQuick ? (at - 1 + rows) % rows : at,
      Home: 0,
      End: items.length - 1,
    }[event.key];
    if (next !== undefined) {
      event.preventDefault();
      items.at(next % items.length)?.focus();
    } else if (event.key === "Escape" || event.key === "Tab") {
      event.stopPropagation();
      event.preventDefault();
      this.close();
    }
  };

  readonly #left = (event: FocusEvent): void => {
    const to = event.relatedTarget;
    if (to === null || (to instanceof Element && to.closest(".message-menu"))) return;
    this.#event = undefined;
    this.#host.requestUpdate();
  };

  readonly #outside = (event: PointerEvent): void => {
    if (!this.#event) return;
    const path = event.composedPath();
    if (path.some((each) => each instanceof Element && each.matches(".message-menu, .tools"))) return;
    this.#event = undefined;
    this.#host.requestUpdate();
  };

  #items(): HTMLElement[] {
    return [...this.#host.renderRoot.querySelectorAll<HTMLElement>(".message-menu button:enabled")];
  }
}

/** Has this user reacted so? */
export function isOwn({ reactions = [] }: ShownEvent, key: string, me: string | undefined): boolean {
  return me !== undefined && reactions.some((each) => each.key === key && each.senders.includes(me));
}

function itemsOf(event: ShownEvent, scene: MenuScene): Item[] {
  const own = event.sender === scene.me;
  const text = textOf(event.content.body);
  const canWrite = scene.may.send && !scene.readonly && !event.redacted;
  const items: (Item | false)[] = [
    canWrite && { words: say("messages.reply"), act: "reply", run: () => scene.want("reply", event) },
    canWrite &&
      !scene.inThread && {
        words: say("messages.reply-in-thread"),
        act: "thread",
        run: () => scene.want("thread", event),
      },
    canWrite &&
      own &&
      text !== undefined && {
        words: say("messages.edit"),
        act: "edit",
        run: () => scene.want("edit", event),
      },
    !event.redacted &&
      text !== undefined && {
        words: say("messages.copy"),
        act: "copy",
        run: () => void navigator.clipboard?.writeText(text).catch(() => undefined),
      },
    event.edited === true && {
      words: say("messages.history"),
      act: "history",
      run: () => scene.want("history", event),
    },
    !scene.readonly &&
      !event.redacted &&
      (own || scene.may.redact) && {
        words: say("messages.delete"),
        act: "delete",
        danger: true,
        run: () => scene.want("delete", event),
      },
    !scene.readonly &&
      !own && {
        words: say("messages.ignore", { name: writerOf(event) }),
        act: "ignore",
        danger: true,
        run: () => scene.ignore(event.sender),
      },
  ];
  return items.filter((item) => item !== false);
}
