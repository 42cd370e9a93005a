import { isRefusal, type Refusal } from "../../protocol/refusal.ts";
import type { Server } from "../server.ts";
import { type Answer, preflight, toResponse } from "./answer.ts";
import { errorAnswer } from "./errors.ts";

/** @param from the network address of who asks, where it is known. */
export type Edge = (request: Request, from?: string) => Promise<Response>;

/**
 * Answers requests of one of the APIs, each once all that was written is kept. Every refusal becomes an errcode
 * here, and a bug a 500.
 * @param answerTo is given path and query as they stand in the address.
 */
export function edge(
  server: Server,
  answerTo: (request: Request, path: string, search: string, from?: string) => Promise<Answer | Refusal>,
): Edge {
  return async (request, from) => {
    if (request.method === "OPTIONS") return preflight();
    const [path, search] = splitUrl(request.url);
    let answer: Answer | Refusal;
    try {
      answer = await answerTo(request, path, search, from);
      await server.store.settled();
    } catch (bug) {
      const message = bug instanceof Error ? (bug.stack ?? bug.message) : String(bug);
      server.ports.report({ type: "request-failed", method: request.method, path, message });
      return toResponse(errorAnswer({ code: "request/bug", facts: {} }));
    }
    if (!isRefusal(answer)) return toResponse(answer);
    server.ports.report({ type: "request-refused", method: request.method, path, refusal: answer });
    return toResponse(errorAnswer(answer));
  };
}

/** Path and query, as they stand in the URL. */
export function splitUrl(url: string): [path: string, search: string] {
  const start = url.indexOf("/", url.indexOf("://") + 3);
  const hash = url.indexOf("#", start);
  const end = hash === -1 ? url.length : hash;
  const question = url.indexOf("?", start);
  if (question === -1 || question > end) return [url.slice(start, end), ""];
  return [url.slice(start, question), url.slice(question + 1, end)];
}
