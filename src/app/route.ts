/** Where the learner is on the site. */
export type Route =
  | { page: "home" }
  | { page: "about" }
  | { page: "tutorial"; tutorial: string; step?: string }
  | { page: "not-found" };

/** The path of a route below the site's root: no `/` at its start, one at its end unless it is empty. */
export function routePath(route: Route): string {
  switch (route.page) {
    case "home":
      return "";
    case "about":
      return "about/";
    case "tutorial":
      return `tutorials/${route.tutorial}/${route.step ? `${route.step}/` : ""}`;
    case "not-found":
      return "404.html";
  }
}

/** The route that a path below the site's root names. Whether there is such a tutorial is not asked here. */
export function parseRoute(path: string): Route {
  const parts = path.replace(/(^|\/)index\.html$/, "$1").split("/");
  if (parts.at(-1) === "") parts.pop();
  const [first, tutorial, step, ...more] = parts;
  if (first === undefined) return { page: "home" };
  if (first === "about" && tutorial === undefined) return { page: "about" };
  if (first === "tutorials" && tutorial && more.length === 0) {
    return step === undefined ? { page: "tutorial", tutorial } : { page: "tutorial", tutorial, step };
  }
  return { page: "not-found" };
}
