import { html, nothing, type TemplateResult } from "lit";
import { unsafeHTML } from "lit/directives/unsafe-html.js";
import { say } from "../../catalogue/catalogue.ts";
import { fillPlaceholder, parsePlaceholder } from "../../tutorial/placeholder.ts";
import type { StepProse } from "../../tutorial/tutorial.ts";
import type { Bindings } from "../../world/world.ts";
import { type SiteView, tutorialOf } from "../site-view.ts";

/** What a step says: read before, or without, any script. */
export type StepText = { step: string; prose: StepProse; bindings: Bindings };

/**
 * A step as text, in the place where the live step comes to stand.
 * @param text its HTML was sanitised when the tutorial was compiled
 */
export function tutorialTextPage(view: SiteView, { step, prose, bindings }: StepText): TemplateResult {
  const tutorial = tutorialOf(view);
  if (!tutorial) throw new Error("A step's text needs its tutorial");
  const at = tutorial.steps.findIndex(({ id }) => id === step);
  const before = tutorial.steps[at - 1];
  const after = tutorial.steps[at + 1];
  const to = (id: string): string => view.href({ page: "tutorial", tutorial: tutorial.id, step: id });
  return html`
    <main id="content" class="tutorial" tabindex="-1">
      <section class="step-side">
        <div class="step-text">
          <p class="step-place">${say("step.kicker", { tutorial: tutorial.title, number: at + 1 })}</p>
          <h1 tabindex="-1">${prose.headline}</h1>
          <div class="step-prose">${unsafeHTML(filled(prose.html, bindings, escaped))}</div>
          <ul class="step-goals">
            ${Object.values(prose.goals).map((goal) => html`<li>${plain(filled(goal, bindings))}</li>`)}
          </ul>
          <nav class="step-pages without-script">
            ${before ? html`<a rel="prev" href=${to(before.id)}>‹ ${before.headline}</a>` : nothing}
            ${after ? html`<a rel="next" href=${to(after.id)}>${after.headline} ›</a>` : nothing}
          </nav>
        </div>
      </section>
      <section class="stage-side" aria-busy="true"></section>
    </main>
  `;
}

/** While nobody has the role's account yet, the person's name stands for it. */
function filled(text: string, bindings: Bindings, written = (value: string): string => value): string {
  return text.replace(/\{([a-z][a-z0-9.-]*)\}/g, (whole, inside: string) => {
    const role = parsePlaceholder(inside);
    if (!role) return whole;
    const name = role.kind === "person" ? bindings.people[role.person]?.name : undefined;
    const value = fillPlaceholder(role, bindings) ?? name;
    return value === undefined ? whole : written(value);
  });
}

function escaped(text: string): string {
  return text.replaceAll("&", "&amp;").replaceAll("<", "&lt;");
}

/** Without the marks of emphasis, which a list of plain lines does without. */
function plain(line: string): string {
  return line.replaceAll(/[*`]/g, "");
}
