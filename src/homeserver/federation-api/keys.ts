import * as v from "valibot";
import type { JsonObject } from "../../protocol/json.ts";
import { isRefusal } from "../../protocol/refusal.ts";
import { parseServerName } from "../../protocol/server-name.ts";
import { ok } from "../http/answer.ts";
import { integer, integerText } from "../http/validate.ts";
import type { Server } from "../server.ts";
import { federationEndpoint } from "./federation-endpoint.ts";

/**
 * GET /_matrix/key/v2/server
 * https://spec.matrix.org/v1.19/server-server-api/#get_matrixkeyv2server
 */
const ownKeys = ["", "/{keyId}"].map((end) =>
  federationEndpoint({
    method: "GET",
    path: `/_matrix/key/v2/server${end}`,
    auth: "none",
    handle: async ({ server }) => ok(await server.signingKeys.published()),
  }),
);

/**
 * GET /_matrix/key/v2/query/{serverName}
 * https://spec.matrix.org/v1.19/server-server-api/#get_matrixkeyv2queryservername
 *
 * Older servers name a key behind it.
 */
const queryOne = ["", "/{keyId}"].map((end) =>
  federationEndpoint({
    method: "GET",
    path: `/_matrix/key/v2/query/{serverName}${end}`,
    auth: "none",
    query: v.object({ minimum_valid_until_ts: v.optional(integerText) }),
    handle: async ({ server, params, query }) =>
      ok({ server_keys: await attest(server, [[params.serverName, query.minimum_valid_until_ts]]) }),
  }),
);

/**
 * POST /_matrix/key/v2/query
 * https://spec.matrix.org/v1.19/server-server-api/#post_matrixkeyv2query
 */
const queryMany = federationEndpoint({
  method: "POST",
  path: "/_matrix/key/v2/query",
  auth: "none",
  body: v.looseObject({
    server_keys: v.record(
      v.string(),
      v.record(v.string(), v.looseObject({ minimum_valid_until_ts: v.optional(integer) })),
    ),
  }),
  async handle({ server, body }) {
    const wanted = Object.entries(body.server_keys).slice(0, mostServers);
    const servers = wanted.map(([name, keys]): [string, number | undefined] => {
      const times = Object.values(keys).map(({ minimum_valid_until_ts: time }) => time ?? 0);
      return [name, Math.max(0, ...times)];
    });
    return ok({ server_keys: await attest(server, servers) });
  },
});

const mostServers = 100;

/** What servers have said of their keys, signed by this one too. What cannot be had is left out. */
async function attest(
  server: Server,
  servers: readonly (readonly [name: string, validUntil: number | undefined])[],
): Promise<JsonObject[]> {
  const now = server.ports.clock.now();
  const answers = await Promise.all(
    servers.map(async ([name, validUntil]) => {
      if (name === server.name) return server.signingKeys.published();
      if (isRefusal(parseServerName(name))) return undefined;
      const known = await server.federation.keyring.ofServer(name, validUntil ?? now);
      return known && server.signingKeys.signJson(known.response);
    }),
  );
  return answers.filter((answer) => answer !== undefined);
}

export const keysEndpoints = [...ownKeys, ...queryOne, queryMany];
