import { ok } from "../http/answer.ts";
import { federationEndpoint } from "./federation-endpoint.ts";

/**
 * GET /_matrix/federation/v1/version
 * https://spec.matrix.org/v1.19/server-server-api/#get_matrixfederationv1version
 */
const version = federationEndpoint({
  method: "GET",
  path: "/_matrix/federation/v1/version",
  auth: "none",
  handle: () => ok({ server: { name: "Homeroom", version: "0.1.0" } }),
});

/**
 * GET /.well-known/matrix/server
 * https://spec.matrix.org/v1.19/server-server-api/#getwell-knownmatrixserver
 */
const wellKnown = federationEndpoint({
  method: "GET",
  path: "/.well-known/matrix/server",
  auth: "none",
  handle({ server }) {
    const { delegatesTo } = server.settings;
    if (delegatesTo === undefined) return { code: "request/not-found", facts: { what: "file" } };
    return ok({ "m.server": delegatesTo });
  },
});

export const versionEndpoints = [version, wellKnown];
