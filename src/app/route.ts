/** Where the learner is on the site. */
export type Route =
  | { page: "home" }
  | { page: "about" }
  /** A random network, played again; its seed decides which. */
  | { page: "seeds"; seed?: string }
  | { page: "tutorial"; tutorial: string; step?: string }
  | { page: "not-found" };

/** The path of a route below the site's root: no `/` at its start. */
export function routePath(route: Route): string {
  switch (route.page) {
    case "home":
      return "";
    case "about":
      return "about/";
    case "seeds":
      return `seeds/${route.seed === undefined ? "" : `?${new URLSearchParams({ seed: route.seed })}`}`;
    case "tutorial": {
      const from = loadedFrom(route.tutorial);
      if (from !== undefined)
        return `?${new URLSearchParams({ tutorial: from, ...(route.step && { step: route.step }) })}`;
      return `tutorials/${route.tutorial}/${route.step ? `${route.step}/` : ""}`;
    }
    case "not-found":
      return "404.html";
  }
}

const loadedMark = "url:";

/** The id of a tutorial that is loaded from somewhere else: no tutorial that ships has such a one. */
export function loadedId(from: string): string {
  return loadedMark + from;
}

/** Where a tutorial is loaded from; undefined for those that ship. */
export function loadedFrom(id: string): string | undefined {
  return id.startsWith(loadedMark) ? id.slice(loadedMark.length) : undefined;
}

/** The route that a path below the site's root names. Whether there is such a tutorial is not asked here. */
export function parseRoute(path: string, search = new URLSearchParams()): Route {
  const parts = path.replace(/(^|\/)index\.html$/, "$1").split("/");
  if (parts.at(-1) === "") parts.pop();
  const [first, tutorial, step, ...more] = parts;
  const from = search.get("tutorial");
  if (first === undefined && from) {
    const asked = search.get("step");
    return { page: "tutorial", tutorial: loadedId(from), ...(asked && { step: asked }) };
  }
  if (first === undefined) return { page: "home" };
  if (first === "about" && tutorial === undefined) return { page: "about" };
  if (first === "seeds" && tutorial === undefined) {
    const seed = search.get("seed");
    return { page: "seeds", ...(seed && { seed }) };
  }
  if (first === "tutorials" && tutorial && more.length === 0) {
    return step === undefined ? { page: "tutorial", tutorial } : { page: "tutorial", tutorial, step };
  }
  return { page: "not-found" };
}
