import { html, type TemplateResult } from "lit";
import { say } from "../catalogue/catalogue.ts";
import { type HeaderActs, pageHeader } from "./page-header.ts";
import { type SiteView, tutorialOf } from "./site-view.ts";

/** Everything inside the body: skip link, header, and the page itself, which brings its `main`. */
export function sitePage(view: SiteView, main: unknown, acts: HeaderActs): TemplateResult {
  return html`<a class="skip-link" href="#content">${say("app.skip-link")}</a>
    ${pageHeader(view, acts)}
    <p class="banner too-old-note">${say("app.too-old")}</p>
    <p class="banner no-script-note">${say("app.no-script")}</p>
    ${main}`;
}

/** What the browser's tab and its history call the page. */
export function pageTitle(view: SiteView): string {
  const { route } = view;
  if (route.page === "home") return say("app.home-title");
  if (route.page === "about") return say("app.title", { page: say("about.title") });
  if (route.page === "seeds") return say("app.title", { page: say("app.seeds-title") });
  const tutorial = tutorialOf(view);
  const stepId = route.page === "tutorial" ? route.step : undefined;
  const step = tutorial?.steps.find(({ id }) => id === stepId);
  if (!tutorial || (stepId !== undefined && !step)) return say("app.title", { page: say("app.not-found") });
  return say("app.title", { page: step ? `${step.headline} · ${tutorial.title}` : tutorial.title });
}
