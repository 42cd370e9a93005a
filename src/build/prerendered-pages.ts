import { render } from "@lit-labs/ssr";
import { collectResult } from "@lit-labs/ssr/lib/render-result.js";
import { type CourseIndex, courseIndex } from "../app/course-index.ts";
import { aboutPage } from "../app/pages/about-page.ts";
import { homePage } from "../app/pages/home-page.ts";
import { notFoundPage } from "../app/pages/not-found-page.ts";
import { seedsTextPage } from "../app/pages/seeds-text-page.ts";
import { tutorialTextPage } from "../app/pages/tutorial-text-page.ts";
import { type Route, routePath } from "../app/route.ts";
import { pageTitle, sitePage } from "../app/site-page.ts";
import type { SiteView } from "../app/site-view.ts";
import { startingBindings } from "../app/starting-bindings.ts";
import { say } from "../catalogue/catalogue.ts";
import { languages } from "../catalogue/languages.ts";
import { stepModules } from "./page-preloads.ts";
import { readTutorials, type TutorialFolder } from "./tutorial-files.ts";
import { indexWordsOf, shippedIndex } from "./tutorial-plugin.ts";

/** A page as the build writes it. */
export type PrerenderedPage = {
  /** Below the site's root: `tutorials/hello/name/index.html`. */
  file: string;
  title: string;
  description: string;
  /** What stands in the page before, or without, any script. */
  html: string;
  /** The modules that it begins with, besides the site's own. */
  modules: string[];
  route: Route;
};

/** Every page of the site, as text: Home, About, the page for what is not there, each tutorial and each step. */
export async function prerenderPages(): Promise<PrerenderedPage[]> {
  const folder = readTutorials();
  const { courses, tutorials } = shippedIndex(folder);
  const index = courseIndex(courses, tutorials, indexWordsOf(folder, "en"));
  const routes: Route[] = [{ page: "home" }, { page: "about" }, { page: "seeds" }, { page: "not-found" }];
  for (const tutorial of index.flatMap((course) => course.tutorials)) {
    routes.push({ page: "tutorial", tutorial: tutorial.id });
    for (const step of tutorial.steps)
      routes.push({ page: "tutorial", tutorial: tutorial.id, step: step.id });
  }
  return Promise.all(routes.map((route) => prerender(route, index, folder)));
}

async function prerender(route: Route, index: CourseIndex, folder: TutorialFolder): Promise<PrerenderedPage> {
  const path = routePath(route);
  // Relative, so that the site works under any path.
  const up = "../".repeat(path.split("/").length - 1) || "./";
  const view: SiteView = {
    route,
    alive: false,
    href: (to) => up + routePath(to),
    index,
    standings: {},
    theme: "system",
    language: "en",
    languages,
    storageLasts: true,
  };
  const nothing = (): void => {};
  const html = await collectResult(
    render(sitePage(view, page(view, folder), { changeTheme: nothing, chooseLanguage: nothing })),
  );
  return {
    file: path.endsWith(".html") ? path : `${path}index.html`,
    title: pageTitle(view),
    description: say("app.description"),
    // Lit's markers are for a page that goes on with this very tree; ours draws its own.
    html: html.replace(/<!--\/?lit-[^>]*-->|<\?>/g, "").replace(/\s*\n\s*/g, " "),
    modules: modulesOf(route, folder),
    route,
  };
}

function modulesOf(route: Route, folder: TutorialFolder): string[] {
  if (route.page !== "tutorial") return ["/src/app/pages/text-pages.ts"];
  const steps = folder.tutorials.get(route.tutorial)?.tutorial?.steps ?? [];
  const step = steps.find(({ id }) => id === route.step) ?? steps[0];
  return step ? stepModules(route.tutorial, "en", step.views) : [];
}

function page(view: SiteView, folder: TutorialFolder): unknown {
  const nothing = (): void => {};
  const { route } = view;
  if (route.page === "home") return homePage(view);
  if (route.page === "about") {
    return aboutPage(view, { exportProgress: nothing, importProgress: nothing, deleteEverything: nothing });
  }
  if (route.page === "seeds") return seedsTextPage();
  if (route.page === "not-found") return notFoundPage(view);
  const { tutorial, prose } = folder.tutorials.get(route.tutorial) ?? {};
  const step = route.step ?? tutorial?.steps[0]?.id;
  const said = step === undefined ? undefined : prose?.en?.steps[step];
  if (!tutorial || step === undefined || !said) throw new Error(`There is no text for ${routePath(route)}`);
  return tutorialTextPage(view, { step, prose: said, bindings: startingBindings(tutorial.scenario) });
}
