import { type CourseIndex, findTutorial, type TutorialCard } from "./course-index.ts";
import type { Route } from "./route.ts";
import type { ThemeChoice } from "./theme.ts";

/** How far a learner is in a tutorial. */
export type Standing = {
  /** The step where it goes on. */
  step: string;
  marks: Readonly<Record<string, "done" | "skipped">>;
  finished: boolean;
};

/** All that a page is drawn from. Plain data, so that the build can draw it too. */
export type SiteView = {
  route: Route;
  /** The page can do something; what the build writes cannot yet. */
  alive: boolean;
  /** The address of a route, as a link needs it. */
  href: (route: Route) => string;
  index: CourseIndex;
  /** A tutorial that was loaded from somewhere else. */
  loaded?: TutorialCard | undefined;
  /** Tutorial → how far the learner is; absent where it was never opened. */
  standings: Readonly<Record<string, Standing>>;
  /** The tutorial to go on with, if there is one. */
  latest?: string | undefined;
  theme: ThemeChoice;
  /** The page's language, and those that there are: BCP 47 tag → what it calls itself. */
  language: string;
  languages: Readonly<Record<string, string>>;
  /** False where the browser keeps nothing for this page. */
  storageLasts: boolean;
  /** What an action of the page came to, said once. */
  notice?: string | undefined;
};

/** The tutorial that the page is about. */
export function tutorialOf({ route, index, loaded }: SiteView): TutorialCard | undefined {
  if (route.page !== "tutorial") return undefined;
  return loaded?.id === route.tutorial ? loaded : findTutorial(index, route.tutorial);
}
