import type { HttpRequest, HttpResponse } from "../../simulation/http.ts";
import { bodySize } from "../../simulation/logged-message.ts";
import { maskedBody, maskedHeaders, maskedUrl } from "../inspector/inspector-secrets.ts";
import type { InspectedExchange } from "../inspector/inspector-state.ts";

type NameValue = { name: string; value: string };

/** An HTTP Archive, as far as tools need it. http://www.softwareishard.com/blog/har-12-spec/ */
export type Har = {
  log: {
    version: "1.2";
    creator: { name: string; version: string };
    entries: HarEntry[];
  };
};

export type HarEntry = {
  startedDateTime: string;
  time: number;
  request: {
    method: string;
    url: string;
    httpVersion: string;
    cookies: never[];
    headers: NameValue[];
    queryString: NameValue[];
    postData?: { mimeType: string; text: string; params: never[]; encoding?: "base64" };
    headersSize: number;
    bodySize: number;
  };
  response: {
    status: number;
    statusText: string;
    httpVersion: string;
    cookies: never[];
    headers: NameValue[];
    content: { size: number; mimeType: string; text?: string; encoding?: "base64" };
    redirectURL: string;
    headersSize: number;
    bodySize: number;
  };
  cache: Record<string, never>;
  timings: { send: number; wait: number; receive: number };
  comment: string;
};

function header(message: { headers: [string, string][] }, name: string): string | undefined {
  return message.headers.find(([key]) => key.toLowerCase() === name)?.[1];
}

function base64(bytes: Uint8Array): string {
  let text = "";
  for (const byte of bytes) text += String.fromCharCode(byte);
  return btoa(text);
}

/** Absent where there is no body, or where the log has only the beginning of it. */
function bodyText(
  message: HttpRequest | HttpResponse,
  secrets: boolean,
): { text: string; encoding?: "base64" } | undefined {
  const { body } = message;
  if (body === undefined || message.bodySize !== undefined) return undefined;
  if (typeof body !== "string") return { text: base64(body), encoding: "base64" };
  return { text: secrets ? body : maskedBody(body) };
}

function queryOf(url: string): NameValue[] {
  const query = url.split("#")[0]!.split("?").slice(1).join("?");
  return [...new URLSearchParams(query)].map(([name, value]) => ({ name, value }));
}

function headersOf(message: HttpRequest | HttpResponse, secrets: boolean): NameValue[] {
  return (secrets ? message.headers : maskedHeaders(message.headers)).map(([name, value]) => ({
    name,
    value,
  }));
}

function entryOf(exchange: InspectedExchange, secrets: boolean): HarEntry {
  const { request, response, left, failed, from, to } = exchange;
  const end = exchange.done ?? exchange.answered ?? failed?.at ?? left;
  const [arrived, answered] = [exchange.arrived ?? end, exchange.answered ?? end];
  const url = secrets ? request.url : maskedUrl(request.url);
  const sent = bodyText(request, secrets);
  const got = response && bodyText(response, secrets);
  return {
    startedDateTime: new Date(left).toISOString(),
    time: end - left,
    request: {
      method: request.method,
      url,
      httpVersion: "HTTP/1.1",
      cookies: [],
      headers: headersOf(request, secrets),
      queryString: queryOf(url),
      ...(sent
        ? {
            postData: {
              mimeType: header(request, "content-type") ?? "application/json",
              params: [],
              ...sent,
            },
          }
        : {}),
      headersSize: -1,
      bodySize: bodySize(request),
    },
    response: {
      status: response?.status ?? 0,
      statusText: failed?.reason ?? "",
      httpVersion: "HTTP/1.1",
      cookies: [],
      headers: response ? headersOf(response, secrets) : [],
      content: {
        size: response ? bodySize(response) : 0,
        mimeType: (response && header(response, "content-type")) ?? "application/json",
        ...got,
      },
      redirectURL: (response && header(response, "location")) ?? "",
      headersSize: -1,
      bodySize: response ? bodySize(response) : -1,
    },
    cache: {},
    timings: {
      send: arrived - left,
      wait: Math.max(0, answered - arrived),
      receive: Math.max(0, end - answered),
    },
    comment: `${from} → ${to}`,
  };
}

/**
 * An HTTP Archive 1.2 of exchanges, in their order. Passwords, tokens and Authorization headers are masked unless
 * `secrets` is set. An exchange without an answer has status 0, as browsers write it.
 */
export function harOf(
  exchanges: Iterable<InspectedExchange>,
  options: { secrets?: boolean; version?: string } = {},
): Har {
  const { secrets = false, version = "" } = options;
  return {
    log: {
      version: "1.2",
      creator: { name: "Homeroom", version },
      entries: [...exchanges].map((exchange) => entryOf(exchange, secrets)),
    },
  };
}
