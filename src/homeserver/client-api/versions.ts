import { ok } from "../http/answer.ts";
import { endpoint } from "./endpoint.ts";

/** Releases of the specification whose client-server API is served. */
const releases = [
  ...["r0.5.0", "r0.6.0", "r0.6.1", "v1.1", "v1.2", "v1.3", "v1.4", "v1.5", "v1.6", "v1.7", "v1.8", "v1.9"],
  ...["v1.10", "v1.11", "v1.12", "v1.13", "v1.14", "v1.15", "v1.16", "v1.17", "v1.18", "v1.19"],
];

/** Proposals that clients look for by their unstable names. */
const unstable = {
  "org.matrix.msc4222": true,
  "org.matrix.msc3814": true,
};

/**
 * GET /_matrix/client/versions
 * https://spec.matrix.org/v1.19/client-server-api/#get_matrixclientversions
 */
const versions = endpoint({
  method: "GET",
  path: "/_matrix/client/versions",
  auth: "none",
  handle: () => ok({ versions: releases, unstable_features: unstable }),
});

/**
 * GET /.well-known/matrix/client
 * https://spec.matrix.org/v1.19/client-server-api/#getwell-knownmatrixclient
 */
const wellKnown = endpoint({
  method: "GET",
  path: "/.well-known/matrix/client",
  auth: "none",
  handle({ server }) {
    const baseUrl = server.settings.clientBaseUrl;
    if (baseUrl === undefined) return { code: "request/not-found", facts: { what: "file" } };
    return ok({ "m.homeserver": { base_url: baseUrl } });
  },
});

export const versionsEndpoints = [versions, wellKnown];
