import { NetworkFailure } from "./client-fetch.ts";

/** How far a client is that begins without its homeserver. */
export type CutOff = "crypto-starts" | "started" | undefined;

/**
 * What it may ask on the way back into the world: what the homeserver can do, and files that it had been told of. Neither
 * tells it what has happened since.
 */
const known = /\/_matrix\/client\/(?:versions$|v1\/media\/download\/)/;

const keysQuery = /\/_matrix\/client\/v3\/keys\/query$/;

/** A `fetch` that fails as over a cut link, as long as the client is cut off from its homeserver. */
export function cutOffFetch(cutOff: () => CutOff, send: typeof fetch): typeof fetch {
  return async (input, init) => {
    const now = cutOff();
    const { pathname } = new URL(String(input));
    if (now === undefined || known.test(pathname)) return send(input, init);
    // The SDK's crypto does not start before it was told of the devices of who invited somebody lately. Told of nobody, it
    // goes by what it knows.
    if (now === "crypto-starts" && keysQuery.test(pathname)) return Response.json({ device_keys: {} });
    throw new NetworkFailure("link-cut");
  };
}
