import { html, render, type TemplateResult } from "lit";
import { say, spokenLanguage } from "../catalogue/catalogue.ts";
import { languages } from "../catalogue/languages.ts";
import type { LoadedTutorial } from "../tutorial/load-tutorial.ts";
import { exportProgress, importProgress, isProgressFault, mergeProgress } from "../tutorial/progress.ts";
import {
  englishIndex,
  loadIndexWords,
  loadLogic,
  loadProse,
  shippedCourses,
  shippedTutorials,
} from "../tutorial/shipped-tutorials.ts";
import { courseIndex, nextTutorial, withoutEncryption } from "./course-index.ts";
import { download } from "./download.ts";
import type { TrialPlace } from "./homeroom-trial.ts";
import type { HomeroomTutorial } from "./homeroom-tutorial.ts";
import { kept } from "./kept.ts";
import { chooseLanguage, chosenLanguage, speakLanguage } from "./language.ts";
import { notLoadedPage } from "./pages/not-loaded-page.ts";
import { loadedFrom, type Route } from "./route.ts";
import { type Arrival, Router, siteRoot } from "./router.ts";
import { browserWorlds } from "./session/browser-worlds.ts";
import { SavedPlaces } from "./session/saved-places.ts";
import { pageTitle, sitePage } from "./site-page.ts";
import type { SiteView, Standing } from "./site-view.ts";
import { chooseTheme, chosenTheme, themeAfter } from "./theme.ts";
import type { TutorialPlace } from "./tutorial-place.ts";

/** The page as a whole: draws the route that the address names, and moves between routes. */
export class Site {
  readonly #element: HTMLElement;
  readonly #router: Router;
  readonly #places = new SavedPlaces(kept);
  #view: SiteView;
  #tutorial: TutorialPlace | undefined;
  /** The pages that are no tutorial, once they are there. */
  #pages: typeof import("./pages/text-pages.ts") | undefined;
  /** Why a tutorial from somewhere else is not there. */
  #faulty: Extract<LoadedTutorial, { ok: false }> | undefined;
  #visits = 0;
  #failed = false;
  #drawn = false;

  constructor(element: HTMLElement) {
    this.#element = element;
    this.#router = new Router(siteRoot, (route, arrival) => void this.#arrive(route, arrival));
    this.#view = {
      route: this.#router.route(),
      alive: true,
      href: this.#router.href,
      index: courseIndex(shippedCourses, shippedTutorials, englishIndex),
      standings: {},
      theme: chosenTheme(),
      storageLasts: kept.lasting,
      language: "en",
      languages,
    };
  }

  async start(): Promise<void> {
    const language = await speakLanguage(chosenLanguage());
    if (language !== "en") {
      const index = courseIndex(shippedCourses, shippedTutorials, await loadIndexWords(language));
      this.#view = { ...this.#view, language, index };
    }
    await this.#prepare(this.#view.route);
    this.#draw();
  }

  async #arrive(route: Route, arrival: Arrival): Promise<void> {
    const visit = ++this.#visits;
    if (
      route.page === "tutorial" &&
      route.tutorial === this.#tutorial?.tutorial.id &&
      this.#hasStep(route.step)
    ) {
      const page = this.#element.querySelector<HomeroomTutorial>("homeroom-tutorial");
      if (route.step !== undefined) page?.goTo(route.step);
      return;
    }
    await this.#prepare(route);
    if (visit !== this.#visits) return;
    this.#view = { ...this.#view, route, notice: undefined };
    this.#draw();
    if (arrival === "link") window.scrollTo(0, 0);
    await this.#focusHeadline();
  }

  #hasStep(step: string | undefined): boolean {
    return step === undefined || (this.#tutorial?.tutorial.steps.some(({ id }) => id === step) ?? false);
  }

  async #focusHeadline(): Promise<void> {
    await this.#element.querySelector("homeroom-tutorial")?.updateComplete;
    const step = this.#element.querySelector("homeroom-step");
    await step?.updateComplete;
    if (step) step.focusHeadline();
    else this.#element.querySelector("h1")?.focus({ preventScroll: true });
  }

  /** Brings what a route's page needs. */
  async #prepare(route: Route): Promise<void> {
    this.#failed = false;
    this.#tutorial = undefined;
    this.#faulty = undefined;
    try {
      if (route.page === "tutorial") await this.#prepareTutorial(route);
      if (route.page === "seeds") await import("./homeroom-trial.ts");
      if (!this.#tutorial) this.#pages = await import("./pages/text-pages.ts");
    } catch (error) {
      console.error(error);
      this.#failed = true;
    }
  }

  async #prepareTutorial(route: Extract<Route, { page: "tutorial" }>): Promise<void> {
    const { tutorial: id, step } = route;
    const [found] = await Promise.all([this.#findTutorial(id), import("./homeroom-tutorial.ts")]);
    if (!found || (step !== undefined && !found.tutorial.steps.some((each) => each.id === step))) return;
    const { href } = this.#router;
    this.#tutorial = {
      ...found,
      asked: step,
      places: this.#places,
      worlds: browserWorlds(found.tutorial, found.prose),
      next: nextTutorial(this.#view.index, id),
      others: withoutEncryption(this.#view.index),
      href: (other) => href(other === undefined ? { page: "home" } : { page: "tutorial", tutorial: other }),
      link: (at) => new URL(href({ page: "tutorial", tutorial: id, step: at }), location.href).href,
      shown: (at, how) => this.#stepShown(id, at, how),
    };
  }

  /** A tutorial that ships, or one that lies somewhere else. */
  async #findTutorial(id: string): Promise<Pick<TutorialPlace, "tutorial" | "prose"> | undefined> {
    const from = loadedFrom(id);
    if (from === undefined) {
      const [tutorial, prose] = await Promise.all([loadLogic(id), loadProse(id, spokenLanguage())]);
      return tutorial && prose && { tutorial, prose };
    }
    const { loadTutorialFrom } = await import("../tutorial/load-tutorial.ts");
    const loaded = await loadTutorialFrom(from, spokenLanguage());
    if (!loaded.ok) {
      this.#faulty = loaded;
      return undefined;
    }
    const { prose } = loaded;
    // Its own id may be that of a tutorial that ships.
    const tutorial = { ...loaded.tutorial, id };
    const steps = tutorial.steps.map((step) => ({
      id: step.id,
      headline: prose.steps[step.id]?.headline ?? step.id,
    }));
    const { minutes } = tutorial;
    this.#view = {
      ...this.#view,
      loaded: {
        id,
        minutes,
        encryption: tutorial.scenario.encryption ?? false,
        title: prose.title,
        summary: prose.summary,
        steps,
      },
    };
    return { tutorial, prose };
  }

  /** The tutorial's page is at another step: address, title and header follow. */
  #stepShown(tutorial: string, step: string, how: "push" | "replace"): void {
    if (this.#tutorial?.tutorial.id !== tutorial) return;
    const route: Route = { page: "tutorial", tutorial, step };
    this.#router.follow(route, how);
    this.#view = { ...this.#view, route };
    this.#draw();
  }

  #draw(): void {
    this.#view = { ...this.#view, ...this.#standings() };
    document.title = pageTitle(this.#view);
    // The first time, what the build has drawn gives way to the same, alive; nothing is painted in between.
    // Who was quicker than the page stays at the link that they had come to.
    const link = this.#drawn ? undefined : document.activeElement?.getAttribute("href");
    if (!this.#drawn) this.#element.replaceChildren();
    this.#drawn = true;
    render(
      sitePage(this.#view, this.#page(), { changeTheme: this.#changeTheme, chooseLanguage }),
      this.#element,
    );
    if (link) this.#element.querySelector<HTMLElement>(`[href="${CSS.escape(link)}"]`)?.focus();
  }

  #standings(): Pick<SiteView, "standings" | "latest"> {
    const { tutorials } = this.#places.progress;
    const known = Object.entries(tutorials).sort(([, one], [, other]) => other.played - one.played);
    const standings = known.map(([id, { at, steps, finished }]): [string, Standing] => [
      id,
      { step: at ?? "", marks: steps, finished },
    ]);
    return { standings: Object.fromEntries(standings), latest: known[0]?.[0] };
  }

  #page(): unknown {
    const { route } = this.#view;
    const pages = this.#pages;
    if (route.page === "tutorial" && this.#tutorial) {
      return html`<homeroom-tutorial .place=${this.#tutorial}></homeroom-tutorial>`;
    }
    const again = (): void => location.reload();
    if (this.#failed || !pages) return notLoadedPage(again);
    if (this.#faulty) return pages.faultyTutorialPage(this.#faulty, this.#view.href({ page: "home" }), again);
    if (route.page === "home") return pages.homePage(this.#view);
    if (route.page === "seeds") return this.#seedsPage(route.seed);
    return route.page === "about"
      ? pages.aboutPage(this.#view, this.#aboutActs)
      : pages.notFoundPage(this.#view);
  }

  #seedsPage(seed = "1"): TemplateResult {
    const place: TrialPlace = {
      seed,
      href: (other) => this.#router.href({ page: "seeds", seed: other }),
      go: (other) => this.#router.go({ page: "seeds", seed: other }),
    };
    return html`<homeroom-trial .place=${place}></homeroom-trial>`;
  }

  readonly #aboutActs = {
    exportProgress: (): void => {
      const file = new Blob([exportProgress(this.#places.progress)], { type: "application/json" });
      download("homeroom-progress.json", file);
    },
    importProgress: async (file: File): Promise<void> => {
      const read = importProgress(await file.text());
      if (!isProgressFault(read)) this.#places.progress = mergeProgress(this.#places.progress, read);
      this.#notice(
        isProgressFault(read)
          ? say("about.import-fault", { fault: say(`progress.fault-${read.fault}`) })
          : say("about.imported"),
      );
    },
    deleteEverything: async (): Promise<void> => {
      const { deleteEverything } = await import("./delete-everything.ts");
      const gone = await deleteEverything();
      this.#view = { ...this.#view, theme: "system" };
      chooseTheme("system");
      this.#notice(say(gone ? "about.deleted" : "about.delete-failed"));
    },
  };

  #notice(notice: string): void {
    this.#view = { ...this.#view, notice };
    this.#draw();
  }

  #changeTheme = (): void => {
    const theme = themeAfter(this.#view.theme);
    chooseTheme(theme);
    this.#view = { ...this.#view, theme };
    this.#draw();
  };
}
