import { html, nothing, type TemplateResult } from "lit";
import { say } from "../../catalogue/catalogue.ts";
import { type GoalsStatus, isMet } from "../../tutorial/goals-status.ts";
import type { Step, StepProse } from "../../tutorial/tutorial.ts";
import { tick } from "./step-goals.ts";
import { type Cast, inlineText } from "./step-text.ts";

type Answering = { disabled: boolean; answer: (quiz: string, answer: string) => void };

/** The step's quizzes: one radio group each, with the feedback to the chosen answer under it. */
export function stepQuizzes(
  step: Step,
  prose: StepProse,
  goals: GoalsStatus,
  cast: Cast,
  { disabled, answer }: Answering,
): TemplateResult[] {
  return step.quizzes.map((quiz) => {
    const words = prose.quizzes[quiz.id];
    const given = goals.answers[quiz.id];
    const right = given === quiz.right;
    // Who tries the other answers too has answered all the same.
    const met = isMet(goals, quiz.id);
    return html`<fieldset class="card quiz" ?disabled=${disabled}>
      <legend class=${met ? "met" : ""}>${tick(met)}<span>${inlineText(words?.question ?? "", cast)}</span></legend>
      ${quiz.answers.map((id) => {
        const chosen = given === id;
        return html`<label class=${chosen ? (right ? "answer right" : "answer wrong") : "answer"}>
          <input
            type="radio"
            name=${quiz.id}
            value=${id}
            .checked=${chosen}
            aria-describedby=${chosen ? `${quiz.id}-feedback` : nothing}
            @change=${() => answer(quiz.id, id)}
          />
          <span>${inlineText(words?.answers[id]?.text ?? "", cast)}</span>
        </label>`;
      })}
      <div role="status" id=${`${quiz.id}-feedback`} class="feedback">
        ${
          given === undefined
            ? nothing
            : html`<p class=${right ? "right" : "wrong"}>
                <strong>${say(right ? "step.right" : "step.wrong")}</strong>
                ${inlineText(words?.answers[given]?.feedback ?? "", cast)}
              </p>`
        }
      </div>
    </fieldset>`;
  });
}
