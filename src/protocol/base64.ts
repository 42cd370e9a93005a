/**
 * Base64 as Matrix writes it: without padding, in the standard or the URL-safe alphabet.
 * https://spec.matrix.org/v1.19/appendices/#unpadded-base64
 */

/** Standard alphabet (`+` and `/`), no padding. */
export function encodeBase64(bytes: Uint8Array): string {
  const padded = btoa(binaryText(bytes));
  return padded.slice(0, Math.ceil((bytes.length * 4) / 3));
}

/** URL-safe alphabet (`-` and `_`), no padding. */
export function encodeUrlBase64(bytes: Uint8Array): string {
  return encodeBase64(bytes).replaceAll("+", "-").replaceAll("/", "_");
}

/**
 * Reads either alphabet, with or without padding.
 * @throws SyntaxError when the text is no base64.
 */
export function decodeBase64(text: string): Uint8Array {
  const match = base64Text.exec(text);
  if (!match || match[1]!.length % 4 === 1) throw new SyntaxError("Not base64");
  const binary = atob(match[1]!.replaceAll("-", "+").replaceAll("_", "/"));
  const bytes = new Uint8Array(binary.length);
  for (let i = 0; i < binary.length; i++) bytes[i] = binary.charCodeAt(i);
  return bytes;
}

const base64Text = /^([A-Za-z0-9+/_-]*)={0,2}$/;

/** One character a byte, as `btoa` wants it; in pieces, because a call takes only so many arguments. */
function binaryText(bytes: Uint8Array): string {
  if (bytes.length <= mostArguments) return String.fromCharCode.apply(null, bytes as unknown as number[]);
  let text = "";
  for (let start = 0; start < bytes.length; start += mostArguments) {
    text += binaryText(bytes.subarray(start, start + mostArguments));
  }
  return text;
}

const mostArguments = 8192;
