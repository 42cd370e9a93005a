import type { HttpRequest, HttpResponse } from "./http.ts";
import { trafficTable } from "./traffic-table.ts";

/** What a request is: part of the story that a learner follows, or quiet; and its name in kebab case. */
export type Traffic = { story: boolean; name: string };

type Row = Traffic & { parts: string[]; literals: number };

let rows: Map<string, Row[]> | undefined;

function learn(): Map<string, Row[]> {
  const learnt = new Map<string, Row[]>();
  let api = "";
  for (const line of trafficTable.trim().split("\n")) {
    if (line.startsWith("# ")) {
      api = line.slice(2);
      continue;
    }
    const [method = "", path = "", kind, name = ""] = line.split(/\s+/);
    const parts = path.split("/");
    const literals = parts.filter((part) => part !== "*").length;
    const key = `${api} ${method} ${parts.length}`;
    learnt.set(key, [...(learnt.get(key) ?? []), { story: kind === "story", name, parts, literals }]);
  }
  for (const list of learnt.values()) list.sort((one, other) => other.literals - one.literals);
  return learnt;
}

const unknown: Traffic = { story: true, name: "unknown" };
const unstable: Traffic = { story: false, name: "unstable" };

/** What the request is. A path that the specification lacks is story: somebody typed it. */
export function trafficOf(method: string, url: string): Traffic {
  rows ??= learn();
  const path = url.replace(/^[a-z][\w+.-]*:\/\/[^/?#]*/i, "").replace(/[?#].*$/s, "");
  const [, api, version, rest] =
    /^\/_matrix\/(client|media|federation|key|policy|app)(?:\/(v\d|r0|unstable))?\/(.*)$/.exec(path) ??
    /^\/\.(well-known)\/(matrix)\/(.*)$/.exec(path) ??
    [];
  if (api === undefined || rest === undefined) return unknown;
  const parts = rest.replace(/\/$/, "").split("/");
  const found = rows
    .get(`${api} ${method} ${parts.length}`)
    ?.find((row) => row.parts.every((part, index) => part === "*" || part === parts[index]));
  return found ?? (version === "unstable" ? unstable : unknown);
}

/**
 * Is the request drawn large and named? "Step" runs to the next departure or arrival of one that is. A transaction
 * without events only says who types, reads or is there.
 */
export function isStory(method: string, url: string, body?: HttpRequest["body"]): boolean {
  const { story, name } = trafficOf(method, url);
  if (!story || name !== "transaction" || typeof body !== "string") return story;
  return !/"pdus":\s*\[\s*\]/.test(body) || body.includes('"m.direct_to_device"');
}

/**
 * Is the response drawn large? A request's kind decides; and a poll is story on its way back when it carries
 * what people see: new events of a room, or an invitation.
 */
export function isStoryAnswer(method: string, url: string, response: HttpResponse): boolean {
  const { story, name } = trafficOf(method, url);
  if (story || name !== "sync" || typeof response.body !== "string") return story;
  return /"timeline":\{[^{}[\]]*"events":\[\{|"(invite|knock)":\{"/.test(response.body);
}
