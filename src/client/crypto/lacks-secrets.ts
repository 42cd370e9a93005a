import type { OwnCrypto } from "./crypto-fact.ts";

/** Is the device verified, but without private keys that its account has? */
export function lacksSecrets({ verified, privateKeys, backup }: OwnCrypto): boolean {
  if (!verified) return false;
  const isWhole = privateKeys.master && privateKeys.selfSigning && privateKeys.userSigning;
  return !isWhole || (backup.version !== undefined && !backup.readable);
}
