import { parseRoute, type Route, routePath } from "./route.ts";

/** How a route came to be: by a link, by the browser's history, or because the page itself moved on. */
export type Arrival = "link" | "history";

/**
 * Keeps the browser's address and the page together, without reloading. Links are plain; a click on one that
 * leads inside the site is taken, anything else is the browser's.
 */
export class Router {
  readonly root: URL;
  readonly #arrived: (route: Route, arrival: Arrival) => void;
  /** Of the route that the page is at. */
  #path: string;

  /** @param root the address of Home, ending in `/` */
  constructor(root: URL, arrived: (route: Route, arrival: Arrival) => void) {
    this.root = root;
    this.#arrived = arrived;
    this.#path = routePath(this.route());
    document.addEventListener("click", (event) => this.#click(event));
    window.addEventListener("popstate", () => {
      const route = this.route();
      // A link within the page, such as the one to its content, is the browser's alone.
      if (routePath(route) !== this.#path) this.#arrive(route, "history");
    });
  }

  #arrive(route: Route, arrival: Arrival): void {
    this.#path = routePath(route);
    this.#arrived(route, arrival);
  }

  route(): Route {
    return this.#routeOf(new URL(location.href)) ?? { page: "not-found" };
  }

  href = (route: Route): string => this.root.pathname + routePath(route);

  /** Goes there as a link would. */
  go(route: Route): void {
    history.pushState(null, "", this.href(route));
    this.#arrive(route, "link");
  }

  /** The page has moved on by itself: its address follows. */
  follow(route: Route, how: "push" | "replace"): void {
    this.#path = routePath(route);
    const address = this.href(route);
    if (address === location.pathname + location.search) return;
    // What else stands in the address is not ours to drop.
    const rest = address.includes("?") ? "" : location.search;
    if (address + rest === location.pathname + location.search) return;
    history[how === "push" ? "pushState" : "replaceState"](null, "", address + rest);
  }

  #routeOf(url: URL): Route | undefined {
    if (url.origin !== this.root.origin || !url.pathname.startsWith(this.root.pathname)) return undefined;
    return parseRoute(decodeURI(url.pathname.slice(this.root.pathname.length)), url.searchParams);
  }

  #click(event: MouseEvent): void {
    if (event.defaultPrevented || event.button !== 0) return;
    if (event.ctrlKey || event.metaKey || event.shiftKey || event.altKey) return;
    const link = event.composedPath().find((node) => node instanceof HTMLAnchorElement);
    if (!link || (link.target && link.target !== "_self") || link.hasAttribute("download")) return;
    const url = new URL(link.href);
    const route = this.#routeOf(url);
    if (
      !route ||
      route.page === "not-found" ||
      (url.search && route.page !== "tutorial" && route.page !== "seeds")
    )
      return;
    if (url.hash && url.pathname === location.pathname) return;
    event.preventDefault();
    this.go(route);
  }
}

/** The address of Home: each page says in `data-root` how far up it is. Read before the address changes. */
export const siteRoot = new URL(document.documentElement.dataset.root ?? "./", document.baseURI);
