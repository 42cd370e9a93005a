/** What a page may lack that encryption needs. */
export type MissingForCrypto = "webassembly" | "secure-context";

/** What this page lacks for encryption, if anything. */
export function missingForCrypto(page: typeof globalThis = globalThis): MissingForCrypto | undefined {
  if (typeof page.WebAssembly !== "object") return "webassembly";
  if (!page.isSecureContext || page.crypto?.subtle === undefined) return "secure-context";
  return undefined;
}
