import { html, type TemplateResult } from "lit";
import { say } from "../../catalogue/page-words.ts";

/** What the page of random networks says before it plays one. */
export function seedsTextPage(): TemplateResult {
  return html`<main id="content" class="tutorial" tabindex="-1">
    <section class="step-side">
      <div class="step-text">
        <p class="step-place">${say("trial.kicker")}</p>
        <h1 tabindex="-1">${say("trial.headline")}</h1>
        <div class="step-prose"><p>${say("trial.text-check")}</p></div>
      </div>
    </section>
    <section class="stage-side" aria-label=${say("stage.name")}></section>
  </main>`;
}
