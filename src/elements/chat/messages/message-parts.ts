import { html, nothing, type TemplateResult } from "lit";
import { say } from "../../../catalogue/message-words.ts";
import type { ShownEvent } from "../../../client/client-fact.ts";
import { lookOf } from "../../server-look.ts";
import { icon } from "../chat-icons.ts";
import type { RowScene } from "../chat-message.ts";
import { textOf } from "../chat-notice.ts";
import { clockTime, localpartOf, named, nameList, sayRich, shortName } from "../chat-words.ts";
import { fileIn } from "./file-content.ts";
import "./homeroom-chat-file.ts";

/** Longer words of a message are cut where it is only pointed at. */
const longest = 140;

/** A message in a few words: what it says, the name of its file, or that it is gone. */
export function briefly({ content, redacted, sealed }: ShownEvent): string {
  if (redacted) return say("chat.deleted-message");
  if (sealed?.open === false) return say("chat.waits-for-key");
  const file = fileIn(content);
  const text = file ? (file.caption ?? file.name) : (textOf(content.body) ?? say("chat.no-text"));
  return shortLine(text);
}

function shortLine(text: string): string {
  const line = text
    .slice(0, longest * 2)
    .replace(/\s+/g, " ")
    .trim();
  return line.length > longest ? `${line.slice(0, longest)}…` : line;
}

/** Who wrote a message. */
export function writerOf({ senderName, sender }: ShownEvent): string {
  return shortName(senderName || localpartOf(sender));
}

/** The message that is answered, over the answer. */
export function quote(event: ShownEvent, scene: RowScene): TemplateResult | typeof nothing {
  const { replyTo } = event;
  if (replyTo === undefined || event.redacted) return nothing;
  const original = scene.message(replyTo);
  const label = original
    ? say("messages.in-reply-to", { name: writerOf(original), text: briefly(original) })
    : say("messages.original-away");
  return html`<button
    class=${`quote ${original ? (lookOf(scene.looks, original.sender)?.className ?? "") : ""}`}
    title=${say("messages.jump")}
    @click=${() => scene.want("jump", replyTo)}
  >
    <span class="unseen">${label}</span>
    ${
      original
        ? html`<bdi class="sender one-line" aria-hidden="true">${writerOf(original)}</bdi
            ><bdi class="one-line" aria-hidden="true">${briefly(original)}</bdi>`
        : html`<span class="one-line" aria-hidden="true">${label}</span>`
    }
  </button>`;
}

/** What others think of a message; one's own can be added and taken back. */
export function reactionChips(event: ShownEvent, scene: RowScene): TemplateResult | typeof nothing {
  const { reactions = [] } = event;
  if (reactions.length === 0 || event.redacted) return nothing;
  return html`<div class="reactions" role="group" aria-label=${say("messages.reactions")}>
    ${reactions.map(({ key, senders }) => {
      const own = scene.me !== undefined && senders.includes(scene.me);
      const names = nameList(
        senders.map((user) => scene.nameOf(user)),
        8,
      );
      const words = say("messages.reacted", { key: shortName(key), names });
      return html`<button
        class="reaction"
        aria-pressed=${own ? "true" : "false"}
        title=${words}
        data-key=${key}
        ?disabled=${scene.readonly}
        @click=${() => scene.react(event, key, own)}
      >
        <span class="unseen">${words}</span><bdi class="key" aria-hidden="true">${[...key].slice(0, 12).join("")}</bdi
        ><span aria-hidden="true">${senders.length}</span>
      </button>`;
    })}
  </div>`;
}

/** The thread that a message began. */
export function threadMark(event: ShownEvent, scene: RowScene): TemplateResult | typeof nothing {
  const { began } = event;
  if (!began || scene.inThread) return nothing;
  const { latest } = began;
  const name = latest && shortName(latest.senderName || localpartOf(latest.sender));
  return html`<button class="thread" data-act="thread" @click=${() => scene.want("thread", event.id)}>
    ${icon("thread")}<span class="count">${say("messages.thread-count", { n: began.count })}</span>
    ${
      latest
        ? html`<span class="latest one-line"><bdi>${name}</bdi>: <bdi>${shortLine(latest.text)}</bdi></span
            ><span class="at">${clockTime(latest.at)}</span>`
        : nothing
    }
    ${
      began.unread > 0
        ? html`<span class=${began.highlights > 0 ? "badge loud" : "badge"}
            >${say("messages.thread-unread", { n: began.unread })}</span
          >`
        : nothing
    }
  </button>`;
}

/** That a message was edited, and the way to what it said before. */
export function editedMark(event: ShownEvent, scene: RowScene): TemplateResult | typeof nothing {
  if (event.editing) return html` <span class="edited">(${say("messages.saving-edit")})</span>`;
  if (!event.edited) return nothing;
  return html` <button
    class="edited"
    title=${say("messages.history")}
    aria-label=${say("messages.edited-show")}
    @click=${() => scene.want("history", event.id)}
  >
    (${say("chat.edited")})</button
  >`;
}

/** The button that opens what can be done with a message. */
export function toolsButton(event: ShownEvent, scene: RowScene): TemplateResult | typeof nothing {
  if (event.status !== "sent" || !event.id.startsWith("$")) return nothing;
  return html`<button
    class="icon tools"
    tabindex=${scene.isTabStop(event) ? "0" : "-1"}
    aria-label=${say("messages.actions")}
    title=${say("messages.actions")}
    aria-haspopup="menu"
    @click=${(click: Event) => scene.openMenu(event, click.currentTarget as HTMLElement)}
  >
    ${icon("more")}
  </button>`;
}

/** A message with a file: the file, and what was said with it. */
export function fileParts(
  event: ShownEvent,
  caption: (text: string) => TemplateResult,
): TemplateResult | undefined {
  const file = fileIn(event.content);
  if (!file) return undefined;
  return html`<homeroom-chat-file .file=${file}></homeroom-chat-file>${
    file.caption === undefined ? nothing : html`<div class="caption">${caption(file.caption)}</div>`
  }`;
}

/** Who wrote it, in a sentence for the label of a pane. */
export function replyingTo(event: ShownEvent): TemplateResult {
  return sayRich("messages.replying", { name: named(writerOf(event)) });
}
