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
  readonly #router = new SmartRouter<Methods<R>>({ routers: [new RegExpRouter(), new TrieRouter()] });

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
        this.#router.add("ALL", pattern, methods);
      }
      if (methods.has(route.method)) throw new Error(`Two endpoints for ${route.method} ${route.path}`);
      methods.set(route.method, { route, names });
    }
  }

  /** @param path still percent-encoded. */
  find(method: string, path: string): Found<R> {
    const [matches, values] = this.#router.match("ALL", path);
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

function decoded(text: string): string | undefined {
  if (!text.includes("%")) return text;
  try {
    return decodeURIComponent(text);
  } catch {
    return undefined;
  }
}
