import type { Json, JsonObject } from "../protocol/json.ts";
import type { Refusal } from "../protocol/refusal.ts";
import type { ThumbnailType } from "./media/image-kind.ts";
import type { ImageSize, ThumbnailMethod } from "./media/thumbnail-size.ts";

/** Time, as the homeserver sees it. */
export interface Clock {
  /** Milliseconds since 1970. */
  now(): number;
  /**
   * Runs once, `delay` milliseconds from now. Returns what cancels it. With the pace `asker` the delay is one
   * that a client asked for (a long poll's `timeout`): a simulation counts it in the client's real time.
   */
  schedule(delay: number, run: () => void, pace?: "world" | "asker"): () => void;
}

/** Chance: every token, id and key comes from here. */
export interface Chance {
  bytes(length: number): Uint8Array;
}

/** Where to connect to, when a request's address says otherwise. An IPv6 address is in brackets. */
export type HostAndPort = { host: string; port: number };

/** What an SRV record names. https://www.rfc-editor.org/rfc/rfc2782 */
export type ServiceTarget = HostAndPort & { priority: number; weight: number };

/** The way out to other hosts. Names are resolved by the other side of the port. */
export interface Transport {
  /**
   * Asks over HTTPS. The `Host` header and the name on the certificate are those of the request's address also
   * when the connection goes to `connectTo`. Redirects are not followed. Rejects where nobody answers; with the
   * name `PrivateAddressError` where requests must not go: on one's own machine or network.
   */
  fetch(request: Request, connectTo?: HostAndPort): Promise<Response>;
  /**
   * The SRV records of a name, such as `_matrix-fed._tcp.garden.example`; none where there are none. Absent:
   * nobody asks for any.
   */
  findServices?(name: string): Promise<ServiceTarget[]>;
}

/** Ed25519 with results in the order asked. https://www.rfc-editor.org/rfc/rfc8032 */
export interface Signer {
  /** The public key of a 32-byte seed. */
  publicKey(seed: Uint8Array): Promise<Uint8Array>;
  sign(seed: Uint8Array, message: Uint8Array): Promise<Uint8Array>;
  verify(publicKey: Uint8Array, message: Uint8Array, signature: Uint8Array): Promise<boolean>;
}

/** Hashes passwords by a function made for it; the cost is the implementation's. */
export interface PasswordHasher {
  hash(password: string): Promise<string>;
  verify(password: string, hashed: string): Promise<boolean>;
}

/** One line of a journal: which table, which key, and the value; `undefined` deletes. */
export type JournalRecord = { table: string; key: string; value?: Json };

/** Keeps a homeserver's data. A request is answered after its records are written. */
export interface Journal {
  /**
   * Resolves when what comes in together has come in, to be appended together; absent: that is at once.
   * @param count how many records wait by now.
   */
  gathered?(count: () => number): Promise<void>;
  /** Resolves when the records are kept, all or none. */
  append(records: readonly JournalRecord[]): Promise<void>;
  /** All records in the order written; earlier ones of the same key may be left out. */
  read(): AsyncIterable<JournalRecord>;
}

/** Keeps the bytes of media, by a name that the homeserver chooses. */
export interface MediaBytes {
  put(name: string, bytes: Uint8Array): Promise<void>;
  get(name: string): Promise<Uint8Array | undefined>;
  delete(name: string): Promise<void>;
}

/** Scales images down. */
export interface Thumbnails {
  /**
   * An image as `thumbnailSize` has it, or the whole image where that is no larger. It moves only where it may, and
   * there if the image does and that can be had. `undefined` where the bytes are no image that can be read.
   */
  make(
    image: { bytes: Uint8Array; type: string },
    size: ImageSize,
    choices: { method: ThumbnailMethod; animated: boolean },
  ): Promise<{ bytes: Uint8Array; type: ThumbnailType } | "too-large" | undefined>;
}

/** What a page says of itself: its `meta` elements by `property` or `name`, in their order, and its title. */
export type PageWords = { metas: { name: string; content: string }[]; title?: string };

/** Reads pages of the web, whatever is wrong with their HTML. */
export interface PageReader {
  read(html: string): Promise<PageWords>;
}

/** How an event came: by a client here, or from another server in one way or another. */
export type EventVia = "client" | "transaction" | "backfill" | "join" | "missing";

type EventFact = {
  room: string;
  event: string;
  pdu: JsonObject;
  /** The server that it came from. */
  origin?: string;
  via?: EventVia;
};

/** One step of server discovery, by its number in the specification, and what it led to. */
export type LookUpStep = {
  step: string;
  asked: "name" | "well-known" | "srv";
  name: string;
  found?: string;
  failed?: string;
};

/** What a homeserver tells about itself, for the log. Plain data; nobody has to listen. */
export type HostFact =
  | ({ type: "event-stored"; roomVersion: string } & EventFact)
  | ({ type: "event-rejected"; refusal: Refusal } & EventFact)
  | ({ type: "event-soft-failed"; refusal: Refusal } & EventFact)
  /** Its format or its signatures are wrong: nothing of it is kept. */
  | { type: "event-dropped"; room?: string; event?: string; pdu: Json; origin: string; refusal: Refusal }
  /** Where another server is, and how that was found out. */
  | { type: "server-looked-up"; server: string; steps: LookUpStep[] }
  /** A key that this server signs with from now on, or that another one was found to have. */
  | {
      type: "signing-key";
      server: string;
      keyId: string;
      publicKey: string;
      validUntil?: number;
      expired?: number;
    }
  | { type: "request-refused"; method: string; path: string; refusal: Refusal }
  /** A bug: answered with 500. */
  | { type: "request-failed"; method: string; path: string; message: string }
  | { type: "forward-extremities"; room: string; events: string[] }
  | { type: "queue"; destination: string; waiting: number; nextTry?: number }
  | { type: "state-resolved"; room: string; trace: Json }
  /** A device as it stands after a change; `keys` are those it published, with their signatures. */
  | {
      type: "device";
      user: string;
      device: string;
      name?: string;
      keys?: JsonObject;
      dehydrated?: true;
    }
  | { type: "device-gone"; user: string; device: string }
  /** Algorithm → how many can still be claimed; the algorithms whose fallback key nobody was given yet. */
  | {
      type: "one-time-keys";
      user: string;
      device: string;
      counts: Record<string, number>;
      unusedFallbacks: string[];
    }
  /** `by` is a user of this server, or another server. */
  | {
      type: "one-time-key-claimed";
      user: string;
      device: string;
      key: string;
      by: string;
      isFallback: boolean;
    }
  /** A user's cross-signing keys, by their usage. */
  | { type: "cross-signing-keys"; user: string; keys: Record<string, JsonObject> }
  /** A user has signed another's master key. */
  | { type: "user-verified"; user: string; target: string; key: string }
  | { type: "key-backup"; user: string; version: string; keys?: number; deleted?: true };

/** Everything that a homeserver needs and does not import. */
export type HomeserverPorts = {
  clock: Clock;
  chance: Chance;
  transport: Transport;
  signer: Signer;
  passwords: PasswordHasher;
  journal: Journal;
  media: MediaBytes;
  /** Absent: there are no thumbnails. */
  thumbnails?: Thumbnails;
  /** Absent: there are no previews of what is at addresses in messages. */
  pages?: PageReader;
  report(fact: HostFact): void;
};
