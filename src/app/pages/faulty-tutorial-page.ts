import { html, nothing, type TemplateResult } from "lit";
import { say } from "../../catalogue/page-words.ts";
import { faultText } from "../../tutorial/format/fault.ts";
import type { LoadedTutorial } from "../../tutorial/load-tutorial.ts";

/**
 * Why a tutorial from somewhere else cannot be played: all its faults at once, as its author needs them. `again` looks
 * whether that has changed.
 */
export function faultyTutorialPage(
  failed: Extract<LoadedTutorial, { ok: false }>,
  home: string,
  again: () => void,
): TemplateResult {
  return html`
    <main id="content" class="text-page" tabindex="-1">
      <h1 tabindex="-1">${say("loaded.title")}</h1>
      <p>${say(`loaded.${failed.why}`, { url: failed.url })}</p>
      ${
        failed.why === "faults"
          ? html`<ol class="faults" lang="en">
              ${failed.faults.map((fault) => html`<li>${faultText(fault)}</li>`)}
            </ol>`
          : nothing
      }
      <p>
        ${
          failed.why === "no-url"
            ? nothing
            : html`<button class="button" type="button" @click=${again}>${say("app.try-again")}</button>`
        }
        <a class="button primary" href=${home}>${say("app.to-home")}</a>
      </p>
    </main>
  `;
}
