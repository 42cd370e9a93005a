import { html, nothing, type TemplateResult } from "lit";
import { say } from "../../catalogue/page-words.ts";
import { type SiteView, tutorialOf } from "../site-view.ts";

/** Says so, and leads on: to the tutorial where only the step is wrong, to Home always. */
export function notFoundPage(view: SiteView): TemplateResult {
  const near = tutorialOf(view);
  return html`
    <main id="content" class="text-page" tabindex="-1">
      <h1 tabindex="-1">${say("app.not-found")}</h1>
      <p>${say("app.not-found-text")}</p>
      ${
        near
          ? html`<p>
              ${say("app.not-found-step", { title: near.title })}
              <a href=${view.href({ page: "tutorial", tutorial: near.id })}>${near.title}</a>
            </p>`
          : nothing
      }
      <p><a class="button primary" href=${view.href({ page: "home" })} data-home>${say("app.to-home")}</a></p>
    </main>
  `;
}
