import { html, nothing, type TemplateResult } from "lit";
import { say } from "../../catalogue/catalogue.ts";
import { lookOf } from "../server-look.ts";
import { failure, messageBody, type RowScene } from "./chat-message.ts";
import { noticeWords } from "./chat-notice.ts";
import type { ChatRow } from "./chat-rows.ts";
import { clockTime, dayName, localpartOf, nameList, shortName } from "./chat-words.ts";
import { quote, reactionChips, threadMark, toolsButton } from "./messages/message-parts.ts";

/** A row of a timeline as programs on terminals show it: time, name, words. */
export function lineRow(row: ChatRow, scene: RowScene): TemplateResult {
  switch (row.kind) {
    case "day":
      return html`<p class="line quiet">--- ${dayName(row.at, scene.now)} ---</p>`;
    case "new":
      return html`<p class="line fresh">--- ${say("chat.new-mark")} ---</p>`;
    case "settings":
      return html`${row.events.map((event) => html`<p class="line quiet">${clockTime(event.at)} -!- ${noticeWords(event, scene)}</p>`)}`;
    case "notice":
      return html`<p class="line quiet">${clockTime(row.event.at)} -!- ${noticeWords(row.event, scene)}</p>${seen(row.key, scene)}`;
    case "message":
      return messageLine(row, scene);
  }
}

function messageLine({ key, event, own }: ChatRow & { kind: "message" }, scene: RowScene): TemplateResult {
  const look = lookOf(scene.looks, event.sender);
  const name = shortName(event.senderName || localpartOf(event.sender));
  const words = {
    sending: "chat.sending",
    waiting: "chat.waiting",
    sent: "chat.sent",
    failed: "chat.not-sent",
  } as const;
  return html`<div class=${own ? `line own ${event.status}` : "line"} data-event=${event.id}>
      <span class="quiet">${clockTime(event.at)}</span>
      <span class=${`nick ${look?.className ?? ""}`}>&lt;<bdi>${name}</bdi>&gt;</span>
      ${toolsButton(event, scene)}${quote(event, scene)}${messageBody(event, scene)}
      ${
        own && event.status !== "sent" && event.status !== "failed"
          ? html`<span class="quiet">[${say(words[event.status], { server: scene.server })}]</span>`
          : nothing
      }
    </div>
    ${event.status === "failed" ? failure(event, scene) : nothing}${reactionChips(event, scene)}${threadMark(event, scene)}${seen(key, scene)}`;
}

function seen(key: string, scene: RowScene): TemplateResult | typeof nothing {
  const readers = scene.readers(key);
  if (readers.length === 0) return nothing;
  return html`<p class="line quiet seen">
    -- ${say("chat.read-by", { names: nameList(readers.map(({ name }) => name)) })}
  </p>`;
}
