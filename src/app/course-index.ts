import type { IndexWords, ShippedCourse, ShippedTutorial } from "../tutorial/shipped-index.ts";

/** What the site's pages say about a tutorial before it is opened. */
export type TutorialCard = {
  id: string;
  minutes: number;
  /** It needs what not every page can do: see client/crypto/missing-for-crypto.ts. */
  encryption: boolean;
  title: string;
  summary: string;
  steps: { id: string; headline: string }[];
};

export type CourseCard = { id: string; title: string; summary: string; tutorials: TutorialCard[] };

/** All courses, in the language of the page. Only what exists is in it. */
export type CourseIndex = CourseCard[];

export function courseIndex(
  courses: readonly ShippedCourse[],
  tutorials: readonly ShippedTutorial[],
  words: IndexWords,
): CourseIndex {
  return courses.map(({ id, tutorials: listed }) => ({
    id,
    title: words.courses[id]?.title ?? id,
    summary: words.courses[id]?.summary ?? "",
    tutorials: listed.flatMap((tutorialId) => {
      const tutorial = tutorials.find((each) => each.id === tutorialId);
      return tutorial ? [tutorialCard(tutorial, words)] : [];
    }),
  }));
}

function tutorialCard({ id, minutes, encryption, steps }: ShippedTutorial, words: IndexWords): TutorialCard {
  const said = words.tutorials[id];
  return {
    id,
    minutes,
    encryption,
    title: said?.title ?? id,
    summary: said?.summary ?? "",
    steps: steps.map((step) => ({ id: step, headline: said?.headlines[step] ?? step })),
  };
}

export function findTutorial(index: CourseIndex, id: string): TutorialCard | undefined {
  return index.flatMap((course) => course.tutorials).find((tutorial) => tutorial.id === id);
}

/** The tutorials that play in any page. */
export function withoutEncryption(index: CourseIndex): TutorialCard[] {
  return index.flatMap((course) => course.tutorials).filter(({ encryption }) => !encryption);
}

/** The tutorial that comes after this one: in its course, else the first of the next course. */
export function nextTutorial(index: CourseIndex, id: string): TutorialCard | undefined {
  const all = index.flatMap((course) => course.tutorials);
  const at = all.findIndex((tutorial) => tutorial.id === id);
  return at < 0 ? undefined : all[at + 1];
}
