/** What a router tells apart: templates are the specification's, as `/_matrix/client/v3/rooms/{roomId}/send`. */
export type Route = { method: string; path: string };

/** What a template's `{names}` stand for. */
export type ParamsOf<Path extends string> = string extends Path
  ? Record<string, string>
  : Path extends `${string}{${infer Name}}${infer Rest}`
    ? Record<Name, string> & ParamsOf<Rest>
    : unknown;

export type Found<R extends Route> =
  | { route: R; params: Record<string, string> }
  | "unknown-path"
  | "wrong-method"
  | "bad-encoding";

type Methods<R extends Route> = Map<string, { route: R; names: string[] }>;

/** A place between two slashes, and what may follow it. */
type Place<R extends Route> = {
  readonly fixed: Map<string, Place<R>>;
  /** What follows any text but none: where a template has a name. */
  named?: Place<R>;
  /** Of the templates that end here. */
  methods?: Methods<R>;
};

/**
 * Finds routes by method and path, and tells a path that nobody knows from one that has other methods. A tree of
 * the places between slashes, because every request is on its way: a regular expression of all paths takes twice as long.
 */
export class Router<R extends Route> {
  readonly #root: Place<R> = { fixed: new Map() };

  constructor(routes: readonly R[]) {
    for (const route of routes) {
      const names: string[] = [];
      let place = this.#root;
      for (const part of route.path.split("/")) {
        const name = /^\{(\w+)\}$/.exec(part)?.[1];
        if (name !== undefined) names.push(name);
        place = name === undefined ? fixedIn(place, part) : namedIn(place);
      }
      place.methods ??= new Map();
      if (place.methods.has(route.method)) throw new Error(`Two endpoints for ${route.method} ${route.path}`);
      place.methods.set(route.method, { route, names });
    }
  }

  /** @param path still percent-encoded. */
  find(method: string, path: string): Found<R> {
    const values: string[] = [];
    const methods = methodsAt(this.#root, path, 0, values);
    if (!methods) return "unknown-path";
    const found = methods.get(method);
    if (!found) return "wrong-method";
    const params: Record<string, string> = {};
    for (let index = 0; index < found.names.length; index++) {
      const value = decoded(values[index]!);
      if (value === undefined) return "bad-encoding";
      params[found.names[index]!] = value;
    }
    return { route: found.route, params };
  }
}

function fixedIn<R extends Route>(place: Place<R>, part: string): Place<R> {
  let next = place.fixed.get(part);
  if (!next) {
    next = { fixed: new Map() };
    place.fixed.set(part, next);
  }
  return next;
}

function namedIn<R extends Route>(place: Place<R>): Place<R> {
  place.named ??= { fixed: new Map() };
  return place.named;
}

/**
 * The methods of the template that fits a path from `start` on: what it says itself goes before what it names.
 * @param values takes what stands where the template has names.
 */
function methodsAt<R extends Route>(
  place: Place<R>,
  path: string,
  start: number,
  values: string[],
): Methods<R> | undefined {
  const slash = path.indexOf("/", start);
  const part = slash === -1 ? path.slice(start) : path.slice(start, slash);
  const after = (next: Place<R>) => (slash === -1 ? next.methods : methodsAt(next, path, slash + 1, values));
  const fixed = place.fixed.get(part);
  const found = fixed && after(fixed);
  if (found || !place.named || part === "") return found;
  const before = values.length;
  values.push(part);
  const named = after(place.named);
  if (!named) values.length = before;
  return named;
}

function decoded(text: string): string | undefined {
  if (!text.includes("%")) return text;
  try {
    return decodeURIComponent(text);
  } catch {
    return undefined;
  }
}
