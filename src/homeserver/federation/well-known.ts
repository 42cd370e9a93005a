import { isJsonObject, type Json } from "../../protocol/json.ts";
import type { Refusal } from "../../protocol/refusal.ts";
import { readText } from "../http/read-body.ts";
import type { Clock, Transport } from "../ports.ts";
import { withTimeLimit } from "./time-limit.ts";

/** What a server says about where it is, and how long to believe it, milliseconds. */
export type WellKnown = { server?: string; failure?: string; life: number };

const minute = 60_000;
const hour = 60 * minute;
/** What others say is believed for no less and no more than this, and for so long where they say nothing. */
const life = { least: 5 * minute, usual: 24 * hour, most: 48 * hour, ofError: hour };
/** How long such a small file may take, milliseconds. */
const answerTime = 30_000;
const largestFile = 51_200;
const mostRedirects = 10;

/**
 * Asks a host where the server of its name is.
 * https://spec.matrix.org/v1.19/server-server-api/#getwell-knownmatrixserver
 */
export async function askWellKnown(
  host: string,
  { clock, transport }: { clock: Clock; transport: Transport },
): Promise<WellKnown> {
  let url = `https://${host}/.well-known/matrix/server`;
  const seen = new Set<string>();
  for (let count = 0; count <= mostRedirects && !seen.has(url); count++) {
    seen.add(url);
    const address = url;
    const found = await withTimeLimit(clock, answerTime, async (signal) => {
      const asked = new Request(address, { headers: { accept: "application/json" }, signal });
      const response = await transport.fetch(asked);
      const isElsewhere = response.status >= 300 && response.status < 400;
      return isElsewhere ? (response.headers.get("location") ?? "") : readWellKnown(response);
    });
    if (found === undefined) return { failure: "no answer", life: 0 };
    if (typeof found !== "string") return found;
    const next = URL.parse(found, url);
    if (next?.protocol !== "https:") return { failure: "redirect to nowhere", life: life.ofError };
    url = next.href;
  }
  return { failure: "redirects in a circle", life: life.ofError };
}

async function readWellKnown(response: Response): Promise<WellKnown> {
  if (response.status !== 200) return { failure: `status ${response.status}`, life: life.ofError };
  const text: string | Refusal = await readText(response, largestFile);
  const body = typeof text === "string" ? parsed(text) : undefined;
  const server = isJsonObject(body) ? body["m.server"] : undefined;
  if (typeof server !== "string") return { failure: "no m.server in it", life: life.ofError };
  return { server, life: lifeOf(response.headers.get("cache-control") ?? "") };
}

function lifeOf(cacheControl: string): number {
  const maxAge = /(?:^|[\s,])max-age\s*=\s*"?(\d{1,9})/i.exec(cacheControl)?.[1];
  if (/(?:^|[\s,])no-(?:store|cache)/i.test(cacheControl)) return life.least;
  const asked = maxAge === undefined ? life.usual : Number(maxAge) * 1000;
  return Math.min(life.most, Math.max(life.least, asked));
}

function parsed(text: string): Json {
  try {
    return JSON.parse(text);
  } catch {
    return null;
  }
}
