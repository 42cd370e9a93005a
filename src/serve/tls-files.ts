import { createPrivateKey, type KeyObject, X509Certificate } from "node:crypto";
import { readFileSync } from "node:fs";

/** A server's certificate with those that vouch for it, and its key, in PEM. */
export type TlsIdentity = { cert: string; key: string };

/** Reads a certificate and its key, and sees that they fit together. */
export function readTlsIdentity(certFile: string, keyFile: string): TlsIdentity | { fault: string } {
  const cert = readPem("--tls-cert", certFile);
  if (typeof cert !== "string") return cert;
  const key = readPem("--tls-key", keyFile);
  if (typeof key !== "string") return key;
  const chain = certificatesIn("--tls-cert", certFile, cert);
  if ("fault" in chain) return chain;
  let privateKey: KeyObject;
  try {
    privateKey = createPrivateKey(key);
  } catch (error) {
    return { fault: `--tls-key ${keyFile} holds no private key in PEM (${(error as Error).message})` };
  }
  const [own] = chain.certificates;
  if (!own?.checkPrivateKey(privateKey)) {
    return { fault: `--tls-key ${keyFile} is not the key of the first certificate in ${certFile}` };
  }
  if (own.validToDate.getTime() < Date.now()) {
    return { fault: `--tls-cert ${certFile} was good until ${own.validToDate.toISOString()}` };
  }
  return { cert, key };
}

/** Reads certificates of authorities. */
export function readAuthorities(files: readonly string[]): string[] | { fault: string } {
  const authorities: string[] = [];
  for (const file of files) {
    const text = readPem("--ca", file);
    if (typeof text !== "string") return text;
    const found = certificatesIn("--ca", file, text);
    if ("fault" in found) return found;
    authorities.push(...found.certificates.map(String));
  }
  return authorities;
}

function readPem(flag: string, file: string): string | { fault: string } {
  try {
    return readFileSync(file, "utf8");
  } catch (error) {
    return { fault: `${flag} ${file} cannot be read (${(error as NodeJS.ErrnoException).code})` };
  }
}

function certificatesIn(
  flag: string,
  file: string,
  text: string,
): { certificates: X509Certificate[] } | { fault: string } {
  const blocks = text.match(/-----BEGIN CERTIFICATE-----[^-]*-----END CERTIFICATE-----/g);
  if (!blocks) return { fault: `${flag} ${file} holds no certificate in PEM` };
  try {
    return { certificates: blocks.map((block) => new X509Certificate(block)) };
  } catch (error) {
    return { fault: `${flag} ${file} holds no valid certificate (${(error as Error).message})` };
  }
}
