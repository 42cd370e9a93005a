import { html, nothing, type TemplateResult } from "lit";
import { isWordsKey, say } from "../../catalogue/encryption-words.ts";
import type { ShownEvent } from "../../client/client-fact.ts";

/** What stands where a message cannot be read: that it waits, and why. */
export function sealedWords({ sealed }: ShownEvent): TemplateResult {
  if (sealed?.reason === undefined) return html`<span class="gone">${say("keys.opening")}</span>`;
  return html`<span class="gone">${say("keys.sealed")}</span>
    <small class="why">${reasonWords(sealed.reason)}</small>`;
}

/** Why a message cannot be opened, by the SDK's code. */
export function reasonWords(reason: string): string {
  const key = `keys.reason-${reason}`;
  return isWordsKey(key) ? say(key) : say("keys.reason-other");
}

/** A mark with words where something about a message's sender is doubtful. */
export function shieldMark({ sealed }: ShownEvent): TemplateResult | typeof nothing {
  const { shield } = sealed ?? {};
  if (!shield) return nothing;
  const key = `keys.shield-${shield.reason}`;
  const words = isWordsKey(key) ? say(key) : say("keys.shield-unknown");
  return html`<small class=${`shield ${shield.colour}`}
    ><svg class="drawing" viewBox="0 0 24 24" aria-hidden="true" focusable="false"
      ><path d="M12 3l8 3v6c0 5-3.5 8-8 9-4.5-1-8-4-8-9V6zM12 8v5M12 16.5h.01"></path></svg
    >${words}</small
  >`;
}
