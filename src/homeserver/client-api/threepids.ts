import * as v from "valibot";
import type { Refusal } from "../../protocol/refusal.ts";
import { ok } from "../http/answer.ts";
import { endpoint } from "./endpoint.ts";

// E-mail addresses and telephone numbers are not kept here: there are none, and none can be added. Nor is any
// identity server asked.

/**
 * GET /_matrix/client/v3/account/3pid
 * https://spec.matrix.org/v1.19/client-server-api/#get_matrixclientv3account3pid
 */
const list = endpoint({
  method: "GET",
  path: "/_matrix/client/v3/account/3pid",
  handle: () => ok({ threepids: [] }),
});

/**
 * POST /_matrix/client/v3/account/3pid, /add and /bind: nobody has proved here that an address is theirs.
 * https://spec.matrix.org/v1.19/client-server-api/#post_matrixclientv3account3pidadd
 */
const additions = ["", "/add", "/bind"].map((end) =>
  endpoint({
    method: "POST",
    path: `/_matrix/client/v3/account/3pid${end}`,
    body: "object",
    handle: (): Refusal => ({ code: "threepid/not-validated", facts: {} }),
  }),
);

/**
 * POST /_matrix/client/v3/account/3pid/delete and /unbind: it is not there afterwards.
 * https://spec.matrix.org/v1.19/client-server-api/#post_matrixclientv3account3piddelete
 */
const removals = ["delete", "unbind"].map((end) =>
  endpoint({
    method: "POST",
    path: `/_matrix/client/v3/account/3pid/${end}`,
    body: v.looseObject({ medium: v.string(), address: v.string(), id_server: v.optional(v.string()) }),
    handle: () => ok({ id_server_unbind_result: "success" }),
  }),
);

const tokenRequests = ["email", "msisdn"].flatMap((medium) =>
  (
    [
      /** https://spec.matrix.org/v1.19/client-server-api/#post_matrixclientv3account3pidemailrequesttoken */
      ["account/3pid", "threepid/medium-not-supported"],
      /** https://spec.matrix.org/v1.19/client-server-api/#post_matrixclientv3registeremailrequesttoken */
      ["register", "threepid/denied"],
      /** https://spec.matrix.org/v1.19/client-server-api/#post_matrixclientv3accountpasswordemailrequesttoken */
      ["account/password", "threepid/denied"],
    ] as const
  ).map(([purpose, code]) =>
    endpoint({
      method: "POST",
      path: `/_matrix/client/v3/${purpose}/${medium}/requestToken`,
      auth: "none",
      body: "object",
      handle: (): Refusal => ({ code, facts: { medium } }),
    }),
  ),
);

export const threepidEndpoints = [list, ...additions, ...removals, ...tokenRequests];
