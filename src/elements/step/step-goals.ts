import { html, nothing, svg, type TemplateResult } from "lit";
import { say } from "../../catalogue/catalogue.ts";
import { type GoalsStatus, isMet } from "../../tutorial/goals-status.ts";
import type { Step, StepProse } from "../../tutorial/tutorial.ts";
import { type Cast, inlineText } from "./step-text.ts";

/** The checklist. A goal without a line of its own, such as a quiz, shows where it is asked. */
export function stepGoals(
  step: Step,
  prose: StepProse,
  goals: GoalsStatus,
  cast: Cast,
): TemplateResult | typeof nothing {
  const listed = step.goals.filter(({ id }) => prose.goals[id] !== undefined);
  if (listed.length === 0) return nothing;
  const next = listed.find(({ id }) => !isMet(goals, id))?.id;
  return html`<div class="card">
    <h2 id="turn">${say("step.your-turn")}</h2>
    <ul class="goals" role="list" aria-labelledby="turn">
      ${listed.map(({ id }) => {
        const met = isMet(goals, id);
        const words = met ? "step.goal-met" : goals.lost.includes(id) ? "step.goal-lost" : "step.goal-open";
        return html`<li class=${met ? "met" : id === next ? "next" : "open"} data-goal=${id}>
          ${tick(met)}
          <span><span class="unseen">${say(words)}</span> ${inlineText(prose.goals[id] ?? "", cast)}</span>
        </li>`;
      })}
    </ul>
  </div>`;
}

/** The box before a goal, ticked or not. */
export function tick(met: boolean): TemplateResult {
  return html`<span class="tick" aria-hidden="true"
    ><svg viewBox="0 0 20 20">${met ? svg`<path d="M5.2 10.4l3.2 3.2 6.4-7" />` : nothing}</svg></span
  >`;
}
