import { html, type TemplateResult } from "lit";
import { say } from "../../catalogue/catalogue.ts";

/** A part of the site did not come: there is no network, or a newer version has taken its place. */
export function notLoadedPage(again: () => void): TemplateResult {
  return html`
    <main id="content" class="text-page" tabindex="-1">
      <h1 tabindex="-1">${say("app.not-loaded")}</h1>
      <p>${say("app.not-loaded-text")}</p>
      <p><button class="button primary" type="button" @click=${again}>${say("app.try-again")}</button></p>
    </main>
  `;
}
