/** Made by src/build/crypto-plugin.ts from the SDK's crypto. */
declare module "virtual:homeroom-crypto" {
  /** Where the packed crypto is. */
  export const url: string;
  /** Bytes over the wire, and unpacked. */
  export const packedSize: number;
  export const unpackedSize: number;
}
