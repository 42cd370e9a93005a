import { byteIndexOf } from "./byte-index.ts";

/** A part of a body of several: its headers, and its bytes. */
export type Part = { headers: Headers; bytes: Uint8Array<ArrayBuffer> };

/** https://www.rfc-editor.org/rfc/rfc2046#section-5.1 */
export function multipartBody(boundary: string, parts: readonly Part[]): Uint8Array<ArrayBuffer> {
  const pieces: Uint8Array[] = [];
  for (const { headers, bytes } of parts) {
    const lines = [...headers].map(([name, value]) => `${name}: ${value}\r\n`).join("");
    pieces.push(utf8.encode(`--${boundary}\r\n${lines}\r\n`), bytes, utf8.encode("\r\n"));
  }
  pieces.push(utf8.encode(`--${boundary}--\r\n`));
  return joined(pieces);
}

/** The parts of a body; `undefined` if it is not made of parts as its content type says. */
export function readMultipart(contentType: string | null, body: Uint8Array<ArrayBuffer>): Part[] | undefined {
  const [, quoted, bare] =
    /^multipart\/mixed\s*;.*?\bboundary=(?:"([^"]+)"|([^\s;]+))/i.exec(contentType ?? "") ?? [];
  const boundary = quoted ?? bare;
  if (boundary === undefined) return undefined;
  const delimiter = utf8.encode(`--${boundary}`);
  const parts: Part[] = [];
  let start = byteIndexOf(body, delimiter, 0);
  while (start >= 0) {
    start += delimiter.length;
    // Two more hyphens stand behind the last part.
    if (body[start] === hyphen && body[start + 1] === hyphen) return parts;
    const end = byteIndexOf(body, utf8.encode(`\r\n--${boundary}`), start);
    const lineEnd = byteIndexOf(body, lineBreak, start);
    if (end < 0 || lineEnd < 0) return undefined;
    const part = readPart(body.subarray(lineEnd + 2, end));
    if (!part) return undefined;
    parts.push(part);
    start = end + 2;
  }
  return undefined;
}

function readPart(part: Uint8Array<ArrayBuffer>): Part | undefined {
  // Without any header the empty line is the first.
  const isBare = part[0] === 13 && part[1] === 10;
  const end = isBare ? 0 : byteIndexOf(part, utf8.encode("\r\n\r\n"), 0);
  if (end < 0) return undefined;
  const headers = new Headers();
  for (const line of text.decode(part.subarray(0, end)).split("\r\n")) {
    const [, name, value] = /^([\w-]+):[ \t]*(.*?)[ \t]*$/.exec(line) ?? [];
    if (name !== undefined && isHeaderValue(value!)) headers.append(name, value!);
  }
  return { headers, bytes: part.subarray(isBare ? 2 : end + 4) };
}

function isHeaderValue(value: string): boolean {
  return /^[\x20-\x7e\x80-\xff\t]*$/.test(value);
}

function joined(pieces: readonly Uint8Array[]): Uint8Array<ArrayBuffer> {
  const bytes = new Uint8Array(pieces.reduce((length, piece) => length + piece.length, 0));
  let offset = 0;
  for (const piece of pieces) {
    bytes.set(piece, offset);
    offset += piece.length;
  }
  return bytes;
}

const utf8 = new TextEncoder();
/** Headers are bytes; whatever else stands there is for whoever reads them. */
const text = new TextDecoder("latin1");
const lineBreak = utf8.encode("\r\n");
const hyphen = 45;
