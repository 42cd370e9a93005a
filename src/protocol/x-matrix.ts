import type { Refusal } from "./refusal.ts";

/** The codes of {@link parseXMatrix}. */
export const refusalCodes = [
  "x-matrix/duplicate-parameter",
  "x-matrix/malformed",
  "x-matrix/missing-parameter",
  "x-matrix/other-scheme",
] as const;

/** The parameters of an `Authorization: X-Matrix` header. */
export type XMatrix = {
  origin: string;
  /** Missing from servers of before v1.3. */
  destination?: string;
  /** For example `ed25519:key1`. */
  key: string;
  /** Base64. */
  sig: string;
};

/** https://spec.matrix.org/v1.19/server-server-api/#request-authentication */
export function formatXMatrix(parameters: XMatrix): string {
  const { origin, destination, key, sig } = parameters;
  const pairs = Object.entries({ origin, destination, key, sig }).filter(([, value]) => value !== undefined);
  return `X-Matrix ${pairs.map(([name, value]) => `${name}="${escapeQuoted(value!)}"`).join(",")}`;
}

/** Reads the header's value, with all liberties of RFC 9110 and unquoted colons. */
export function parseXMatrix(header: string): XMatrix | Refusal {
  const scheme = /^X-Matrix +/i.exec(header);
  if (!scheme) return { code: "x-matrix/other-scheme", facts: {} };
  const found = new Map<string, string>();
  let rest = withoutSeparators(header.slice(scheme[0].length));
  while (rest !== "") {
    const match = parameter.exec(rest);
    if (!match) return { code: "x-matrix/malformed", facts: { position: header.length - rest.length } };
    const name = match[1]!.toLowerCase();
    if (found.has(name)) return { code: "x-matrix/duplicate-parameter", facts: { name } };
    found.set(name, match[3] ?? match[2]!.replaceAll(/\\(.)/gs, "$1"));
    rest = withoutSeparators(rest.slice(match[0].length));
  }
  const [origin, key, sig] = ["origin", "key", "sig"].map((name) => found.get(name));
  if (origin === undefined) return { code: "x-matrix/missing-parameter", facts: { name: "origin" } };
  if (key === undefined) return { code: "x-matrix/missing-parameter", facts: { name: "key" } };
  if (sig === undefined) return { code: "x-matrix/missing-parameter", facts: { name: "sig" } };
  const destination = found.get("destination");
  return { origin, key, sig, ...(destination === undefined ? {} : { destination }) };
}

/** name, quoted value or bare value, and the end of the element. */
const parameter =
  /^([!#$%&'*+.^_`|~\w-]+)[ \t]*=[ \t]*(?:"((?:[^"\\]|\\.)*)"|([!#$%&'*+.^_`|~\w:-]+))[ \t]*(?=,|$)/s;

/** Commas may be many: RFC 9110 lets lists have empty elements. */
function withoutSeparators(text: string): string {
  return text.replace(/^[ \t,]+/, "");
}

function escapeQuoted(value: string): string {
  return value.replaceAll(/["\\]/g, "\\$&");
}
