/** Made by src/build/tutorial-plugin.ts from the folder tutorials/. */
declare module "virtual:homeroom/tutorials" {
  import type { IndexWords, ShippedCourse, ShippedTutorial } from "./shipped-index.ts";
  import type { Prose, Tutorial } from "./tutorial.ts";

  export const courses: ShippedCourse[];
  /** In the order of the courses. */
  export const tutorials: ShippedTutorial[];
  export const english: IndexWords;
  /** Language → the words of the index, for the languages besides English. */
  export const indexWords: Record<string, () => Promise<{ default: IndexWords }>>;
  /** Tutorial → its logic. */
  export const logic: Record<string, () => Promise<{ default: Tutorial }>>;
  /** Tutorial → language → its words. */
  export const prose: Record<string, Record<string, () => Promise<{ default: Prose }>>>;
}
