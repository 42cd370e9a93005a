import { html, render } from "lit";
import { say, spokenLanguage } from "../catalogue/catalogue.ts";
import { exportProgress, importProgress, isProgressFault, mergeProgress } from "../tutorial/progress.ts";
import {
  englishIndex,
  loadLogic,
  loadProse,
  shippedCourses,
  shippedTutorials,
} from "../tutorial/shipped-tutorials.ts";
import { courseIndex, findTutorial, nextTutorial } from "./course-index.ts";
import { download } from "./download.ts";
import type { HomeroomTutorial, TutorialPlace } from "./homeroom-tutorial.ts";
import { kept } from "./kept.ts";
import { notLoadedPage } from "./pages/not-loaded-page.ts";
import type { Route } from "./route.ts";
import { type Arrival, Router, siteRoot } from "./router.ts";
import { browserWorlds } from "./session/browser-worlds.ts";
import { SavedPlaces } from "./session/saved-places.ts";
import { pageTitle, sitePage } from "./site-page.ts";
import type { SiteView, Standing } from "./site-view.ts";
import { chooseTheme, chosenTheme, themeAfter } from "./theme.ts";

/** The page as a whole: draws the route that the address names, and moves between routes. */
export class Site {
  readonly #element: HTMLElement;
  readonly #router: Router;
  readonly #places = new SavedPlaces(kept);
  #view: SiteView;
  #tutorial: TutorialPlace | undefined;
  /** The pages that are no tutorial, once they are there. */
  #pages: typeof import("./pages/text-pages.ts") | undefined;
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
    };
  }

  async start(): Promise<void> {
    await this.#prepare(this.#view.route);
    this.#draw();
  }

  async #arrive(route: Route, arrival: Arrival): Promise<void> {
    const visit = ++this.#visits;
    if (route.page === "tutorial" && route.tutorial === this.#tutorial?.tutorial.id && this.#isThere(route)) {
      const page = this.#element.querySelector<HomeroomTutorial>("homeroom-tutorial");
      if (route.step !== undefined) page?.goTo(route.step);
      return;
    }
    await this.#prepare(route);
    if (visit !== this.#visits) return;
    this.#view = { ...this.#view, route, notice: undefined };
    this.#draw();
    if (arrival === "link") window.scrollTo(0, 0);
    this.#focusHeadline();
  }

  #focusHeadline(): void {
    const step = this.#element.querySelector("homeroom-step");
    if (step) void step.updateComplete.then(() => step.focusHeadline());
    else this.#element.querySelector("h1")?.focus({ preventScroll: true });
  }

  /** Brings what a route's page needs. */
  async #prepare(route: Route): Promise<void> {
    this.#failed = false;
    this.#tutorial = undefined;
    try {
      if (route.page !== "tutorial" || !this.#isThere(route)) {
        this.#pages = await import("./pages/text-pages.ts");
        return;
      }
      const [tutorial, prose] = await Promise.all([
        loadLogic(route.tutorial),
        loadProse(route.tutorial, spokenLanguage()),
        import("./homeroom-tutorial.ts"),
      ]);
      if (!tutorial || !prose) throw new Error(`There is no tutorial ${route.tutorial}`);
      const { href } = this.#router;
      this.#tutorial = {
        tutorial,
        prose,
        asked: route.step,
        places: this.#places,
        worlds: browserWorlds(tutorial, prose),
        next: nextTutorial(this.#view.index, tutorial.id),
        href: (id) => href(id === undefined ? { page: "home" } : { page: "tutorial", tutorial: id }),
        link: (step) => new URL(href({ page: "tutorial", tutorial: tutorial.id, step }), location.href).href,
        shown: (step, how) => this.#stepShown(tutorial.id, step, how),
      };
    } catch (error) {
      console.error(error);
      this.#failed = true;
    }
  }

  #isThere(route: Extract<Route, { page: "tutorial" }>): boolean {
    const tutorial = findTutorial(this.#view.index, route.tutorial);
    return (
      tutorial !== undefined &&
      (route.step === undefined || tutorial.steps.some(({ id }) => id === route.step))
    );
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
    if (!this.#drawn) this.#element.replaceChildren();
    this.#drawn = true;
    render(sitePage(this.#view, this.#page(), { changeTheme: this.#changeTheme }), this.#element);
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
    if (this.#failed || !pages) return notLoadedPage(() => location.reload());
    if (route.page === "home") return pages.homePage(this.#view);
    return route.page === "about"
      ? pages.aboutPage(this.#view, this.#aboutActs)
      : pages.notFoundPage(this.#view);
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
