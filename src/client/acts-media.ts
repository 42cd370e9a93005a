import { signedIn } from "./act-target.ts";
import type { DeviceClient } from "./device-client.ts";

/** The bytes of media, as this device may see them. */
export async function fetchMedia(device: DeviceClient, mxc: string): Promise<Blob | undefined> {
  const [, server, id] = /^mxc:\/\/([^/]+)\/([\w-]+)$/.exec(mxc) ?? [];
  if (server === undefined || id === undefined) return undefined;
  return signedIn(device).http.authedRequest<Blob>(
    "GET" as never,
    `/media/download/${encodeURIComponent(server)}/${encodeURIComponent(id)}`,
    undefined,
    undefined,
    { prefix: "/_matrix/client/v1", rawResponseBody: true } as never,
  );
}
