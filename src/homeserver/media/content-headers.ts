/** Types that a browser may show in place. https://spec.matrix.org/v1.19/client-server-api/#serving-inline-content */
const inlineTypes = new Set([
  ...["text/css", "text/plain", "text/csv", "application/json", "application/ld+json"],
  ...["image/jpeg", "image/gif", "image/png", "image/apng", "image/webp", "image/avif"],
  ...["video/mp4", "video/webm", "video/ogg", "video/quicktime"],
  ...["audio/mp4", "audio/webm", "audio/aac", "audio/mpeg", "audio/ogg", "audio/wave", "audio/wav"],
  ...["audio/x-wav", "audio/x-pn-wav", "audio/flac", "audio/x-flac"],
]);

/** What keeps a file that somebody uploaded from acting as a page of this server. */
const containment = {
  "content-security-policy":
    "sandbox; default-src 'none'; script-src 'none'; plugin-types application/pdf; style-src 'unsafe-inline'; object-src 'self';",
  "cross-origin-resource-policy": "cross-origin",
  "x-content-type-options": "nosniff",
};

/** A type that can stand in a header: what else was claimed is bytes. */
export function safeContentType(claimed: string | undefined): string {
  const isType = claimed !== undefined && /^[\w.+-]+\/[\w.+-]+(\s*;[\x20-\x7e]*)?$/.test(claimed);
  return isType ? claimed : "application/octet-stream";
}

/** The headers of a file, as https://spec.matrix.org/v1.19/client-server-api/#get_matrixclientv1mediadownloadservernamemediaid asks. */
export function contentHeaders(type: string, filename: string | undefined): Headers {
  const essence = type.split(";")[0]!.trim().toLowerCase();
  const disposition = inlineTypes.has(essence) ? "inline" : "attachment";
  return new Headers({
    ...containment,
    "content-type": type,
    "content-disposition": `${disposition}${filename === undefined ? "" : filenameParameter(filename)}`,
    "cache-control": "private, max-age=31536000, immutable",
    "accept-ranges": "bytes",
  });
}

/** The name of a file as a header has it; `undefined` if it has none. */
export function filenameIn(disposition: string | null): string | undefined {
  const extended = /;\s*filename\*=utf-8''([^;\s]+)/i.exec(disposition ?? "")?.[1];
  if (extended !== undefined) {
    try {
      return decodeURIComponent(extended);
    } catch {
      return undefined;
    }
  }
  const [, quoted, bare] = /;\s*filename=(?:"((?:[^"\\]|\\.)*)"|([^;\s"]+))/i.exec(disposition ?? "") ?? [];
  return quoted === undefined ? bare : quoted.replaceAll(/\\(.)/g, "$1");
}

/** https://www.rfc-editor.org/rfc/rfc6266 */
function filenameParameter(filename: string): string {
  if (/^[\w.-]+$/.test(filename)) return `; filename=${filename}`;
  if (/^[\x20-\x7e]*$/.test(filename)) return `; filename="${filename.replaceAll(/["\\]/g, "\\$&")}"`;
  const encoded = encodeURIComponent(filename.toWellFormed()).replaceAll(
    /['()*]/g,
    (character) => `%${character.charCodeAt(0).toString(16).toUpperCase()}`,
  );
  return `; filename*=utf-8''${encoded}`;
}
