import { html, nothing, svg, type TemplateResult } from "lit";
import { repeat } from "lit/directives/repeat.js";
import { say } from "../catalogue/catalogue.ts";
import type { TutorialCard } from "./course-index.ts";
import { type SiteView, type Standing, tutorialOf } from "./site-view.ts";
import type { ThemeChoice } from "./theme.ts";

/** What the page's controls lead to. */
export type HeaderActs = { changeTheme: () => void; chooseLanguage: (language: string) => void };

/** Word mark, where one is, progress, and the few settings. */
export function pageHeader(view: SiteView, acts: HeaderActs): TemplateResult {
  const { route } = view;
  const tutorial = tutorialOf(view);
  const shown =
    tutorial &&
    Math.max(
      0,
      tutorial.steps.findIndex(({ id }) => id === currentStep(view)),
    );
  return html`
    <header class="site-header">
      <a class="word-mark" href=${view.href({ page: "home" })} aria-label=${`${say("app.name")}, ${say("app.home")}`}
        >home<span>room</span></a
      >
      ${
        tutorial && shown !== undefined
          ? html`
              <nav class="crumbs" aria-label=${say("app.where")}>
                <a href=${view.href({ page: "tutorial", tutorial: tutorial.id })}>${tutorial.title}</a>
                <span aria-hidden="true">›</span>
                <span aria-current="step">${say("app.step-of", { number: shown + 1, count: tutorial.steps.length })}</span>
              </nav>
              ${dashes(tutorial, shown, view.standings[tutorial.id])}
            `
          : nothing
      }
      <div class="site-settings">
        <a class="quiet-link" href=${view.href({ page: "about" })} aria-current=${route.page === "about" ? "page" : nothing}
          >${say("app.about")}</a
        >
        ${Object.keys(view.languages).length > 1 ? languageChoice(view, acts) : nothing}
        <button class="icon-button needs-script" type="button" ?disabled=${!view.alive} @click=${acts.changeTheme}
          aria-label=${say("app.theme", { choice: say(`app.theme-${view.theme}`) })}
          title=${say("app.theme", { choice: say(`app.theme-${view.theme}`) })}>
          ${themeIcon(view.theme)}
        </button>
      </div>
    </header>
  `;
}

function languageChoice(view: SiteView, acts: HeaderActs): TemplateResult {
  const chosen = (event: Event): void => acts.chooseLanguage((event.target as HTMLSelectElement).value);
  return html`<span class="language needs-script">
    <svg viewBox="0 0 24 24" width="18" height="18" fill="none" stroke="currentColor" stroke-width="1.8" aria-hidden="true">
      <circle cx="12" cy="12" r="9" /><path d="M3 12h18M12 3c3 3 4 6 4 9s-1 6-4 9c-3-3-4-6-4-9s1-6 4-9" />
    </svg>
    <select aria-label=${say("app.language")} ?disabled=${!view.alive} @change=${chosen}>
      ${Object.entries(view.languages).map(
        ([tag, name]) =>
          html`<option value=${tag} lang=${tag} ?selected=${tag === view.language}>${name}</option>`,
      )}
    </select>
  </span>`;
}

function currentStep(view: SiteView): string | undefined {
  return view.route.page === "tutorial" ? view.route.step : undefined;
}

/** The words beside them say the same. */
function dashes(tutorial: TutorialCard, shown: number, standing: Standing | undefined): TemplateResult {
  return html`<div class="dashes" aria-hidden="true">${repeat(
    tutorial.steps,
    (_, index) =>
      html`<i class=${index === shown ? "here" : (standing?.marks[tutorial.steps[index]!.id] ?? "ahead")}></i>`,
  )}</div>`;
}

function themeIcon(choice: ThemeChoice): TemplateResult {
  const inside = {
    system: svg`<path d="M12 3a9 9 0 0 1 0 18z" fill="currentColor" />`,
    light: svg`<circle cx="12" cy="12" r="4" fill="currentColor" />`,
    dark: svg`<circle cx="12" cy="12" r="9" fill="currentColor" />`,
  }[choice];
  return html`<svg viewBox="0 0 24 24" width="18" height="18" aria-hidden="true">
    <circle cx="12" cy="12" r="9" fill="none" stroke="currentColor" stroke-width="2" />${inside}
  </svg>`;
}
