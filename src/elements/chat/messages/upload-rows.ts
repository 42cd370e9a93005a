import { html, nothing, type TemplateResult } from "lit";
import { say, spokenLanguage } from "../../../catalogue/message-words.ts";
import type { Upload } from "../../../client/message-fact.ts";
import { shortName } from "../chat-words.ts";
import { sizeWords } from "./file-content.ts";

/** Files on their way, at the end of a timeline. */
export function uploadRows(uploads: ReadonlyMap<string, Upload>): TemplateResult | typeof nothing {
  if (uploads.size === 0) return nothing;
  return html`<div class="uploads">
    ${[...uploads.values()].map(
      ({ name, size, loaded, state }) => html`<div class="upload">
        <span class="one-line"><bdi>${shortName(name)}</bdi></span>
        <span>${
          state === "uploading"
            ? sizeWords(size, spokenLanguage())
            : say(state === "looking" ? "messages.upload-looking" : "messages.upload-sending")
        }</span>
        <progress
          aria-label=${say("messages.uploading", { name: shortName(name) })}
          max=${size}
          value=${state === "looking" || (state === "uploading" && loaded === 0) ? nothing : loaded}
        ></progress>
      </div>`,
    )}
  </div>`;
}
