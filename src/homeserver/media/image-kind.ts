import { byteIndexOf } from "./byte-index.ts";

/** The types that a thumbnail may have. https://spec.matrix.org/v1.19/client-server-api/#get_matrixclientv1mediathumbnailservernamemediaid */
export type ThumbnailType = "image/jpeg" | "image/png" | "image/apng" | "image/gif" | "image/webp";

/** What an image is by its bytes, whatever was said of it, and whether it moves. */
export type ImageKind = { type: ThumbnailType; moves: boolean };

/** `undefined` for what is none of the images that a thumbnail may be. */
export function imageKind(bytes: Uint8Array): ImageKind | undefined {
  if (startsWith(bytes, 0, "\xff\xd8\xff")) return { type: "image/jpeg", moves: false };
  if (startsWith(bytes, 0, "\x89PNG\r\n\x1a\n")) {
    const moves = pngMoves(bytes);
    return { type: moves ? "image/apng" : "image/png", moves };
  }
  if (startsWith(bytes, 0, "GIF87a") || startsWith(bytes, 0, "GIF89a"))
    return { type: "image/gif", moves: gifMoves(bytes) };
  if (startsWith(bytes, 0, "RIFF") && startsWith(bytes, 8, "WEBP"))
    return { type: "image/webp", moves: webpMoves(bytes) };
  return undefined;
}

function startsWith(bytes: Uint8Array, at: number, text: string): boolean {
  return [...text].every((letter, index) => bytes[at + index] === letter.charCodeAt(0));
}

/** An `acTL` chunk stands before the image's data. https://www.w3.org/TR/png-3/#acTL-chunk */
function pngMoves(bytes: Uint8Array): boolean {
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  for (let at = 8; at + 8 <= bytes.length; at += 12 + view.getUint32(at)) {
    if (startsWith(bytes, at + 4, "acTL")) return true;
    if (startsWith(bytes, at + 4, "IDAT")) return false;
  }
  return false;
}

/** There is a second image. https://www.w3.org/Graphics/GIF/spec-gif89a.txt */
function gifMoves(bytes: Uint8Array): boolean {
  const tableLength = (packed = 0): number => (packed & 0x80 ? 3 * 2 ** ((packed & 7) + 1) : 0);
  const afterBlocks = (start: number): number => {
    let at = start;
    while (bytes[at]) at += bytes[at]! + 1;
    return at + 1;
  };
  let images = 0;
  for (let at = 13 + tableLength(bytes[10]); at < bytes.length; ) {
    const extension = bytes[at] === 0x21;
    if (!extension && bytes[at] !== 0x2c) return false;
    if (!extension && ++images === 2) return true;
    at = afterBlocks(extension ? at + 2 : at + 11 + tableLength(bytes[at + 9]));
  }
  return false;
}

/** The extended header says so, and an animation's frames follow. https://developers.google.com/speed/webp/docs/riff_container */
function webpMoves(bytes: Uint8Array): boolean {
  const isExtended = startsWith(bytes, 12, "VP8X") && ((bytes[20] ?? 0) & 2) !== 0;
  return isExtended && byteIndexOf(bytes, new TextEncoder().encode("ANMF"), 30) >= 0;
}
