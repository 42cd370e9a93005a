import * as v from "valibot";
import { canonicalFault, numberFormFault } from "../../protocol/canonical-json.ts";
import { parseUserId } from "../../protocol/identifiers.ts";
import type { JsonObject } from "../../protocol/json.ts";
import { isRefusal } from "../../protocol/refusal.ts";
import { ok } from "../http/answer.ts";
import { anyObject, objectWith } from "../http/validate.ts";
import { createRoom } from "../room/create-room.ts";
import { presets } from "../room/presets.ts";
import { inviteFault } from "../users/invite-permission.ts";
import { endpoint } from "./endpoint.ts";

const body = v.looseObject({
  visibility: v.optional(v.picklist(["public", "private"]), "private"),
  room_alias_name: v.optional(v.string()),
  name: v.optional(v.string()),
  topic: v.optional(v.string()),
  invite: v.optional(v.array(v.string())),
  invite_3pid: v.optional(
    v.array(
      objectWith({
        id_server: v.string(),
        id_access_token: v.string(),
        medium: v.string(),
        address: v.string(),
      }),
    ),
  ),
  room_version: v.optional(v.string()),
  creation_content: v.optional(anyObject),
  initial_state: v.optional(
    v.array(objectWith({ type: v.string(), state_key: v.optional(v.string()), content: anyObject })),
  ),
  preset: v.optional(v.picklist(presets)),
  is_direct: v.optional(v.boolean()),
  power_level_content_override: v.optional(anyObject),
});

/**
 * POST /_matrix/client/v3/createRoom
 * https://spec.matrix.org/v1.19/client-server-api/#post_matrixclientv3createroom
 */
const create = endpoint({
  method: "POST",
  path: "/_matrix/client/v3/createRoom",
  refusesSuspended: true,
  body,
  async handle({ server, session, body, text }) {
    const fault = numberFormFault(text) ?? canonicalFault(body as JsonObject);
    if (fault) return fault;
    if (body.invite_3pid?.length) return { code: "room/no-third-party-invites", facts: {} };
    for (const userId of body.invite ?? []) {
      const parsed = parseUserId(userId, { historical: true });
      if (isRefusal(parsed)) return parsed;
      const blocked = inviteFault(server, userId);
      if (blocked) return blocked;
    }
    const alias = body.room_alias_name;
    const room = await createRoom(server, session.userId, {
      preset: body.preset ?? (body.visibility === "public" ? "public_chat" : "private_chat"),
      published: body.visibility === "public",
      roomVersion: body.room_version,
      creationContent: body.creation_content,
      powerLevels: body.power_level_content_override,
      initialState: body.initial_state,
      name: body.name,
      topic: body.topic,
      alias: alias === undefined ? undefined : `#${alias}:${server.name}`,
      invite: body.invite,
      isDirect: body.is_direct,
    });
    return isRefusal(room) ? room : ok({ room_id: room.id });
  },
});

export const createRoomEndpoints = [create];
