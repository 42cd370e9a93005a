import type { Refusal } from "../../protocol/refusal.ts";
import { chanceText, letters } from "../chance.ts";
import type { HomeserverPorts } from "../ports.ts";
import type { Store } from "../store/store.ts";
import type { Table } from "../store/table.ts";

/** One file. `length` is absent until its bytes are there. */
type MediaRecord = {
  uploader: string;
  type?: string;
  filename?: string;
  length?: number;
  /** When an id without content ends. */
  expiresAt?: number;
};

export type MediaFile = { bytes: Uint8Array<ArrayBuffer>; type: string; filename?: string };

/** What an uploader says of the bytes. */
export type MediaClaim = { type: string; filename?: string | undefined };

const idLife = 86_400_000;
const mostPending = 20;

/**
 * Files that users upload, named `mxc://server/id`.
 * https://spec.matrix.org/v1.19/client-server-api/#content-repository
 */
export class Media {
  readonly #serverName: string;
  readonly #ports: HomeserverPorts;
  readonly #table: Table<MediaRecord>;
  /** Id → those who wait for its bytes. */
  readonly #waiting = new Map<string, Set<() => void>>();

  constructor(serverName: string, store: Store, ports: HomeserverPorts) {
    this.#serverName = serverName;
    this.#ports = ports;
    this.#table = store.table<MediaRecord>("media");
  }

  /** Keeps a new file; resolves to its mxc URI. */
  async add(uploader: string, claim: MediaClaim, bytes: Uint8Array): Promise<string> {
    const id = this.#newId();
    await this.#ports.media.put(id, bytes);
    this.#table.set(id, { uploader, ...described(claim, bytes) });
    return this.#uri(id);
  }

  /** An id whose bytes come later. */
  reserve(uploader: string): { uri: string; expiresAt: number } | Refusal {
    const now = this.#ports.clock.now();
    const pending = [...this.#table.entries()].filter(
      ([, { uploader: by, length, expiresAt }]) =>
        by === uploader && length === undefined && expiresAt !== undefined && expiresAt > now,
    );
    if (pending.length >= mostPending) {
      const wait = Math.min(...pending.map(([, { expiresAt }]) => expiresAt!)) - now;
      return { code: "request/rate-limited", facts: { retry_after_ms: wait } };
    }
    const id = this.#newId();
    const expiresAt = now + idLife;
    this.#table.set(id, { uploader, expiresAt });
    return { uri: this.#uri(id), expiresAt };
  }

  /** Puts the bytes to an id that its uploader reserved. */
  async fill(
    uploader: string,
    server: string,
    id: string,
    claim: MediaClaim,
    bytes: Uint8Array,
  ): Promise<Refusal | undefined> {
    const fault = this.fillFault(uploader, server, id);
    if (fault) return fault;
    await this.#ports.media.put(id, bytes);
    const since = this.fillFault(uploader, server, id);
    if (since) return since;
    this.#table.set(id, { uploader, ...described(claim, bytes) });
    for (const resume of this.#waiting.get(id) ?? []) resume();
    this.#waiting.delete(id);
    return undefined;
  }

  /** Why the user may not put bytes to this id. */
  fillFault(uploader: string, server: string, id: string): Refusal | undefined {
    const record = server === this.#serverName ? this.#table.get(id) : undefined;
    if (!record) return { code: "request/not-found", facts: { what: "media id" } };
    if (record.uploader !== uploader) return { code: "request/forbidden", facts: {} };
    if (record.length !== undefined) return { code: "media/already-uploaded", facts: {} };
    if (record.expiresAt! <= this.#ports.clock.now()) {
      return { code: "request/not-found", facts: { what: "media id" } };
    }
    return undefined;
  }

  /**
   * A file, waited for up to `timeout` milliseconds where its bytes are still to come.
   * Without a signal it is waited for, whoever is gone.
   */
  async file(id: string, timeout: number, signal?: AbortSignal): Promise<MediaFile | Refusal> {
    const fault = mediaIdFault(id);
    if (fault) return fault;
    const notFound: Refusal = { code: "request/not-found", facts: { what: "file" } };
    if (!this.#table.has(id)) return notFound;
    if (this.#table.get(id)?.length === undefined) await this.#arrival(id, timeout, signal);
    const record = this.#table.get(id);
    if (record?.length === undefined) return { code: "media/not-yet-uploaded", facts: {} };
    const bytes = await this.#ports.media.get(id);
    if (!bytes) return notFound;
    const { type = "application/octet-stream", filename } = record;
    return { bytes: bytes as Uint8Array<ArrayBuffer>, type, ...(filename !== undefined && { filename }) };
  }

  #arrival(id: string, timeout: number, signal?: AbortSignal): Promise<void> {
    if (timeout <= 0 || signal?.aborted) return Promise.resolve();
    return new Promise((resolve) => {
      const waiting = this.#waiting.get(id) ?? new Set();
      this.#waiting.set(id, waiting);
      const end = () => {
        waiting.delete(end);
        cancel();
        signal?.removeEventListener("abort", end);
        resolve();
      };
      const cancel = this.#ports.clock.schedule(timeout, end, "asker");
      signal?.addEventListener("abort", end);
      waiting.add(end);
    });
  }

  #newId(): string {
    return chanceText(this.#ports.chance, 24, letters);
  }

  #uri(id: string): string {
    return `mxc://${this.#serverName}/${id}`;
  }
}

/** Why this cannot be the id of a file. https://spec.matrix.org/v1.19/client-server-api/#matrix-content-mxc-uris */
export function mediaIdFault(id: string): Refusal | undefined {
  if (/^[\w-]+$/.test(id)) return undefined;
  const facts = { name: "mediaId", expected: "letters, digits, _ and -", found: id };
  return { code: "request/invalid-param", facts };
}

function described({ type, filename }: MediaClaim, bytes: Uint8Array) {
  return { type, length: bytes.length, ...(filename !== undefined && { filename }) };
}
