import type { Plugin } from "vite";
import { packedCrypto } from "./packed-crypto.ts";

const id = "virtual:homeroom-crypto";
const resolved = `\0${id}`;
/** Where the file is while nothing is built. */
const served = "/@homeroom-crypto.bin";
const ownModule = /matrix-sdk-crypto-wasm\/index\.mjs$/;
const ownAddress = 'new URL("./pkg/matrix_sdk_crypto_wasm_bg.wasm", import.meta.url)';

/**
 * Gives pages the SDK's crypto packed, by the module `virtual:homeroom-crypto`. A name that no host knows keeps hosts from packing
 * or unpacking it on the way.
 */
export function cryptoPlugin(): Plugin {
  let isBuild = false;
  return {
    name: "homeroom-crypto",
    configResolved(config) {
      isBuild = config.command === "build";
    },
    resolveId: (asked) => (asked === id ? resolved : undefined),
    load(asked) {
      if (asked !== resolved) return undefined;
      const { bytes, unpackedSize } = packedCrypto();
      const url = isBuild
        ? `import.meta.ROLLUP_FILE_URL_${this.emitFile({ type: "asset", name: "crypto.bin", source: bytes })}`
        : `new URL(${JSON.stringify(served)}, location.href).href`;
      const code = [
        `export const url = ${url};`,
        `export const packedSize = ${bytes.length};`,
        `export const unpackedSize = ${unpackedSize};`,
      ].join("\n");
      return { code, map: null, moduleType: "js" };
    },
    transform(code, path) {
      if (!isBuild || !ownModule.test(path)) return undefined;
      if (!code.includes(ownAddress)) this.error("The crypto looks for its WASM elsewhere than it did.");
      // Its own file, twice as large, would be built too; pages always hand it the unpacked one.
      return { code: code.replace(ownAddress, "undefined"), map: null };
    },
    configureServer(server) {
      server.middlewares.use(served, (_request, response) => {
        response.setHeader("content-type", "application/octet-stream");
        response.end(packedCrypto().bytes);
      });
    },
  };
}
