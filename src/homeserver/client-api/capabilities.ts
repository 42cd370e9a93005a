import { roomVersions } from "../../protocol/room-versions.ts";
import { ok } from "../http/answer.ts";
import { isAdmin } from "./admin.ts";
import { endpoint } from "./endpoint.ts";

const available = Object.fromEntries(
  Object.values(roomVersions).map(({ id, stable }) => [id, stable ? "stable" : "unstable"]),
);

/**
 * GET /_matrix/client/v3/capabilities
 * https://spec.matrix.org/v1.19/client-server-api/#get_matrixclientv3capabilities
 */
const capabilities = endpoint({
  method: "GET",
  path: "/_matrix/client/v3/capabilities",
  handle: ({ server, session }) =>
    ok({
      capabilities: {
        "m.room_versions": { default: server.settings.defaultRoomVersion, available },
        "m.change_password": { enabled: true },
        "m.profile_fields": { enabled: true },
        // The older names of the same, for clients that know no other.
        "m.set_displayname": { enabled: true },
        "m.set_avatar_url": { enabled: true },
        "m.3pid_changes": { enabled: false },
        "m.get_login_token": { enabled: true },
        "m.forget_forced_upon_leave": { enabled: false },
        ...(isAdmin(server, session.userId) && {
          "m.account_moderation": { suspend: true, lock: true },
        }),
      },
    }),
});

/**
 * GET /_matrix/client/v3/voip/turnServer: none is run here.
 * https://spec.matrix.org/v1.19/client-server-api/#get_matrixclientv3voipturnserver
 */
const turnServer = endpoint({
  method: "GET",
  path: "/_matrix/client/v3/voip/turnServer",
  handle: () => ok({}),
});

/**
 * GET /_matrix/client/v3/thirdparty/protocols: no bridge runs here.
 * https://spec.matrix.org/v1.19/client-server-api/#get_matrixclientv3thirdpartyprotocols
 */
const protocols = endpoint({
  method: "GET",
  path: "/_matrix/client/v3/thirdparty/protocols",
  handle: () => ok({}),
});

export const capabilitiesEndpoints = [capabilities, turnServer, protocols];
