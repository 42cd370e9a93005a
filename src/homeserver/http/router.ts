import type { Result } from "hono/router";
import { RegExpRouter } from "hono/router/reg-exp-router";
import { SmartRouter } from "hono/router/smart-router";
import { TrieRouter } from "hono/router/trie-router";

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

/** Finds routes by method and path, and tells a path that nobody knows from one that has other methods. */
export class Router<R extends Route> {
  /** By how their paths begin: what one expression over all of them costs grows with their number. */
  readonly #routers = new Map<string, SmartRouter<Methods<R>>>();

  constructor(routes: readonly R[]) {
    const byPattern = new Map<string, Methods<R>>();
    for (const route of routes) {
      const names = [...route.path.matchAll(/\{(\w+)\}/g)].map((match) => match[1]!);
      let index = 0;
      // Named by their order: templates may name the same place differently.
      const pattern = route.path.replaceAll(/\{\w+\}/g, () => `:p${index++}`);
      let methods = byPattern.get(pattern);
      if (!methods) {
        methods = new Map();
        byPattern.set(pattern, methods);
        this.#routerOf(pattern).add("ALL", pattern, methods);
      }
      if (methods.has(route.method)) throw new Error(`Two endpoints for ${route.method} ${route.path}`);
      methods.set(route.method, { route, names });
    }
  }

  #routerOf(pattern: string): SmartRouter<Methods<R>> {
    const beginning = beginningOf(pattern);
    let router = this.#routers.get(beginning);
    if (!router) {
      if (beginning.includes(":")) throw new Error(`No endpoint can begin as ${beginning}`);
      router = new SmartRouter({ routers: [new RegExpRouter(), new TrieRouter()] });
      this.#routers.set(beginning, router);
    }
    return router;
  }

  /** @param path still percent-encoded. */
  find(method: string, path: string): Found<R> {
    const [matches, values] = this.#routers.get(beginningOf(path))?.match("ALL", path) ?? nothing;
    const first = matches[0];
    if (!first) return "unknown-path";
    const found = first[0].get(method);
    if (!found) return "wrong-method";
    const params: Record<string, string> = {};
    for (let index = 0; index < found.names.length; index++) {
      const place = first[1][`p${index}`];
      const value = decoded((values ? values[place as number] : place) as string);
      if (value === undefined) return "bad-encoding";
      params[found.names[index]!] = value;
    }
    return { route: found.route, params };
  }
}

const nothing: Result<never> = [[]];

/** Its first four parts, as `/_matrix/client/v3/rooms`; templates name none of them. */
function beginningOf(path: string): string {
  let end = 0;
  for (let part = 0; part < 4 && end !== -1; part++) end = path.indexOf("/", end + 1);
  return end === -1 ? path : path.slice(0, end);
}

function decoded(text: string): string | undefined {
  if (!text.includes("%")) return text;
  try {
    return decodeURIComponent(text);
  } catch {
    return undefined;
  }
}
