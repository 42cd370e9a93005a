import type { MatrixClient, UploadOpts, UploadResponse } from "matrix-js-sdk";

/** The SDK uploads the keys that it shares with invited people by XMLHttpRequest, which no simulated network sees. */
export function uploadByFetch(client: MatrixClient): void {
  client.http.uploadContent = (file, options: UploadOpts = {}) =>
    client.http.authedRequest<UploadResponse>(
      "POST" as never,
      "/upload",
      { ...(options.name !== undefined && { filename: options.name }) },
      file as never,
      {
        prefix: "/_matrix/media/v3",
        headers: { "Content-Type": options.type ?? (file instanceof Blob ? file.type : "") ?? "" },
      },
    );
}
