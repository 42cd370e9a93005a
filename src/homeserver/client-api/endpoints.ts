import { accountEndpoints } from "./account.ts";
import { accountDataEndpoints } from "./account-data.ts";
import { adminEndpoints } from "./admin.ts";
import { authFallbackEndpoints } from "./auth-fallback.ts";
import { backedUpKeysEndpoints } from "./backed-up-keys.ts";
import { capabilitiesEndpoints } from "./capabilities.ts";
import { createRoomEndpoints } from "./create-room.ts";
import { crossSigningEndpoints } from "./cross-signing.ts";
import { dehydratedDeviceEndpoints } from "./dehydrated-device.ts";
import { deviceEndpoints } from "./devices.ts";
import type { Endpoint } from "./endpoint.ts";
import { eventStreamEndpoints } from "./event-stream.ts";
import { filterEndpoints } from "./filter.ts";
import { initialSyncEndpoints } from "./initial-sync.ts";
import { keyBackupEndpoints } from "./key-backup.ts";
import { keysEndpoints } from "./keys.ts";
import { loginEndpoints } from "./login.ts";
import { loginTokenEndpoints } from "./login-token.ts";
import { mediaEndpoints } from "./media.ts";
import { mutualRoomsEndpoints } from "./mutual-rooms.ts";
import { notificationEndpoints } from "./notifications.ts";
import { openIdEndpoints } from "./openid.ts";
import { presenceEndpoints } from "./presence.ts";
import { profileEndpoints } from "./profile.ts";
import { publicRoomsEndpoints } from "./public-rooms.ts";
import { pushRulesEndpoints } from "./push-rules.ts";
import { pusherEndpoints } from "./pushers.ts";
import { receiptsEndpoints } from "./receipts.ts";
import { registerEndpoints } from "./register.ts";
import { registerBySecretEndpoints } from "./register-by-secret.ts";
import { relationsEndpoints } from "./relations.ts";
import { roomAliasesEndpoints } from "./room-aliases.ts";
import { roomDirectoryEndpoints } from "./room-directory.ts";
import { roomEventsEndpoints } from "./room-events.ts";
import { roomMembershipEndpoints } from "./room-membership.ts";
import { roomReportsEndpoints } from "./room-reports.ts";
import { roomSendEndpoints } from "./room-send.ts";
import { roomStateEndpoints } from "./room-state.ts";
import { roomSummaryEndpoints } from "./room-summary.ts";
import { roomUpgradeEndpoints } from "./room-upgrade.ts";
import { searchEndpoints } from "./search.ts";
import { sendToDeviceEndpoints } from "./send-to-device.ts";
import { syncEndpoints } from "./sync.ts";
import { threepidEndpoints } from "./threepids.ts";
import { urlPreviewEndpoints } from "./url-previews.ts";
import { userDirectoryEndpoints } from "./user-directory.ts";
import { versionsEndpoints } from "./versions.ts";

/** The whole client-server API, a line a group. */
export const clientEndpoints: readonly Endpoint[] = [
  ...versionsEndpoints,
  ...registerEndpoints,
  ...registerBySecretEndpoints,
  ...loginEndpoints,
  ...loginTokenEndpoints,
  ...authFallbackEndpoints,
  ...accountEndpoints,
  ...deviceEndpoints,
  ...profileEndpoints,
  ...accountDataEndpoints,
  ...pushRulesEndpoints,
  ...pusherEndpoints,
  ...notificationEndpoints,
  ...capabilitiesEndpoints,
  ...roomDirectoryEndpoints,
  ...publicRoomsEndpoints,
  ...searchEndpoints,
  ...mediaEndpoints,
  ...urlPreviewEndpoints,
  ...presenceEndpoints,
  ...openIdEndpoints,
  ...userDirectoryEndpoints,
  ...createRoomEndpoints,
  ...roomMembershipEndpoints,
  ...roomStateEndpoints,
  ...roomSendEndpoints,
  ...roomEventsEndpoints,
  ...relationsEndpoints,
  ...receiptsEndpoints,
  ...roomAliasesEndpoints,
  ...roomUpgradeEndpoints,
  ...roomSummaryEndpoints,
  ...initialSyncEndpoints,
  ...eventStreamEndpoints,
  ...roomReportsEndpoints,
  ...filterEndpoints,
  ...syncEndpoints,
  ...sendToDeviceEndpoints,
  ...keysEndpoints,
  ...crossSigningEndpoints,
  ...keyBackupEndpoints,
  ...backedUpKeysEndpoints,
  ...dehydratedDeviceEndpoints,
  ...threepidEndpoints,
  ...mutualRoomsEndpoints,
  ...adminEndpoints,
];
