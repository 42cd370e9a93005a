import { type SpecificationDocument, sections } from "./inspector-sections.ts";

/** An endpoint as the specification defines it. */
export type Endpoint = {
  method: string;
  /** For example `/_matrix/client/v3/rooms/{roomId}/send/{eventType}/{txnId}`. */
  template: string;
  document: SpecificationDocument;
  /** The title of its section in the specification. */
  section: string;
};

/** An endpoint that a request is for, with what its path says. */
export type MatchedEndpoint = Endpoint & { parameters: Readonly<Record<string, string>> };

type Pattern = Endpoint & { parts: string[]; literals: number };

const patterns: Map<string, Pattern[]> = new Map();

function learn(): void {
  for (const document of Object.keys(sections) as SpecificationDocument[]) {
    let section = "";
    for (const line of sections[document].trim().split("\n")) {
      const [method = "", template = ""] = line.split(" ");
      if (method === "#") {
        section = line.slice(2);
        continue;
      }
      const parts = template.replace(/\/$/, "").split("/");
      const literals = parts.filter((part) => !part.startsWith("{")).length;
      const key = `${method} ${parts.length}`;
      patterns.set(key, [
        ...(patterns.get(key) ?? []),
        { method, template, document, section, parts, literals },
      ]);
    }
  }
  for (const list of patterns.values()) list.sort((one, other) => other.literals - one.literals);
}

function decoded(part: string): string {
  try {
    return decodeURIComponent(part);
  } catch {
    return part;
  }
}

/** The path of a request's address, without host and query. Not decoded. */
export function pathOf(url: string): string {
  return url.replace(/^[a-z][\w+.-]*:\/\/[^/?#]*/i, "").replace(/[?#].*$/s, "") || "/";
}

/** The endpoint that a request is for; undefined for one that the specification does not have. */
export function endpointOf(method: string, url: string): MatchedEndpoint | undefined {
  if (patterns.size === 0) learn();
  const parts = pathOf(url)
    .replace("/_matrix/client/r0/", "/_matrix/client/v3/")
    .replace(/\/$/, "")
    .split("/");
  // With an empty state key the last slash is optional, so such a path is one part short.
  const state = parts.at(-2) === "state" && parts.length === 8 ? [...parts, ""] : parts;
  for (const candidate of new Set([parts, state])) {
    for (const pattern of patterns.get(`${method} ${candidate.length}`) ?? []) {
      const fits = pattern.parts.every((part, index) => part.startsWith("{") || part === candidate[index]);
      if (!fits) continue;
      const parameters: Record<string, string> = {};
      pattern.parts.forEach((part, index) => {
        if (part.startsWith("{")) parameters[part.slice(1, -1)] = decoded(candidate[index]!);
      });
      const { method: verb, template, document, section } = pattern;
      return { method: verb, template, document, section, parameters };
    }
  }
  return undefined;
}

/** Where the specification describes an endpoint. */
export function endpointLink({ document, method, template }: Endpoint): string {
  const anchor = (method + template).toLowerCase().replace(/[^\w-]/g, "");
  return `https://spec.matrix.org/v1.19/${document}/#${anchor}`;
}

/** An endpoint's name as keys of the catalogue have it: `PUT /rooms/{roomId}/send/{eventType}/{txnId}`. */
export function endpointKey({ method, template }: Endpoint): string {
  const path = template.replace(/^\/_matrix\/client\/v\d/, "").replace(/^\/_matrix\/(\w+)\/v\d/, "/$1");
  return `${method} ${path.replace(/\/$/, "")}`;
}

/** A request short enough for a label: `PUT …/send/m.room.message`. */
export function shortRequest(method: string, url: string): string {
  const endpoint = endpointOf(method, url);
  if (!endpoint) return `${method} …/${decoded(pathOf(url).split("/").at(-1) ?? "")}`;
  const told = new Set(["{eventType}", "{type}", "{keyName}"]);
  const parts = endpoint.template
    .replace(/^\/_matrix\/\w+\/(v\d\/)?/, "")
    .replace(/^\/|\/$/g, "")
    .split("/");
  while (parts.at(-1)!.startsWith("{") && !told.has(parts.at(-1)!)) parts.pop();
  const hidden = parts.findLastIndex((part) => part.startsWith("{") && !told.has(part));
  const shown = parts.slice(hidden + 1).map((part) => endpoint.parameters[part.slice(1, -1)] ?? part);
  return `${method} ${hidden < 0 ? "/" : "…/"}${shown.join("/")}`;
}
