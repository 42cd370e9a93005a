import { relative, sep } from "node:path";
import type { Plugin } from "vite";
import { faultText } from "../tutorial/format/fault.ts";
import type { IndexWords, ShippedCourse, ShippedTutorial } from "../tutorial/shipped-index.ts";
import { readTutorials, type TutorialFolder, tutorialsFolder } from "./tutorial-files.ts";

const prefix = "virtual:homeroom/";
const mark = "\0";

/**
 * Compiles the folder `tutorials/` into virtual modules, so that a page needs no parser: an index with the English
 * words of lists, one module of logic a tutorial, one of prose a tutorial and language. A fault in a tutorial ends a
 * build; while developing, the page shows it and goes on when it is mended.
 */
export function tutorialPlugin(folder = tutorialsFolder): Plugin {
  let read: TutorialFolder | undefined;
  const compiled = (): TutorialFolder => {
    read ??= readTutorials(folder);
    return read;
  };
  const isOurs = (path: string) => {
    const inside = relative(folder, path);
    return !inside.startsWith("..") && !inside.startsWith(sep);
  };

  return {
    name: "homeroom-tutorials",
    buildStart() {
      read = undefined;
    },
    resolveId(id) {
      return id.startsWith(prefix) ? mark + id : undefined;
    },
    load(id) {
      if (!id.startsWith(mark + prefix)) return undefined;
      const tutorials = compiled();
      if (tutorials.faults.length > 0) {
        this.error(`The tutorials have faults.\n${tutorials.faults.map(faultText).join("\n")}`);
      }
      const path = id.slice(mark.length + prefix.length).split("/");
      const code = moduleText(tutorials, path);
      if (code === undefined) this.error(`There is no ${id.slice(mark.length)}`);
      return { code, map: null, moduleType: "js" };
    },
    configureServer(server) {
      server.watcher.add(folder);
      const changed = (path: string) => {
        if (!isOurs(path)) return;
        read = undefined;
        for (const [id, module] of server.moduleGraph.idToModuleMap) {
          if (id.startsWith(mark + prefix)) server.moduleGraph.invalidateModule(module);
        }
        server.ws.send({ type: "full-reload" });
      };
      server.watcher.on("change", changed).on("add", changed).on("unlink", changed);
    },
  };
}

/** The languages that any tutorial is in. */
function languagesOf({ tutorials }: TutorialFolder): string[] {
  return [...new Set([...tutorials.values()].flatMap(({ prose }) => Object.keys(prose)))].sort();
}

function moduleText(folder: TutorialFolder, [what, id = "", language = ""]: string[]): string | undefined {
  switch (what) {
    case "tutorials":
      return indexText(folder);
    case "index":
      return dataText(indexWordsOf(folder, id));
    case "logic": {
      const tutorial = folder.tutorials.get(id)?.tutorial;
      return tutorial && dataText(tutorial);
    }
    case "prose": {
      const prose = folder.tutorials.get(id)?.prose[language];
      return prose && dataText(prose);
    }
    default:
      return undefined;
  }
}

/** JSON in a string is parsed faster than an object literal. */
function dataText(data: unknown): string {
  return `export default JSON.parse(${JSON.stringify(JSON.stringify(data))});`;
}

function indexText(folder: TutorialFolder): string {
  const { courses, tutorials } = shippedIndex(folder);
  const loader = (path: string) => `() => import(${JSON.stringify(prefix + path)})`;
  const others = languagesOf(folder).filter((language) => language !== "en");
  return [
    `export const courses = ${JSON.stringify(courses)};`,
    `export const tutorials = ${JSON.stringify(tutorials)};`,
    `export const english = ${JSON.stringify(indexWordsOf(folder, "en"))};`,
    `export const indexWords = { ${others.map((each) => `${JSON.stringify(each)}: ${loader(`index/${each}`)}`).join(", ")} };`,
    `export const logic = { ${tutorials.map(({ id }) => `${JSON.stringify(id)}: ${loader(`logic/${id}`)}`).join(", ")} };`,
    `export const prose = {`,
    ...tutorials.map(
      ({ id, languages }) =>
        `  ${JSON.stringify(id)}: { ${languages.map((each) => `${JSON.stringify(each)}: ${loader(`prose/${id}/${each}`)}`).join(", ")} },`,
    ),
    `};`,
  ].join("\n");
}

/** Courses and tutorials without their words; tutorials in the order of the courses. */
export function shippedIndex(folder: TutorialFolder): {
  courses: ShippedCourse[];
  tutorials: ShippedTutorial[];
} {
  const courses = folder.courses.map(({ id, tutorials }) => ({ id, tutorials }));
  const tutorials = courses.flatMap((course) =>
    course.tutorials.flatMap((id) => {
      const compiled = folder.tutorials.get(id);
      if (!compiled?.tutorial) return [];
      const { version, level, minutes, scenario, steps } = compiled.tutorial;
      return [
        {
          id,
          version,
          course: course.id,
          level,
          minutes,
          steps: steps.map((step) => step.id),
          languages: Object.keys(compiled.prose).sort(),
          encryption: scenario.encryption ?? false,
        },
      ];
    }),
  );
  return { courses, tutorials };
}

/** What lists of tutorials say in a language, with English where it is not translated. */
export function indexWordsOf(folder: TutorialFolder, language: string): IndexWords {
  const words: IndexWords = { courses: {}, tutorials: {} };
  for (const course of folder.courses) {
    const said = course.words[language] ?? course.words.en;
    if (said) words.courses[course.id] = said;
  }
  for (const [id, { prose }] of folder.tutorials) {
    const said = prose[language] ?? prose.en;
    if (!said) continue;
    const headlines = Object.fromEntries(
      Object.entries(said.steps).map(([step, { headline }]) => [step, headline]),
    );
    words.tutorials[id] = { title: said.title, summary: said.summary, headlines };
  }
  return words;
}
