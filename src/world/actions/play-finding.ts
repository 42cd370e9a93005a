import * as acts from "../../client/acts-finding.ts";
import { ownRequest } from "../../client/acts-request.ts";
import { networkRefusal } from "../../client/request-refusal.ts";
import { done, type Plays, refused, roomId } from "./action-stage.ts";
import type { FindingAction } from "./finding-action.ts";

export const findingPlays: Plays<FindingAction> = {
  async searchDirectory({ client }, { term = "", server }) {
    await acts.searchDirectory(client, term, server);
    return done;
  },

  async browseSpace(actor, { space }) {
    await acts.browseSpace(actor.client, roomId(actor, space));
    return done;
  },

  async searchMessages(actor, { text, in: room }) {
    await acts.searchMessages(actor.client, text, room === undefined ? undefined : roomId(actor, room));
    return done;
  },

  async lookUpRoom(actor, { room }) {
    await acts.lookUpRoom(actor.client, roomId(actor, room));
    return done;
  },

  async request({ stage, client, device }, { method, path, body }) {
    // A path is all that may be chosen: the request goes home.
    if (!/^\/(?!\/)/.test(path)) return refused("request/bad-path", { path }, "path");
    const request = ownRequest(client, { method, path, ...(body !== undefined && { body }) });
    const outcome = await stage.request(device.host, request);
    if ("failed" in outcome) return { ok: false, refusal: networkRefusal(outcome.failed) };
    const asked = new URL(request.url);
    const { id } =
      stage
        .observation()
        .exchanges.findLast(
          (exchange) =>
            exchange.from === device.host &&
            exchange.method === method &&
            exchange.to === asked.host &&
            exchange.status !== undefined,
        ) ?? {};
    return { ok: true, ...(id !== undefined && { exchange: id }) };
  },
};
