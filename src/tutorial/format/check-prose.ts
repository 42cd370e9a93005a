import { parsePlaceholder, placeholderPattern } from "../placeholder.ts";
import type { Prose, Step, StepProse, Tutorial } from "../tutorial.ts";
import { nearest, oneOfWords, type TutorialFault } from "./fault.ts";
import type { ReadProse } from "./parse-prose.ts";
import type { ReadTutorial } from "./parse-tutorial.ts";

/** What holding prose against logic brings: faults, and what a translation still lacks. */
export type ProseCheck = { faults: TutorialFault[]; missing: TutorialFault[] };

/**
 * Holds a prose file against the logic: what the logic has and the prose lacks, and the other way round. What
 * English lacks is a fault; what a translation lacks is listed and stays English.
 */
export function checkProse(
  { tutorial, says }: ReadTutorial,
  { prose, places }: ReadProse,
  file: string,
): ProseCheck {
  const faults: TutorialFault[] = [];
  const missing: TutorialFault[] = [];
  if (!tutorial) return { faults, missing };
  const at = (key: string) => ({ file, ...(places.get(key) ?? { line: 1, column: 1 }) });
  const unknown = (key: string, what: string, name: string, known: readonly string[]) => {
    const meant = nearest(name, known);
    const expected =
      known.length === 0 ? `no ${what} here` : `a ${what} of tutorial.yaml: ${oneOfWords(known)}`;
    faults.push({
      ...at(key),
      found: `“${name}”`,
      expected: meant ? `${expected}; did you mean ${meant}?` : expected,
    });
  };

  const ids = tutorial.steps.map(({ id }) => id);
  for (const id of Object.keys(prose.steps)) if (!ids.includes(id)) unknown(id, "step", id, ids);
  for (const step of tutorial.steps) {
    const words = prose.steps[step.id];
    if (!words) {
      missing.push({ ...at(step.id), found: `no step “${step.id}”`, expected: `## ${step.id}: headline` });
      continue;
    }
    for (const lack of lacksOf(step, words)) missing.push({ ...at(step.id), ...lack });
    for (const { part, names, known, what } of namesOf(step, words)) {
      for (const name of names)
        if (!known.includes(name)) unknown(`${step.id}/${part}/${name}`, what, name, known);
    }
  }

  const used = [...new Set(says.map(({ key }) => key))];
  for (const { key, fault } of says) {
    if (prose.say[key] !== undefined) continue;
    if (prose.language === "en") faults.push(fault(`say: ${key}`, `a key of say in ${file}`));
    else if (!missing.some(({ found }) => found === `no “${key}” in say`)) {
      missing.push({
        file,
        line: 1,
        column: 1,
        found: `no “${key}” in say`,
        expected: `${key}: what is said`,
      });
    }
  }
  for (const key of Object.keys(prose.say)) if (!used.includes(key)) unknown(`say/${key}`, "say", key, used);

  faults.push(...placeholderFaults(tutorial, prose, at));
  if (prose.language === "en") return { faults: [...faults, ...missing], missing: [] };
  return { faults, missing };
}

/** What the step needs and the words lack. */
function lacksOf(step: Step, words: StepProse): { found: string; expected: string }[] {
  const lacks: { found: string; expected: string }[] = [];
  const need = (has: boolean, what: string, line: string) => {
    if (!has) lacks.push({ found: `no ${what} in step “${step.id}”`, expected: `a line ${line}` });
  };
  const quizzes = step.quizzes.map(({ id }) => id);
  for (const { id } of step.goals) {
    if (!quizzes.includes(id)) need(words.goals[id] !== undefined, `goal “${id}”`, `- ${id}: …`);
  }
  for (const { id } of step.misses)
    need(words.misses[id] !== undefined, `near miss “${id}”`, `- miss ${id}: …`);
  for (const field of step.views.addresses ?? []) {
    need(words.fields[field] !== undefined, `field “${field}”`, `- field ${field}: its label`);
  }
  for (const quiz of step.quizzes) {
    const asked = words.quizzes[quiz.id];
    need(asked !== undefined, `quiz “${quiz.id}”`, `? ${quiz.id}: …`);
    if (!asked) continue;
    for (const answer of quiz.answers) {
      const line = `- ${answer}: answer | feedback`;
      need(asked.answers[answer] !== undefined, `answer “${answer}” of “${quiz.id}”`, line);
      if (asked.answers[answer])
        need(asked.answers[answer].feedback !== "", `feedback to “${answer}” of “${quiz.id}”`, line);
    }
  }
  return lacks;
}

function namesOf(
  step: Step,
  words: StepProse,
): { part: string; what: string; names: string[]; known: string[] }[] {
  return [
    { part: "goal", what: "goal", names: Object.keys(words.goals), known: step.goals.map(({ id }) => id) },
    {
      part: "miss",
      what: "near miss",
      names: Object.keys(words.misses),
      known: step.misses.map(({ id }) => id),
    },
    { part: "field", what: "field", names: Object.keys(words.fields), known: step.views.addresses ?? [] },
    {
      part: "quiz",
      what: "quiz",
      names: Object.keys(words.quizzes),
      known: step.quizzes.map(({ id }) => id),
    },
    ...step.quizzes.map(({ id, answers }) => ({
      part: `quiz/${id}`,
      what: "answer",
      names: Object.keys(words.quizzes[id]?.answers ?? {}),
      known: answers,
    })),
  ];
}

/** Every text of a step, with the key of its place. */
export function textsOf(id: string, words: StepProse): { key: string; text: string }[] {
  const each = (part: string, of: Record<string, string>) =>
    Object.entries(of).map(([name, text]) => ({ key: `${id}/${part}/${name}`, text }));
  return [
    { key: id, text: words.headline },
    ...each("goal", words.goals),
    ...each("miss", words.misses),
    ...each("field", words.fields),
    ...words.hints.map((text) => ({ key: id, text })),
    ...words.speaker.map((text) => ({ key: id, text })),
    ...Object.entries(words.quizzes).flatMap(([quiz, { question, answers }]) => [
      { key: `${id}/quiz/${quiz}`, text: question },
      ...Object.entries(answers).map(([answer, { text, feedback }]) => ({
        key: `${id}/quiz/${quiz}/${answer}`,
        text: `${text} ${feedback}`,
      })),
    ]),
  ];
}

function placeholderFaults(
  { scenario }: Tutorial,
  prose: Prose,
  at: (key: string) => { file: string; line: number; column: number },
): TutorialFault[] {
  const people = scenario.people.map(({ id }) => id);
  const all = [
    ...Object.entries(prose.say).map(([key, text]) => ({ key: `say/${key}`, text })),
    ...Object.entries(prose.steps).flatMap(([id, words]) => [
      ...textsOf(id, words),
      {
        key: id,
        text: words.html,
      },
    ]),
  ];
  return all.flatMap(({ key, text }) =>
    [...text.matchAll(placeholderPattern)].flatMap(([whole, inside = ""]) => {
      const placeholder = parsePlaceholder(inside);
      const isKnown =
        placeholder?.kind === "room" ||
        (placeholder?.kind === "person" &&
          people.includes(placeholder.person) &&
          placeholder.part !== "password");
      return isKnown
        ? []
        : [{ ...at(key), found: whole, expected: "a placeholder such as {you}, {bo.server} or {room.chat}" }];
    }),
  );
}

/** The words in a language, with English where they are not translated: step by step. */
export function completeProse(tutorial: Tutorial, english: Prose, translated: Prose): Prose {
  const steps = tutorial.steps.map(({ id }): [string, StepProse] => {
    const words = translated.steps[id];
    const step = tutorial.steps.find((each) => each.id === id);
    const isWhole = words !== undefined && step !== undefined && lacksOf(step, words).length === 0;
    const original = english.steps[id];
    if (isWhole || !original) return [id, words ?? { ...emptyWords }];
    return [id, { ...original, fallback: english.language }];
  });
  return { ...translated, say: { ...english.say, ...translated.say }, steps: Object.fromEntries(steps) };
}

const emptyWords: StepProse = {
  headline: "",
  html: "",
  goals: {},
  misses: {},
  hints: [],
  fields: {},
  quizzes: {},
  speaker: [],
};
