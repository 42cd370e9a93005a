import * as v from "valibot";
import { isRefusal } from "../../protocol/refusal.ts";
import { ok } from "../http/answer.ts";
import { integerText } from "../http/validate.ts";
import { endpoint } from "./endpoint.ts";

/**
 * GET /_matrix/client/v1/media/preview_url, and the older way to the same. Where previews are off it is as if the
 * path were unknown.
 * https://spec.matrix.org/v1.19/client-server-api/#get_matrixclientv1mediapreview_url
 */
export const urlPreviewEndpoints = (
  ["/_matrix/client/v1/media/preview_url", "/_matrix/media/v3/preview_url"] as const
).map((path) =>
  endpoint({
    method: "GET",
    path,
    query: v.object({ url: v.string(), ts: v.optional(integerText) }),
    async handle({ server, session, query }) {
      if (!server.ports.pages) return { code: "request/unknown-path", facts: { method: "GET", path } };
      const preview = await server.urlPreviews.preview(query.url, session.userId);
      return isRefusal(preview) ? preview : ok(preview);
    },
  }),
);
