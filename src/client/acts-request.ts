import { signedIn } from "./act-target.ts";
import type { DeviceClient } from "./device-client.ts";

/** A request that somebody wrote themselves. */
export type OwnRequest = {
  method: string;
  /** Path and query, as in `/_matrix/client/v3/joined_rooms`. */
  path: string;
  /** Sent as it is, also if it is no JSON: the server's answer is what is asked for. */
  body?: string;
};

/** The request as this device would send it: at its own server, with its access token. */
export function ownRequest(device: DeviceClient, { method, path, body }: OwnRequest) {
  const client = signedIn(device);
  const headers: [string, string][] = [
    ["accept", "application/json"],
    ["authorization", `Bearer ${client.getAccessToken() ?? ""}`],
  ];
  if (body !== undefined) headers.push(["content-type", "application/json"]);
  return {
    method,
    url: new URL(path, client.getHomeserverUrl()).href,
    headers,
    ...(body !== undefined && { body }),
  };
}
