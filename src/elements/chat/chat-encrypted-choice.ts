import { html, nothing, type TemplateResult } from "lit";
import { say } from "../../catalogue/encryption-words.ts";
import type { ChatState } from "./chat-fold.ts";

/** Whether messages in a new room are to be encrypted: yes, unless somebody takes it away. Only devices with keys ask. */
export function encryptedChoice({ keys }: ChatState, off: boolean): TemplateResult | typeof nothing {
  if (!keys.own) return nothing;
  return html`<label class="option">
    <input type="checkbox" id="encrypted" checked ?disabled=${off} />
    <span>${say("keys.encrypted")}<small class="said">${say("keys.encrypted-said")}</small></span>
  </label>`;
}

/** What was chosen, for a new room. */
export function wantsEncryption(form: ParentNode): { encrypted?: true } {
  return form.querySelector<HTMLInputElement>("#encrypted")?.checked ? { encrypted: true } : {};
}

/** A warning where whoever is invited gets the keys of earlier messages. */
export function historyWarning({ keys, rooms }: ChatState, room: string): TemplateResult | typeof nothing {
  const { summary, state } = rooms.get(room) ?? {};
  const visibility = state?.get("m.room.history_visibility ")?.content.history_visibility ?? "shared";
  const isShared = visibility === "shared" || visibility === "world_readable";
  if (!summary?.encrypted || !keys.own?.verified || !isShared) return nothing;
  return html`<p class="said" id="history-shared">${say("keys.history-shared")}</p>`;
}
