import { html, nothing, type TemplateResult } from "lit";
import { say } from "../../catalogue/catalogue.ts";
import { refusalWords } from "../../catalogue/refusal-words.ts";
import type { ShownEvent } from "../../client/client-fact.ts";
import { lookOf, type ServerLooks } from "../server-look.ts";
import { avatar } from "./chat-avatar.ts";
import { noticeWords, textOf } from "./chat-notice.ts";
import type { ChatRow } from "./chat-rows.ts";
import { sealedWords, shieldMark } from "./chat-sealed.ts";
import { plainText } from "./chat-text.ts";
import { clockTime, dayName, localpartOf, named, nameList, sayRich, shortName } from "./chat-words.ts";
import "./homeroom-chat-formatted.ts";
import {
  editedMark,
  fileParts,
  quote,
  reactionChips,
  threadMark,
  toolsButton,
} from "./messages/message-parts.ts";
import type { Want } from "./messages/want-event.ts";

/** What a row needs to know of the room around it. */
export type RowScene = {
  me: string | undefined;
  looks: ServerLooks | undefined;
  /** The own homeserver. */
  server: string;
  /** Names stand over the bubbles. */
  named: boolean;
  readonly: boolean;
  now: number;
  /** Who has read up to a row, by its key. */
  readers(key: string): readonly { user: string; name: string }[];
  retry(event: ShownEvent): void;
  discard(event: ShownEvent): void;
  /** Long messages that were opened. */
  isWhole(event: ShownEvent): boolean;
  showWhole(event: ShownEvent): void;
  /** A message of this room, as far as it is loaded. */
  message(id: string): ShownEvent | undefined;
  /** What a user is called here. */
  nameOf(user: string): string;
  /** The rows are those of one thread. */
  inThread: boolean;
  /** Tab comes to this message's tools; arrow keys go on from there. */
  isTabStop(event: ShownEvent): boolean;
  openMenu(event: ShownEvent, opener: HTMLElement, at?: { x: number; y: number }): void;
  want(what: Want, message: string): void;
  react(event: ShownEvent, key: string, remove: boolean): void;
};

/** Longer messages are folded. */
const longest = 1200;

/** A row of a timeline in bubbles. */
export function bubbleRow(row: ChatRow, scene: RowScene): TemplateResult {
  switch (row.kind) {
    case "day":
      return html`<span class="day">${dayName(row.at, scene.now)}</span>`;
    case "new":
      return html`<span class="new-mark">${say("chat.new-mark")}</span>`;
    case "notice":
      return html`<p class="notice">${noticeWords(row.event, scene)}</p>${readMarks(row.key, scene)}`;
    case "settings":
      return settingsRow(row.events, row.key, scene);
    case "message":
      return messageRow(row, scene);
  }
}

function messageRow(
  { key, event, own, first, last }: ChatRow & { kind: "message" },
  scene: RowScene,
): TemplateResult {
  const name = shortName(event.senderName || localpartOf(event.sender));
  const look = lookOf(scene.looks, event.sender);
  const echo = event.status !== "sent";
  const classes = ["message", own ? "own" : "other", first && "first", last && "last", echo && event.status];
  return html`<div class=${classes.filter(Boolean).join(" ")} data-event=${event.id}>
      ${own ? nothing : last ? avatar(name, event.sender, scene.looks) : html`<span class="no-avatar"></span>`}
      <div class="stack">
        ${
          !own && first && scene.named
            ? html`<bdi class=${`sender one-line ${look?.className ?? ""}`}>${name}</bdi>`
            : html`<span class="unseen">${own ? say("chat.said-by-you") : sayRich("chat.said-by", { name: named(name) })}</span>`
        }
        <div class=${isSealed(event) ? "bubble sealed" : "bubble"}>
          ${quote(event, scene)}${messageBody(event, scene)}${
            last || echo
              ? html`<span class="when">${clockTime(event.at)}${statusMark(event, scene)}</span>`
              : nothing
          }
        </div>
        ${shieldMark(event)}${event.status === "failed" ? failure(event, scene) : nothing}${reactionChips(event, scene)}${threadMark(event, scene)}
      </div>
      ${toolsButton(event, scene)}
    </div>
    ${readMarks(key, scene)}`;
}

/** What a message says. */
export function messageBody(event: ShownEvent, scene: RowScene): TemplateResult {
  const { content } = event;
  if (event.redacted) {
    const { reason } = event.redacted;
    return html`<span class="gone">${
      reason ? sayRich("chat.deleted-because", { reason: named(reason) }) : say("chat.deleted-message")
    }</span>`;
  }
  if (isSealed(event)) return sealedWords(event);
  const withFile = fileParts(event, (caption) => wordsOf(caption, event, scene));
  if (withFile) return html`${withFile}${editedMark(event, scene)}`;
  const body = textOf(content.body);
  if (body === undefined) return html`<span class="gone">${say("chat.no-text")}</span>`;
  return html`${prefixed(event, wordsOf(body, event, scene))}${editedMark(event, scene)}`;
}

/** Words, with their formatting where they have one. */
function wordsOf(body: string, event: ShownEvent, scene: RowScene): TemplateResult {
  const { content } = event;
  const whole = body.length <= longest || scene.isWhole(event);
  const text = whole ? body : `${body.slice(0, longest)}…`;
  const plain = plainText(text, scene.looks);
  const formatted =
    content.format === "org.matrix.custom.html" && whole ? textOf(content.formatted_body) : undefined;
  const words = formatted
    ? html`<homeroom-chat-formatted .source=${formatted} .plain=${plain}></homeroom-chat-formatted>`
    : html`<span class="text" dir="auto">${plain}</span>`;
  return html`${words}${
    whole
      ? nothing
      : html` <button class="plain" @click=${() => scene.showWhole(event)}>${say("chat.show-all")}</button>`
  }`;
}

function prefixed(event: ShownEvent, words: TemplateResult): TemplateResult {
  const type = event.content.msgtype;
  if (type === "m.emote")
    return html`<span class="emote">* <bdi>${shortName(event.senderName)}</bdi> ${words}</span>`;
  if (type === "m.notice") return html`<span class="bot">${words}</span>`;
  return type === "m.location" ? sayRich("chat.location", { name: words }) : words;
}

export function isSealed(event: ShownEvent): boolean {
  return (
    !event.redacted &&
    (event.sealed?.open === false || (event.type === "m.room.encrypted" && !event.sealed?.open))
  );
}

/** Where an own message is: a word for screen readers, a mark for the eye. */
export function statusMark(
  { sender, status }: ShownEvent,
  { me, server }: RowScene,
): TemplateResult | typeof nothing {
  if (sender !== me) return nothing;
  const words = {
    sending: "chat.sending",
    waiting: "chat.waiting",
    sent: "chat.sent",
    failed: "chat.not-sent",
  } as const;
  const mark = { sending: "◌", waiting: "◷", sent: "✓", failed: "!" }[status];
  const text = say(words[status], { server });
  return html`<span class=${`status ${status}`} title=${text}
    ><span aria-hidden="true">${mark}</span><span class="unseen">${text}</span></span
  >`;
}

export function failure(event: ShownEvent, scene: RowScene): TemplateResult {
  return html`<p class="failure">
    <span>${say("chat.not-sent")} ${event.errcode ? refusalWords({ code: event.errcode, facts: {} }) : nothing}</span>
    <button class="plain" data-act="retry" ?disabled=${scene.readonly} @click=${() => scene.retry(event)}>${say("chat.retry")}</button>
    <button class="plain danger" data-act="discard" ?disabled=${scene.readonly} @click=${() => scene.discard(event)}>${say("chat.delete")}</button>
  </p>`;
}

function settingsRow(events: readonly ShownEvent[], key: string, scene: RowScene): TemplateResult {
  const [first] = events;
  if (events.length === 1 && first) {
    return html`<p class="notice">${noticeWords(first, scene)}</p>${readMarks(key, scene)}`;
  }
  const own = first?.sender === scene.me;
  return html`<details class="notice">
      <summary>
        ${
          first?.type === "m.room.create"
            ? noticeWords(first, scene)
            : sayRich(own ? "chat.own-settings" : "chat.settings", {
                who: named(first?.senderName || localpartOf(first?.sender ?? "")),
                settings: say("chat.settings-count", { n: events.length }),
              })
        }
      </summary>
      ${events.slice(first?.type === "m.room.create" ? 1 : 0).map((event) => html`<p>${noticeWords(event, scene)}</p>`)}
    </details>
    ${readMarks(key, scene)}`;
}

function readMarks(key: string, scene: RowScene): TemplateResult | typeof nothing {
  const readers = scene.readers(key);
  if (readers.length === 0) return nothing;
  const words = say("chat.read-by", { names: nameList(readers.map(({ name }) => name)) });
  return html`<p class="readers" title=${words}>
    <span class="unseen">${words}</span>
    ${readers.slice(0, 5).map(({ user, name }) => avatar(name, user, scene.looks, "tiny"))}
    ${readers.length > 5 ? html`<span aria-hidden="true">+${readers.length - 5}</span>` : nothing}
  </p>`;
}
