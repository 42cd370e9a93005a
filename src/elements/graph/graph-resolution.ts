import { html, nothing, type TemplateResult } from "lit";
import { say } from "../../catalogue/late.ts";
import type { ResolutionCheck, ResolutionTrace } from "../../protocol/state-resolution.ts";
import { refusalText } from "../inspector/inspector-scene.ts";
import { chip, chips, type GraphScene, placesTemplate } from "./graph-scene.ts";
import { eventOf, type Resolution } from "./graph-state.ts";
import { eventWords } from "./graph-words.ts";

/** What is told of a resolution at once. */
export type ResolutionStep =
  | { kind: "conflict" | "set" | "power" | "others" | "outcome" }
  | { kind: "check"; check: ResolutionCheck };

/** A resolution's steps, in the algorithm's own order. */
export function stepsOf({ checks, otherEvents }: ResolutionTrace): ResolutionStep[] {
  const checked = (step: 2 | 4): ResolutionStep[] =>
    checks.filter((check) => check.step === step).map((check) => ({ kind: "check", check }));
  return [
    { kind: "conflict" },
    { kind: "set" },
    { kind: "power" },
    ...checked(2),
    ...(otherEvents.length > 0 ? [{ kind: "others" } as const] : []),
    ...checked(4),
    { kind: "outcome" },
  ];
}

/** The events that a step is about, to be marked in the graph. */
export function eventsOf(trace: ResolutionTrace, step: ResolutionStep): string[] {
  switch (step.kind) {
    case "conflict":
      return trace.conflicts.flatMap(({ events }) => events.filter((id) => id !== null));
    case "set":
      return fullSet(trace);
    case "power":
      return trace.powerEvents.map(({ event }) => event);
    case "others":
      return trace.otherEvents.map(({ event }) => event);
    case "check":
      return [step.check.event];
    case "outcome":
      return trace.outcome.flatMap(({ event }) => event ?? []);
  }
}

function fullSet({ conflicts, authDifference, subgraph }: ResolutionTrace): string[] {
  const conflicted = conflicts.flatMap(({ events }) => events.filter((id) => id !== null));
  return [...new Set([...conflicted, ...authDifference, ...subgraph])];
}

function checkTemplate(scene: GraphScene, { event, refusal, replaces }: ResolutionCheck): TemplateResult {
  const known = replaces === null ? undefined : eventOf(scene.room, replaces);
  const verdict = refusal
    ? say("graph.step.refused", { reason: refusalText(refusal) })
    : known && replaces !== event
      ? say("graph.step.allowed-instead", {
          event: say("graph.event-named", { words: eventWords(known.pdu) }),
        })
      : say("graph.step.allowed");
  return html`<p>${say("graph.step.check")} ${chip(scene, event)}</p>
    <p class="verdict ${refusal ? "no" : "yes"}">${verdict}</p>`;
}

/** One step of a resolution, in words. */
export function stepTemplate(
  scene: GraphScene,
  trace: ResolutionTrace,
  step: ResolutionStep,
): TemplateResult {
  switch (step.kind) {
    case "conflict":
      return html`<p>${say("graph.step.conflict", { n: trace.conflicts.length })}</p>
        ${placesTemplate(scene, trace.conflicts)}`;
    case "set":
      return html`<p>${say("graph.step.set", { n: fullSet(trace).length })}</p>
        ${chips(scene, fullSet(trace))}`;
    case "power":
      return trace.powerEvents.length === 0
        ? html`<p>${say("graph.step.power-none")}</p>`
        : html`<p>${say("graph.step.power")}</p>
            <ol class="chips">
              ${trace.powerEvents.map(
                ({ event, level }) =>
                  html`<li>${chip(scene, event)} <small>${say("graph.step.level", { level })}</small></li>`,
              )}
            </ol>`;
    case "others":
      return html`<p>${say("graph.step.others")}</p>
        <ol class="chips">
          ${trace.otherEvents.map(({ event }) => html`<li>${chip(scene, event)}</li>`)}
        </ol>`;
    case "check":
      return checkTemplate(scene, step.check);
    case "outcome":
      return html`<p>${say("graph.step.outcome")}</p>
        ${placesTemplate(
          scene,
          trace.outcome.map(({ type, stateKey, event }) => ({ type, stateKey, events: [event] })),
        )}`;
  }
}

export type ShownResolution = { host: string; sequence: number; step: number };

/** A list of resolutions to open; the one that is open, step by step. */
export function resolutionsTemplate(
  scene: GraphScene,
  shown: ShownResolution | undefined,
  show: (shown: ShownResolution | undefined) => void,
): TemplateResult | typeof nothing {
  const all = [...scene.room.copies].flatMap(([host, { resolutions }]) =>
    resolutions.map((resolution) => ({ host, resolution })),
  );
  if (all.length === 0) return nothing;
  const open = all.find(
    ({ host, resolution }) => host === shown?.host && resolution.sequence === shown.sequence,
  );
  if (open && shown) return openTemplate(scene, open.resolution, shown, show);
  // The newest of each server says it; the ones before it were about less.
  const newest = new Map(all.map((each) => [each.host, each]));
  return html`<section>
    <h3>${say("graph.resolutions")}</h3>
    <ul class="links">
      ${[...newest.values()].map(
        ({ host, resolution: { sequence, trace } }) => html`<li>
          <button class="button" type="button" data-settled=${host} @click=${() => show({ host, sequence, step: 0 })}>
            ${say("graph.resolution", { host, n: trace.conflicts.length })}
          </button>
        </li>`,
      )}
    </ul>
  </section>`;
}

function openTemplate(
  scene: GraphScene,
  { trace }: Resolution,
  shown: ShownResolution,
  show: (shown: ShownResolution | undefined) => void,
): TemplateResult {
  const steps = stepsOf(trace);
  const at = Math.min(shown.step, steps.length - 1);
  const go = (step: number) => () => show({ ...shown, step });
  return html`<section class="resolution" aria-label=${say("graph.resolution-steps", { host: shown.host })}>
    <h3 tabindex="-1">${say("graph.resolution-steps", { host: shown.host })}</h3>
    <div aria-live="polite">
      <p class="count">${say("graph.step-of", { step: at + 1, steps: steps.length })}</p>
      ${stepTemplate(scene, trace, steps[at]!)}
    </div>
    <div class="row">
      <button class="button" type="button" ?disabled=${at === 0} @click=${go(at - 1)}>${say("graph.step-back")}</button>
      <button class="button" type="button" ?disabled=${at === steps.length - 1} @click=${go(at + 1)}>${say("graph.step-next")}</button>
      <button class="button" type="button" @click=${() => show(undefined)}>${say("graph.step-close")}</button>
    </div>
  </section>`;
}
