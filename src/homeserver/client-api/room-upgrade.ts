import * as v from "valibot";
import { isRefusal } from "../../protocol/refusal.ts";
import { ok } from "../http/answer.ts";
import { upgradeRoom } from "../room/upgrade-room.ts";
import { endpoint } from "./endpoint.ts";
import { joinedRoom } from "./room-access.ts";

/**
 * POST /_matrix/client/v3/rooms/{roomId}/upgrade
 * https://spec.matrix.org/v1.19/client-server-api/#post_matrixclientv3roomsroomidupgrade
 */
const upgrade = endpoint({
  method: "POST",
  path: "/_matrix/client/v3/rooms/{roomId}/upgrade",
  refusesSuspended: true,
  body: v.looseObject({ new_version: v.string(), additional_creators: v.optional(v.array(v.string())) }),
  async handle({ server, session, params, body }) {
    const room = joinedRoom(server, params.roomId, session.userId);
    if (isRefusal(room)) return room;
    const replacement = await upgradeRoom(server, room, session.userId, {
      version: body.new_version,
      additionalCreators: body.additional_creators ?? [],
    });
    return isRefusal(replacement) ? replacement : ok({ replacement_room: replacement.id });
  },
});

export const roomUpgradeEndpoints = [upgrade];
