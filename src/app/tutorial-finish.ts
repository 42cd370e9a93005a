import { html, type TemplateResult } from "lit";
import { say } from "../catalogue/catalogue.ts";
import type { TutorialSession } from "./session/tutorial-session.ts";
import type { TutorialPlace } from "./tutorial-place.ts";

/** What stands in the step's place when the last one is done: where it leads. */
export function tutorialFinish({ next, href }: TutorialPlace, session: TutorialSession): TemplateResult {
  return html`<div class="step-text finish">
    <p class="step-place">${session.prose.title}</p>
    <h1 tabindex="-1">${say("finish.title")}</h1>
    <p>${say("finish.text", { title: session.prose.title })}</p>
    ${
      next
        ? html`<p>${say("finish.next", { title: next.title })} ${next.summary}</p>
            <p><a class="button primary large" href=${href(next.id)}>${say("app.start", { title: next.title })}</a></p>
            <p><a href=${href()}>${say("app.to-home")}</a></p>`
        : html`<p><a class="button primary large" href=${href()}>${say("app.to-home")}</a></p>`
    }
    <p class="buttons">
      <button class="button" type="button" @click=${() => session.learner({ type: "learner.back" })}>${say("step.back")}</button>
      <button class="button" type="button" @click=${() => session.learner({ type: "learner.startAgain" })}>
        ${say("step.start-again")}
      </button>
    </p>
  </div>`;
}
