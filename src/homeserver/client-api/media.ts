import * as v from "valibot";
import { isRefusal, type Refusal } from "../../protocol/refusal.ts";
import { ok } from "../http/answer.ts";
import { readBytes } from "../http/read-body.ts";
import { byteRange } from "../media/byte-range.ts";
import { contentHeaders, safeContentType } from "../media/content-headers.ts";
import type { MediaClaim, MediaFile } from "../media/media.ts";
import { downloadQuery, downloadWait, thumbnailOf, thumbnailQuery } from "../media/media-query.ts";
import type { Server } from "../server.ts";
import { endpoint } from "./endpoint.ts";

const sizes = ({ server }: { server: Server }) => ok({ "m.upload.size": server.settings.limits.uploadBytes });

const uploadQuery = v.object({ filename: v.optional(v.string()) });

function claimOf(request: Request, query: v.InferOutput<typeof uploadQuery>): MediaClaim {
  return {
    type: safeContentType(request.headers.get("content-type") ?? undefined),
    filename: query.filename,
  };
}

/** All bytes of an upload. One that was cut off is not kept. */
async function uploadedBytes(server: Server, request: Request): Promise<Uint8Array | Refusal> {
  return readBytes(request, server.settings.limits.uploadBytes);
}

/**
 * POST /_matrix/media/v3/upload
 * https://spec.matrix.org/v1.19/client-server-api/#post_matrixmediav3upload
 */
const upload = endpoint({
  method: "POST",
  path: "/_matrix/media/v3/upload",
  query: uploadQuery,
  async handle({ server, session, request, query }) {
    const bytes = await uploadedBytes(server, request);
    if (isRefusal(bytes)) return bytes;
    return ok({ content_uri: await server.media.add(session.userId, claimOf(request, query), bytes) });
  },
});

/**
 * POST /_matrix/media/v1/create
 * https://spec.matrix.org/v1.19/client-server-api/#post_matrixmediav1create
 */
const create = endpoint({
  method: "POST",
  path: "/_matrix/media/v1/create",
  handle({ server, session }) {
    const reserved = server.media.reserve(session.userId);
    if (isRefusal(reserved)) return reserved;
    return ok({ content_uri: reserved.uri, unused_expires_at: reserved.expiresAt });
  },
});

/**
 * PUT /_matrix/media/v3/upload/{serverName}/{mediaId}
 * https://spec.matrix.org/v1.19/client-server-api/#put_matrixmediav3uploadservernamemediaid
 */
const fill = endpoint({
  method: "PUT",
  path: "/_matrix/media/v3/upload/{serverName}/{mediaId}",
  query: uploadQuery,
  async handle({ server, session: { userId }, params: { serverName, mediaId }, request, query }) {
    const fault = server.media.fillFault(userId, serverName, mediaId);
    if (fault) return fault;
    const bytes = await uploadedBytes(server, request);
    if (isRefusal(bytes)) return bytes;
    return (await server.media.fill(userId, serverName, mediaId, claimOf(request, query), bytes)) ?? ok({});
  },
});

/**
 * GET /_matrix/client/v1/media/config
 * https://spec.matrix.org/v1.19/client-server-api/#get_matrixclientv1mediaconfig
 */
const config = endpoint({
  method: "GET",
  path: "/_matrix/client/v1/media/config",
  handle: sizes,
});

/**
 * GET /_matrix/media/v3/config, the older way to the same
 * https://spec.matrix.org/v1.19/client-server-api/#get_matrixmediav3config
 */
const oldConfig = endpoint({ method: "GET", path: "/_matrix/media/v3/config", handle: sizes });

/** A file of this server, or of another. */
function fileFrom(
  server: Server,
  serverName: string,
  mediaId: string,
  query: v.InferOutput<typeof downloadQuery>,
  { signal }: Request,
): Promise<MediaFile | Refusal> {
  const wait = downloadWait(query.timeout_ms);
  if (serverName === server.name) return server.media.file(mediaId, wait, signal);
  return server.remoteMedia.file(server, serverName, mediaId, wait);
}

function fileResponse({ bytes, type, filename }: MediaFile, request: Request): Response {
  const headers = contentHeaders(type, filename);
  const range = byteRange(request.headers.get("range"), bytes.length);
  if (range === "unsatisfiable") {
    headers.set("content-range", `bytes */${bytes.length}`);
    return new Response(null, { status: 416, headers });
  }
  if (range === undefined) {
    headers.set("content-length", String(bytes.length));
    return new Response(bytes, { headers });
  }
  headers.set("content-range", `bytes ${range.first}-${range.last}/${bytes.length}`);
  headers.set("content-length", String(range.last - range.first + 1));
  return new Response(bytes.subarray(range.first, range.last + 1), { status: 206, headers });
}

/**
 * GET /_matrix/client/v1/media/download/{serverName}/{mediaId}
 * https://spec.matrix.org/v1.19/client-server-api/#get_matrixclientv1mediadownloadservernamemediaid
 */
const download = endpoint({
  method: "GET",
  path: "/_matrix/client/v1/media/download/{serverName}/{mediaId}",
  query: downloadQuery,
  async handle({ server, params: { serverName, mediaId }, query, request }) {
    const file = await fileFrom(server, serverName, mediaId, query, request);
    return isRefusal(file) ? file : fileResponse(file, request);
  },
});

/**
 * GET /_matrix/client/v1/media/download/{serverName}/{mediaId}/{fileName}
 * https://spec.matrix.org/v1.19/client-server-api/#get_matrixclientv1mediadownloadservernamemediaidfilename
 */
const downloadAs = endpoint({
  method: "GET",
  path: "/_matrix/client/v1/media/download/{serverName}/{mediaId}/{fileName}",
  query: downloadQuery,
  async handle({ server, params: { serverName, mediaId, fileName }, query, request }) {
    const file = await fileFrom(server, serverName, mediaId, query, request);
    return isRefusal(file) ? file : fileResponse({ ...file, filename: fileName }, request);
  },
});

/**
 * GET /_matrix/client/v1/media/thumbnail/{serverName}/{mediaId}
 * https://spec.matrix.org/v1.19/client-server-api/#get_matrixclientv1mediathumbnailservernamemediaid
 */
const thumbnail = endpoint({
  method: "GET",
  path: "/_matrix/client/v1/media/thumbnail/{serverName}/{mediaId}",
  query: thumbnailQuery,
  async handle({ server, params: { serverName, mediaId }, query, request }) {
    const file = await fileFrom(server, serverName, mediaId, query, request);
    if (isRefusal(file)) return file;
    const image = await thumbnailOf(server, file, query, serverName !== server.name);
    if (isRefusal(image)) return image;
    return fileResponse(image, request);
  },
});

/**
 * The old ways to the same, without a token, are frozen: no media here is older than that.
 * https://spec.matrix.org/v1.19/client-server-api/#content-repo-client-behaviour
 */
const frozen = [
  "download/{serverName}/{mediaId}",
  "download/{serverName}/{mediaId}/{fileName}",
  "thumbnail/{serverName}/{mediaId}",
].map((path) =>
  endpoint({
    method: "GET",
    path: `/_matrix/media/v3/${path}`,
    auth: "none",
    handle: () => ({ code: "request/not-found", facts: { what: "file for who shows no token" } }),
  }),
);

export const mediaEndpoints = [
  ...frozen,
  upload,
  create,
  fill,
  config,
  oldConfig,
  download,
  downloadAs,
  thumbnail,
];
