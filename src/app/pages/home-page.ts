import { html, nothing, type TemplateResult } from "lit";
import { say } from "../../catalogue/page-words.ts";
import { type CourseCard, findTutorial, type TutorialCard } from "../course-index.ts";
import type { SiteView } from "../site-view.ts";
import { homePicture } from "./home-picture.ts";

/** What this is, one click to the first tutorial, and everything that there is. */
export function homePage(view: SiteView): TemplateResult {
  return html`
    <main id="content" class="home" tabindex="-1">
      <section class="hero">
        <div class="hero-words">
          <h1 tabindex="-1">${say("app.hero")}</h1>
          <p class="lead">${say("app.lead")}</p>
          ${wayIn(view)}
          <ul class="promises">
            <li>${say("app.promise-account")}</li>
            <li>${say("app.promise-private")}</li>
            <li>${say("app.promise-offline")}</li>
          </ul>
        </div>
        ${homePicture()}
      </section>
      ${view.index.map((course) => courseSection(course, view))}
    </main>
  `;
}

/** The one button: on with what was begun, else the first tutorial that is not done. */
function wayIn(view: SiteView): TemplateResult | typeof nothing {
  const all = view.index.flatMap((course) => course.tutorials);
  const latest = view.latest === undefined ? undefined : findTutorial(view.index, view.latest);
  const begun = latest && !view.standings[latest.id]?.finished ? latest : undefined;
  const next = begun ?? all.find(({ id }) => !view.standings[id]?.finished);
  if (!next) return all[0] ? html`<p>${say("app.start-again-from")}</p>` : nothing;
  const at = next.steps.findIndex(({ id }) => id === view.standings[next.id]?.step);
  const goesOn = begun !== undefined && at >= 0;
  return html`
    <p class="way-in">
      <a class="button primary large" href=${view.href({ page: "tutorial", tutorial: next.id })}
        >${say(goesOn ? "app.continue" : "app.start", { title: next.title })}</a
      >
      <span class="quiet"
        >${
          goesOn
            ? say("app.continue-at", {
                number: at + 1,
                count: next.steps.length,
                headline: next.steps[at]!.headline,
              })
            : say("app.minutes", { minutes: next.minutes })
        }</span
      >
    </p>
  `;
}

function courseSection(course: CourseCard, view: SiteView): TemplateResult {
  return html`
    <section class="course" aria-labelledby=${`course-${course.id}`}>
      <h2 id=${`course-${course.id}`}>${course.title}</h2>
      ${course.summary ? html`<p class="quiet">${course.summary}</p>` : nothing}
      <ul class="cards">
        ${course.tutorials.map((tutorial, index) => card(tutorial, index, view))}
      </ul>
    </section>
  `;
}

function card(tutorial: TutorialCard, index: number, view: SiteView): TemplateResult {
  const standing = view.standings[tutorial.id];
  const done = tutorial.steps.filter(({ id }) => standing?.marks[id]).length;
  const count = tutorial.steps.length;
  return html`
    <li class="card">
      <span class="card-number" aria-hidden="true">${index + 1}</span>
      <h3><a href=${view.href({ page: "tutorial", tutorial: tutorial.id })}>${tutorial.title}</a></h3>
      <p>${tutorial.summary}</p>
      <p class="card-foot">
        <span>${say("app.minutes", { minutes: tutorial.minutes })}</span>
        <span class=${standing?.finished ? "done" : ""}
          >${
            standing?.finished
              ? say("app.done")
              : standing
                ? say("app.step-progress", { done, count })
                : say("app.steps", { count })
          }</span
        >
      </p>
      <progress class=${standing ? "" : "unbegun"} max=${count} value=${standing?.finished ? count : done} aria-hidden="true"></progress>
    </li>
  `;
}
