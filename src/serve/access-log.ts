import type { FetchHandler } from "./http-server.ts";

/** Prints a line for each request: method, path, status, how long it took. Tokens are left out. */
export function withAccessLog(fetch: FetchHandler, print: (line: string) => void): FetchHandler {
  return async (request, from) => {
    const began = performance.now();
    const { method, url } = request;
    const response = await fetch(request, from);
    const took = (performance.now() - began).toFixed(1);
    print(`${new Date().toISOString()} ${method} ${withoutTokens(url)} ${response.status} ${took} ms`);
    return response;
  };
}

function withoutTokens(url: string): string {
  const { pathname, search } = new URL(url);
  return pathname + search.replace(/([?&]\w*token=)[^&]*/g, "$1…");
}
