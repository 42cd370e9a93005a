import * as v from "valibot";
import type { Refusal } from "../../protocol/refusal.ts";
import { ok } from "../http/answer.ts";
import { anyObject, objectWith } from "../http/validate.ts";
import type { Pusher } from "../push/pushers.ts";
import { endpoint } from "./endpoint.ts";

/**
 * GET /_matrix/client/v3/pushers
 * https://spec.matrix.org/v1.19/client-server-api/#get_matrixclientv3pushers
 */
const list = endpoint({
  method: "GET",
  path: "/_matrix/client/v3/pushers",
  handle: ({ server, session }) => ok({ pushers: server.pushers.of(session.userId) }),
});

const text = (limit: number) => v.pipe(v.string(), v.maxBytes(limit, `at most ${limit} bytes`));
const setBody = v.looseObject({
  app_id: text(64),
  pushkey: text(512),
  kind: v.nullable(v.string()),
  app_display_name: v.optional(v.string()),
  device_display_name: v.optional(v.string()),
  lang: v.optional(v.string()),
  profile_tag: v.optional(v.string()),
  data: v.optional(
    v.intersect([
      objectWith({ url: v.exactOptional(v.string()), format: v.exactOptional(v.string()) }),
      anyObject,
    ]),
  ),
  append: v.optional(v.boolean()),
});

/** The pusher that a body describes. */
function pusherOf(body: v.InferOutput<typeof setBody>): Pusher | Refusal {
  const { app_id, pushkey, kind, app_display_name, device_display_name, lang, profile_tag, data } = body;
  for (const [name, value] of Object.entries({ app_display_name, device_display_name, lang, data })) {
    if (value === undefined) return { code: "request/missing-param", facts: { name, place: "body" } };
  }
  if (kind !== "http") {
    return {
      code: "request/invalid-param",
      facts: { name: "kind", expected: "http or null", found: String(kind) },
    };
  }
  const fault = urlFault(data!.url);
  if (fault) return fault;
  return {
    ...{ app_id, pushkey, kind, lang: lang!, data: data! },
    ...{ app_display_name: app_display_name!, device_display_name: device_display_name! },
    ...(profile_tag !== undefined && { profile_tag }),
  };
}

function urlFault(url: unknown): Refusal | undefined {
  if (url === undefined) return { code: "request/missing-param", facts: { name: "data.url", place: "body" } };
  const isGateway =
    typeof url === "string" &&
    URL.canParse(url) &&
    /^https?:$/.test(new URL(url).protocol) &&
    new URL(url).pathname === "/_matrix/push/v1/notify";
  if (isGateway) return undefined;
  const expected = "the URL of /_matrix/push/v1/notify at a push gateway";
  return { code: "request/invalid-param", facts: { name: "data.url", expected, found: String(url) } };
}

/**
 * POST /_matrix/client/v3/pushers/set
 * https://spec.matrix.org/v1.19/client-server-api/#post_matrixclientv3pushersset
 */
const set = endpoint({
  method: "POST",
  path: "/_matrix/client/v3/pushers/set",
  body: setBody,
  handle({ server, session: { userId, deviceId }, body }) {
    if (body.kind === null) {
      server.pushers.delete(userId, body.app_id, body.pushkey);
      return ok({});
    }
    const pusher = pusherOf(body);
    if ("code" in pusher) return pusher;
    server.pushers.set(userId, deviceId, pusher, !(body.append ?? false));
    return ok({});
  },
});

export const pusherEndpoints = [list, set];
