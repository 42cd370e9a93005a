import { createHash } from "node:crypto";
import { existsSync, mkdirSync, readFileSync, renameSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { constants, zstdCompressSync } from "node:zlib";
import { root } from "./install.mjs";

const source = join(
  root,
  "node_modules/@matrix-org/matrix-sdk-crypto-wasm/pkg/matrix_sdk_crypto_wasm_bg.wasm",
);
const cacheFolder = join(root, "node_modules/.cache");

/** The crypto as it goes over the wire. Sizes in bytes. */
export type PackedCrypto = { bytes: Uint8Array; unpackedSize: number };

/**
 * The SDK's crypto as small as a static host can carry it: without the names of its functions, which take a third of
 * it and which only a debugger reads, and by Zstandard, because gzip leaves more than the 1.6 MB that it may have and
 * not every browser unpacks Brotli. Packed once and kept beside the packages, for it takes seconds.
 */
export function packedCrypto(): PackedCrypto {
  const wasm = withoutCustomSections(readFileSync(source));
  const kept = join(
    cacheFolder,
    `crypto-${createHash("sha256").update(wasm).digest("hex").slice(0, 16)}.zst`,
  );
  if (!existsSync(kept)) {
    const packed = zstdCompressSync(wasm, {
      params: {
        [constants.ZSTD_c_compressionLevel]: 22,
        // What unpacks it takes windows up to 32 MB.
        [constants.ZSTD_c_windowLog]: 23,
      },
    });
    mkdirSync(cacheFolder, { recursive: true });
    const stage = `${kept}-${process.pid}`;
    writeFileSync(stage, packed);
    renameSync(stage, kept);
  }
  return { bytes: readFileSync(kept), unpackedSize: wasm.length };
}

/** A module's sections, but for those that do not change what it does. https://webassembly.github.io/spec/core/binary/modules.html */
export function withoutCustomSections(wasm: Uint8Array): Uint8Array {
  const header = 8;
  const kept = [wasm.subarray(0, header)];
  for (let at = header; at < wasm.length; ) {
    const { value: length, next } = readLeb128(wasm, at + 1);
    if (wasm[at] !== 0) kept.push(wasm.subarray(at, next + length));
    at = next + length;
  }
  return Buffer.concat(kept);
}

/** An unsigned integer, seven bits a byte, the lowest first. */
function readLeb128(bytes: Uint8Array, from: number): { value: number; next: number } {
  let value = 0;
  for (let at = from, shift = 0; ; at++, shift += 7) {
    const byte = bytes[at] ?? 0;
    value += (byte & 0x7f) * 2 ** shift;
    if (byte < 0x80) return { value, next: at + 1 };
  }
}
