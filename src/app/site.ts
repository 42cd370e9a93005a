import { render } from "lit";
import { englishIndex, shippedCourses, shippedTutorials } from "../tutorial/shipped-tutorials.ts";
import { courseIndex, findTutorial } from "./course-index.ts";
import { kept } from "./kept.ts";
import { aboutPage } from "./pages/about-page.ts";
import { homePage } from "./pages/home-page.ts";
import { notFoundPage } from "./pages/not-found-page.ts";
import type { Route } from "./route.ts";
import { type Arrival, Router, siteRoot } from "./router.ts";
import { pageTitle, sitePage } from "./site-page.ts";
import type { SiteView } from "./site-view.ts";
import { chooseTheme, chosenTheme, themeAfter } from "./theme.ts";

/** The page as a whole: draws the route that the address names, and moves between routes. */
export class Site {
  readonly #place: HTMLElement;
  readonly #router: Router;
  #view: SiteView;
  #drawn = false;

  constructor(place: HTMLElement) {
    this.#place = place;
    this.#router = new Router(siteRoot(), (route, arrival) => this.#arrive(route, arrival));
    this.#view = {
      route: this.#router.route(),
      href: this.#router.href,
      index: courseIndex(shippedCourses, shippedTutorials, englishIndex),
      standings: {},
      theme: chosenTheme(),
      storageLasts: kept.lasting,
    };
  }

  start(): void {
    this.#draw();
  }

  #arrive(route: Route, arrival: Arrival): void {
    this.#view = { ...this.#view, route, notice: undefined };
    this.#draw();
    if (arrival === "link") window.scrollTo(0, 0);
    this.#place.querySelector("h1")?.focus({ preventScroll: true });
  }

  #draw(): void {
    // The first time, what the build has drawn gives way to the same, alive; nothing is painted in between.
    if (!this.#drawn) this.#place.replaceChildren();
    this.#drawn = true;
    document.title = pageTitle(this.#view);
    render(sitePage(this.#view, this.#page(), { changeTheme: this.#changeTheme }), this.#place);
  }

  #page(): unknown {
    const { route, index } = this.#view;
    if (route.page === "home") return homePage(this.#view);
    if (route.page === "about") {
      return aboutPage(this.#view, {
        exportProgress: () => {},
        importProgress: () => {},
        deleteEverything: () => {},
      });
    }
    if (route.page === "tutorial" && findTutorial(index, route.tutorial)) return undefined;
    return notFoundPage(this.#view);
  }

  #changeTheme = (): void => {
    const theme = themeAfter(this.#view.theme);
    chooseTheme(theme);
    this.#view = { ...this.#view, theme };
    this.#draw();
  };
}
