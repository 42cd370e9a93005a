import { encodeBase64 } from "../../protocol/base64.ts";
import { isJsonObject, type Json, type JsonObject } from "../../protocol/json.ts";
import { isRefusal, type Refusal } from "../../protocol/refusal.ts";
import { formatXMatrix, requestSigningBytes } from "../../protocol/signatures.ts";
import { readText } from "../http/read-body.ts";
import type { HomeserverPorts } from "../ports.ts";
import type { FullSettings } from "../settings.ts";
import type { ServerDirectory } from "./server-directory.ts";
import type { SigningKeys } from "./signing-keys.ts";
import { withTimeLimit } from "./time-limit.ts";

/** What this server asks another one. */
export type FederationRequest = {
  method: "GET" | "POST" | "PUT";
  /** From `/_matrix/` on, with percent-encoding where it takes that. */
  path: string;
  /** A value that is a list stands several times. */
  query?: Record<string, string | number | boolean | readonly string[] | undefined>;
  body?: JsonObject;
  /** Milliseconds; that of the settings if absent. */
  timeLimit?: number;
  /** Keys are asked for, and told, without a signature. */
  unsigned?: true;
};

/** Signed requests to other servers, wherever they are. */
export class FederationRequests {
  readonly #settings: FullSettings;
  readonly #ports: HomeserverPorts;
  readonly #keys: SigningKeys;
  readonly #directory: ServerDirectory;

  constructor(settings: FullSettings, ports: HomeserverPorts, keys: SigningKeys, directory: ServerDirectory) {
    this.#settings = settings;
    this.#ports = ports;
    this.#keys = keys;
    this.#directory = directory;
  }

  /**
   * The JSON that another server answers. Refused with `federation/unreachable` (no answer), `federation/refused`
   * (an error: its status, errcode and text are facts) or `federation/bad-answer` (no JSON object).
   */
  async request(destination: string, request: FederationRequest): Promise<JsonObject | Refusal> {
    const answer = await this.#ask(destination, request, async (response) => {
      const text = await readText(response, this.#settings.limits.federationBytes);
      return { response, body: isRefusal(text) ? undefined : parsed(text) };
    });
    if (isRefusal(answer)) return answer;
    const { response, body } = answer;
    if (response.status < 200 || response.status >= 300) {
      const { errcode, error } = isJsonObject(body) ? body : {};
      return {
        code: "federation/refused",
        facts: {
          server: destination,
          status: response.status,
          errcode: typeof errcode === "string" ? errcode : "M_UNKNOWN",
          error: typeof error === "string" ? error.slice(0, 500) : "",
          ...(isJsonObject(body) &&
            typeof body.room_version === "string" && { room_version: body.room_version }),
        },
      };
    }
    if (isJsonObject(body)) return body;
    return { code: "federation/bad-answer", facts: { server: destination, path: request.path } };
  }

  /** The response as it comes. */
  fetch(destination: string, request: FederationRequest): Promise<Response | Refusal> {
    return this.#ask(destination, request, async (response) => response);
  }

  /** Time runs until the answer is read: its first bytes may be in time, and its last never come. */
  async #ask<Answer extends object>(
    destination: string,
    request: FederationRequest,
    read: (response: Response) => Promise<Answer>,
  ): Promise<Answer | Refusal> {
    if (destination === this.#settings.name) {
      return { code: "federation/own-server", facts: { server: destination } };
    }
    const route = await this.#directory.route(destination);
    if (isRefusal(route)) return route;
    const uri = `${request.path}${queryText(request.query)}`;
    const headers = await this.#headers(destination, uri, request);
    const limit = request.timeLimit ?? this.#settings.federation.answerTime;
    const answer = await withTimeLimit(this.#ports.clock, limit, async (signal) => {
      const init = { method: request.method, headers, signal, redirect: "manual" as const };
      const body = request.body && JSON.stringify(request.body);
      const asked = new Request(`${route.base}${uri}`, { ...init, ...(body !== undefined && { body }) });
      return read(await this.#ports.transport.fetch(asked, route.connectTo));
    });
    return answer ?? { code: "federation/unreachable", facts: { server: destination } };
  }

  async #headers(
    destination: string,
    uri: string,
    request: FederationRequest,
  ): Promise<Record<string, string>> {
    const { method, body, unsigned } = request;
    const type = body && { "content-type": "application/json" };
    if (unsigned) return { ...type };
    const origin = this.#settings.name;
    const bytes = requestSigningBytes({ method, uri, origin, destination, ...(body && { content: body }) });
    const { keyId: key, signature } = await this.#keys.sign(bytes);
    return {
      authorization: formatXMatrix({ origin, destination, key, sig: encodeBase64(signature) }),
      ...type,
    };
  }
}

function queryText(query: FederationRequest["query"]): string {
  const search = new URLSearchParams();
  for (const [name, value] of Object.entries(query ?? {})) {
    if (value === undefined) continue;
    for (const one of Array.isArray(value) ? value : [value]) search.append(name, String(one));
  }
  const text = search.toString();
  return text === "" ? "" : `?${text}`;
}

function parsed(text: string): Json | undefined {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}
