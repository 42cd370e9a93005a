import { courses, english, indexWords, logic, prose, tutorials } from "virtual:homeroom/tutorials";
import type { IndexWords, ShippedCourse, ShippedTutorial } from "./shipped-index.ts";
import type { Prose, Tutorial } from "./tutorial.ts";

export const shippedTutorials: readonly ShippedTutorial[] = tutorials;
export const shippedCourses: readonly ShippedCourse[] = courses;

/** What lists of tutorials say in English: there at once. */
export const englishIndex: IndexWords = english;

/** What lists of tutorials say in a language; English where it is not there. */
export async function loadIndexWords(language: string): Promise<IndexWords> {
  const load = indexWords[language];
  return load ? (await load()).default : english;
}

/** The logic of a tutorial that ships; `undefined` if there is none of this id. */
export async function loadLogic(id: string): Promise<Tutorial | undefined> {
  const load = Object.hasOwn(logic, id) ? logic[id] : undefined;
  return load && (await load()).default;
}

/** The words of a tutorial that ships, in English where the language is not there. */
export async function loadProse(id: string, language: string): Promise<Prose | undefined> {
  const languages = Object.hasOwn(prose, id) ? prose[id] : undefined;
  const load = languages?.[language] ?? languages?.en;
  return load && (await load()).default;
}
