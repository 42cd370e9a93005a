import type { Prose, Tutorial } from "../tutorial/tutorial.ts";
import type { TutorialCard } from "./course-index.ts";
import type { SavedPlaces } from "./session/saved-places.ts";
import type { WorldSource } from "./session/world-source.ts";

/** What the site gives a tutorial's page. */
export type TutorialPlace = {
  tutorial: Tutorial;
  prose: Prose;
  /** The step that the address names. */
  asked: string | undefined;
  places: SavedPlaces;
  worlds: WorldSource;
  /** Where it leads when it is finished. */
  next: TutorialCard | undefined;
  /** Tutorials that play also where this one cannot. */
  others: TutorialCard[];
  href: (tutorial?: string) => string;
  /** The address of a step, to be copied. */
  link: (step: string) => string;
  /** Another step is on the page. */
  shown: (step: string, how: "push" | "replace") => void;
};
