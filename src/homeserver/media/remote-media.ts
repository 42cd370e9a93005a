import { parseServerName } from "../../protocol/identifiers.ts";
import { isRefusal, type Refusal } from "../../protocol/refusal.ts";
import { chanceText, letters } from "../chance.ts";
import { withTimeLimit } from "../federation/time-limit.ts";
import { readBytes } from "../http/read-body.ts";
import type { Server } from "../server.ts";
import type { Store } from "../store/store.ts";
import { keyOf, type Table } from "../store/table.ts";
import { filenameIn, safeContentType } from "./content-headers.ts";
import { type MediaFile, mediaIdFault } from "./media.ts";
import { readMultipart } from "./multipart.ts";

/** A copy of another server's file; `name` is that of its bytes. */
type Copy = { name: string; type: string; filename?: string };

/** How many redirects of one file are followed. */
const mostRedirects = 5;

/**
 * Files of other servers, fetched once and kept.
 * https://spec.matrix.org/v1.19/server-server-api/#content-repository
 */
export class RemoteMedia {
  readonly #copies: Table<Copy>;
  readonly #underWay = new Map<string, Promise<MediaFile | Refusal>>();

  constructor(store: Store) {
    this.#copies = store.table<Copy>("remote-media");
  }

  /** @param timeout how long the other server may wait for bytes that are still to come, milliseconds. */
  async file(server: Server, origin: string, id: string, timeout: number): Promise<MediaFile | Refusal> {
    const name = parseServerName(origin);
    if (isRefusal(name)) return name;
    const fault = mediaIdFault(id);
    if (fault) return fault;
    const key = keyOf(origin, id);
    const copy = this.#copies.get(key);
    const bytes = copy && (await server.ports.media.get(copy.name));
    if (bytes) {
      const { name: _, ...about } = copy;
      return { bytes: bytes as MediaFile["bytes"], ...about };
    }
    let underWay = this.#underWay.get(key);
    if (!underWay) {
      underWay = this.#fetch(server, origin, id, timeout).finally(() => this.#underWay.delete(key));
      this.#underWay.set(key, underWay);
    }
    return underWay;
  }

  async #fetch(server: Server, origin: string, id: string, timeout: number): Promise<MediaFile | Refusal> {
    const file = await fetchFile(server, origin, id, timeout);
    if (isRefusal(file)) return file;
    const name = `remote-${chanceText(server.ports.chance, 24, letters)}`;
    await server.ports.media.put(name, file.bytes);
    const { bytes: _, ...about } = file;
    this.#copies.set(keyOf(origin, id), { name, ...about });
    return file;
  }
}

async function fetchFile(
  server: Server,
  origin: string,
  id: string,
  timeout: number,
): Promise<MediaFile | Refusal> {
  const response = await server.federation.fetch(origin, {
    method: "GET",
    path: `/_matrix/federation/v1/media/download/${encodeURIComponent(id)}`,
    query: { timeout_ms: timeout },
    timeLimit: timeout + server.settings.federation.answerTime,
  });
  if (isRefusal(response)) return response;
  if (response.status !== 200) {
    const fault = await errorOf(response, origin);
    // An older server has only the older way; whatever stands before one may say so without an errcode.
    return ["M_UNRECOGNIZED", none].includes(String(fault.facts.errcode))
      ? fetchOldFile(server, origin, id, timeout)
      : asMediaFault(fault);
  }
  const body = await limitedBytes(server, response);
  if (isRefusal(body)) return body;
  const parts = readMultipart(response.headers.get("content-type"), body);
  const part = parts?.[1];
  if (!part || parts.length !== 2)
    return { code: "federation/bad-answer", facts: { server: origin, path: "media" } };
  const location = part.headers.get("location");
  if (location !== null) return followed(server, origin, location);
  return fileOf(part.headers, part.bytes);
}

/** Servers of before v1.11. https://spec.matrix.org/v1.19/client-server-api/#get_matrixmediav3downloadservernamemediaid */
async function fetchOldFile(
  server: Server,
  origin: string,
  id: string,
  timeout: number,
): Promise<MediaFile | Refusal> {
  const response = await server.federation.fetch(origin, {
    method: "GET",
    path: `/_matrix/media/v3/download/${encodeURIComponent(origin)}/${encodeURIComponent(id)}`,
    query: { allow_remote: false, timeout_ms: timeout },
    unsigned: true,
  });
  if (isRefusal(response)) return response;
  if (response.status !== 200) return asMediaFault(await errorOf(response, origin));
  const bytes = await limitedBytes(server, response);
  return isRefusal(bytes) ? bytes : fileOf(response.headers, bytes);
}

/** The file is at some other address, which is no homeserver's. */
async function followed(server: Server, origin: string, location: string): Promise<MediaFile | Refusal> {
  const bad: Refusal = { code: "federation/bad-answer", facts: { server: origin, path: "media" } };
  const { ports, settings } = server;
  let url = location;
  for (let redirect = 0; redirect <= mostRedirects; redirect++) {
    if (!URL.canParse(url) || new URL(url).protocol !== "https:") return bad;
    const response = await withTimeLimit(ports.clock, settings.federation.answerTime, (signal) =>
      ports.transport.fetch(new Request(url, { signal, redirect: "manual" })),
    );
    if (!response) return { code: "federation/unreachable", facts: { server: new URL(url).host } };
    const next = response.headers.get("location");
    if (response.status >= 300 && response.status < 400 && next !== null) {
      url = URL.canParse(next, url) ? new URL(next, url).href : "";
      continue;
    }
    if (response.status !== 200) return bad;
    const bytes = await limitedBytes(server, response);
    return isRefusal(bytes) ? bytes : fileOf(response.headers, bytes);
  }
  return bad;
}

function fileOf(headers: Headers, bytes: Uint8Array<ArrayBuffer>): MediaFile {
  const filename = filenameIn(headers.get("content-disposition"));
  return {
    bytes,
    type: safeContentType(headers.get("content-type") ?? undefined),
    ...(filename !== undefined && { filename }),
  };
}

async function limitedBytes(server: Server, response: Response): Promise<Uint8Array<ArrayBuffer> | Refusal> {
  const { uploadBytes } = server.settings.limits;
  const bytes = await withTimeLimit(server.ports.clock, longestDownload, () =>
    readBytes(response, uploadBytes + multipartRoom),
  );
  if (!bytes) return { code: "media/remote-cut-off", facts: {} };
  if (!isRefusal(bytes)) return bytes as Uint8Array<ArrayBuffer>;
  if (bytes.code === "request/too-large") return { code: "media/remote-too-large", facts: {} };
  return { code: "media/remote-cut-off", facts: {} };
}

/** What headers and boundaries may take, bytes. */
const multipartRoom = 16_384;
/** How long a file may take to come, milliseconds. */
const longestDownload = 600_000;

/** Where there is no errcode. */
const none = "M_UNKNOWN";

async function errorOf(response: Response, origin: string): Promise<Refusal> {
  const error = await response.json().catch(() => ({}));
  const errcode = typeof error?.errcode === "string" ? error.errcode : none;
  return {
    code: "federation/refused",
    facts: { server: origin, status: response.status, errcode, error: "" },
  };
}

/** What it means to who wants the file. */
function asMediaFault(fault: Refusal): Refusal {
  const { status, errcode } = fault.facts;
  if (errcode === "M_NOT_YET_UPLOADED") return { code: "media/not-yet-uploaded", facts: {} };
  if (status === 404) return { code: "request/not-found", facts: { what: "file" } };
  return errcode === "M_TOO_LARGE" ? { code: "media/remote-too-large", facts: {} } : fault;
}
