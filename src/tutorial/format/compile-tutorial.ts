import type { Prose, Tutorial } from "../tutorial.ts";
import { checkProse, completeProse } from "./check-prose.ts";
import type { TutorialFault } from "./fault.ts";
import { parseProse, type ReadProse } from "./parse-prose.ts";
import { parseTutorial } from "./parse-tutorial.ts";

/** The files of a tutorial's folder: the logic, and prose by language. `name` stands in faults. */
export type TutorialSource = {
  name: string;
  logic: string;
  /** Language → the text of en.md, fr.md… */
  prose: Readonly<Record<string, string>>;
};

/** A tutorial, checked and ready to play; or what is wrong with it. */
export type CompiledTutorial = {
  tutorial: Tutorial | undefined;
  /** Language → words. Whole in each: what is not translated is English. */
  prose: Record<string, Prose>;
  faults: TutorialFault[];
  /** What translations lack. */
  missing: TutorialFault[];
  read: { file: string; prose: ReadProse }[];
};

/** Reads and checks all files of a tutorial. All faults of all files come at once. */
export function compileTutorial(source: TutorialSource): CompiledTutorial {
  const logicFile = `${source.name}/tutorial.yaml`;
  const logic = parseTutorial(source.logic, logicFile);
  const faults = [...logic.faults];
  const missing: TutorialFault[] = [];
  const read = Object.entries(source.prose).map(([language, text]) => {
    const file = `${source.name}/${language}.md`;
    return { file, prose: parseProse(text, file, language) };
  });
  if (!source.prose.en) {
    faults.push({
      file: `${source.name}/en.md`,
      line: 1,
      column: 1,
      found: "no such file",
      expected: "the prose in English",
    });
  }
  for (const { file, prose } of read) {
    const check = checkProse(logic, prose, file);
    faults.push(...prose.faults, ...check.faults);
    missing.push(...check.missing);
  }
  const english = read.find(({ prose }) => prose.prose.language === "en")?.prose.prose;
  const { tutorial } = logic;
  const prose: Record<string, Prose> = {};
  if (tutorial && english && faults.length === 0) {
    for (const { prose: each } of read)
      prose[each.prose.language] = completeProse(tutorial, english, each.prose);
  }
  return { tutorial: faults.length === 0 ? tutorial : undefined, prose, faults, missing, read };
}
