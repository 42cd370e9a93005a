import { packedSize, unpackedSize, url } from "virtual:homeroom-crypto";
import { Decompress } from "fzstd";

/** How much of the crypto is here, in bytes over the wire. */
export type CryptoProgress = { loaded: number; size: number };

/** Names of caches begin so; the build's own file name follows from its content. */
const cacheName = "homeroom-crypto";

/** The crypto did not come, or could not be started. */
export class CryptoFailure extends Error {}

let loading: Promise<void> | undefined;
const listeners = new Set<(progress: CryptoProgress) => void>();

/**
 * Fetches the SDK's crypto and makes it ready for every client of the page. Once a page; a failure can be tried again.
 * @param progressed is told how far it is, at first and with each piece that comes
 * @throws CryptoFailure when it cannot be had
 */
export async function loadCrypto(progressed?: (progress: CryptoProgress) => void): Promise<void> {
  if (progressed) listeners.add(progressed);
  try {
    loading ??= start();
    await loading;
  } catch (error) {
    loading = undefined;
    throw error instanceof CryptoFailure
      ? error
      : new CryptoFailure("The crypto did not load", { cause: error });
  } finally {
    if (progressed) listeners.delete(progressed);
  }
}

async function start(): Promise<void> {
  const [{ initAsync }, wasm] = await Promise.all([
    import("@matrix-org/matrix-sdk-crypto-wasm"),
    unpackedCrypto(),
  ]);
  const address = URL.createObjectURL(new Blob([wasm], { type: "application/wasm" }));
  try {
    await initAsync(address);
  } finally {
    URL.revokeObjectURL(address);
  }
}

/** Unpacks while it still comes, so that little is left to do after the last byte. */
async function unpackedCrypto(): Promise<Uint8Array<ArrayBuffer>> {
  const wasm = new Uint8Array(unpackedSize);
  let at = 0;
  const unpack = new Decompress((chunk) => {
    wasm.set(chunk, at);
    at += chunk.length;
  });
  let loaded = 0;
  const tell = (): void => {
    for (const heard of listeners) heard({ loaded, size: packedSize });
  };
  tell();
  const response = await packedCrypto();
  for await (const piece of piecesOf(response)) {
    unpack.push(piece);
    loaded += piece.length;
    tell();
  }
  if (at !== unpackedSize) throw new CryptoFailure("The crypto came incomplete");
  return wasm;
}

async function* piecesOf(response: Response): AsyncGenerator<Uint8Array> {
  const reader = response.body?.getReader();
  for (let read = await reader?.read(); read && !read.done; read = await reader?.read()) yield read.value;
}

/** From what was kept of an earlier visit, else from the site; then it is kept. */
async function packedCrypto(): Promise<Response> {
  const cache = await openCache();
  const kept = await cache?.match(url);
  if (kept) return kept;
  const response = await fetch(url);
  if (!response.ok) throw new CryptoFailure(`The crypto did not come (${response.status})`);
  if (cache) void keep(cache, response.clone());
  return response;
}

/** Frames without an origin of their own have no caches. */
async function openCache(): Promise<Cache | undefined> {
  try {
    return await caches.open(cacheName);
  } catch {
    return undefined;
  }
}

/** Keeps this version of it, and no other. */
async function keep(cache: Cache, response: Response): Promise<void> {
  try {
    for (const old of await cache.keys()) await cache.delete(old);
    await cache.put(url, response);
  } catch {
    // There is no room for it: the next visit fetches it again.
  }
}

/** Drops what is kept of it in this browser. */
export async function forgetCrypto(): Promise<void> {
  // A page that is not secure has no caches.
  await globalThis.caches?.delete(cacheName);
}
