import { isRefusal } from "../../protocol/refusal.ts";
import { chanceText, letters } from "../chance.ts";
import { contentHeaders } from "../media/content-headers.ts";
import type { MediaFile } from "../media/media.ts";
import { downloadQuery, downloadWait, thumbnailOf, thumbnailQuery } from "../media/media-query.ts";
import { multipartBody } from "../media/multipart.ts";
import type { Server } from "../server.ts";
import { federationEndpoint } from "./federation-endpoint.ts";

/** What is known of a file, so far nothing, and its bytes. */
function filePair({ ports }: Server, { bytes, type, filename }: MediaFile): Response {
  const about = { headers: new Headers({ "content-type": "application/json" }), bytes: utf8.encode("{}") };
  const { "content-type": typeHeader, "content-disposition": disposition } = Object.fromEntries(
    contentHeaders(type, filename),
  );
  const headers = new Headers({ "content-type": typeHeader!, "content-disposition": disposition! });
  const boundary = chanceText(ports.chance, 32, letters);
  const body = multipartBody(boundary, [about, { headers, bytes }]);
  return new Response(body, {
    headers: {
      "content-type": `multipart/mixed; boundary=${boundary}`,
      "content-length": String(body.length),
    },
  });
}

const utf8 = new TextEncoder();

/**
 * GET /_matrix/federation/v1/media/download/{mediaId}
 * https://spec.matrix.org/v1.19/server-server-api/#get_matrixfederationv1mediadownloadmediaid
 */
const download = federationEndpoint({
  method: "GET",
  path: "/_matrix/federation/v1/media/download/{mediaId}",
  query: downloadQuery,
  async handle({ server, params: { mediaId }, query }) {
    const file = await server.media.file(mediaId, downloadWait(query.timeout_ms));
    return isRefusal(file) ? file : filePair(server, file);
  },
});

/**
 * GET /_matrix/federation/v1/media/thumbnail/{mediaId}
 * https://spec.matrix.org/v1.19/server-server-api/#get_matrixfederationv1mediathumbnailmediaid
 */
const thumbnail = federationEndpoint({
  method: "GET",
  path: "/_matrix/federation/v1/media/thumbnail/{mediaId}",
  query: thumbnailQuery,
  async handle({ server, params: { mediaId }, query }) {
    const file = await server.media.file(mediaId, downloadWait(query.timeout_ms));
    if (isRefusal(file)) return file;
    const image = await thumbnailOf(server, file, query);
    return isRefusal(image) ? image : filePair(server, image);
  },
});

export const mediaEndpoints = [download, thumbnail];
