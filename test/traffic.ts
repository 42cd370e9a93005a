import type { HttpRequest } from "../src/simulation/http.ts";
import type { LogEntry } from "../src/simulation/log.ts";

type NameValue = { name: string; value: string };
/** An exchange, as much of an HTTP Archive's entry as a checker of traffic reads. */
export type TrafficEntry = {
  request: {
    method: string;
    url: string;
    headers: NameValue[];
    postData?: { mimeType: string; text: string };
  };
  response: { status: number; headers: NameValue[]; content: { mimeType: string; text?: string } };
};

/** Set by the test runner, where `--traffic FILE` asks for the traffic of all tests. */
const recording = "recordsTraffic" in globalThis;
const entries: TrafficEntry[] = [];

if (recording) {
  after(async () => {
    const told = entries.filter((entry) => !isTokenAskedFor(entry));
    await fetch("/recorded-traffic", { method: "POST", body: JSON.stringify(told) });
  });
}

/** Keeps a request and its answer, where that was asked for. Bodies that are no JSON are left out. */
export function keepTraffic(
  request: Pick<Request, "method" | "url" | "headers">,
  sent: string | undefined,
  response: Pick<Response, "status" | "headers">,
  answered: string,
): void {
  if (!recording) return;
  const mimeType = response.headers.get("content-type") ?? "";
  entries.push({
    request: {
      method: request.method,
      url: request.url,
      headers: pairs(request.headers),
      ...(sent !== undefined && { postData: { mimeType: "application/json", text: sent } }),
    },
    response: {
      status: response.status,
      headers: pairs(response.headers),
      content: { mimeType, ...(mimeType.includes("json") && { text: answered }) },
    },
  });
}

/**
 * Keeps what hosts of a world have asked and answered each other, as far as its log still has it. Where somebody forges
 * events they are wrong on purpose.
 */
export function keepWorldTraffic(log: readonly LogEntry[]): void {
  if (!recording || log.some((entry) => entry.type === "action" && entry.action.type === "forge")) return;
  const asked = new Map<number, HttpRequest>();
  for (const entry of log) {
    if (entry.type === "exchange-out") asked.set(entry.exchange, entry.request);
    const request = entry.type === "exchange-back" ? asked.get(entry.exchange) : undefined;
    if (entry.type !== "exchange-back" || !request) continue;
    const { status, headers, body } = entry.response;
    const response = { status, headers: new Headers(headers) };
    const { method, url } = request;
    keepTraffic(
      { method, url, headers: new Headers(request.headers) },
      textOf(request.body),
      response,
      textOf(body) ?? "",
    );
  }
}

function textOf(body: HttpRequest["body"]): string | undefined {
  return typeof body === "string" ? body : undefined;
}

/**
 * The definitions of operations with interactive authentication describe its 401 alone, and not that of an access token
 * that is missing or unknown, which all operations have.
 */
function isTokenAskedFor({ response }: TrafficEntry): boolean {
  return response.status === 401 && /"M_(MISSING|UNKNOWN)_TOKEN"/.test(response.content.text ?? "");
}

function pairs(headers: Headers): NameValue[] {
  return [...headers].map(([name, value]) => ({ name, value }));
}
