import type { FederationEndpoint } from "./federation-endpoint.ts";
import { hierarchyEndpoints } from "./hierarchy.ts";
import { historyEndpoints } from "./history.ts";
import { invitingEndpoints } from "./inviting.ts";
import { joiningEndpoints } from "./joining.ts";
import { keysEndpoints } from "./keys.ts";
import { knockingEndpoints } from "./knocking.ts";
import { leavingEndpoints } from "./leaving.ts";
import { mediaEndpoints } from "./media.ts";
import { openIdEndpoints } from "./openid.ts";
import { profileEndpoints } from "./profile.ts";
import { publicRoomsEndpoints } from "./public-rooms.ts";
import { queryEndpoints } from "./query.ts";
import { stateEndpoints } from "./state.ts";
import { transactionEndpoints } from "./transactions.ts";
import { userKeysEndpoints } from "./user-keys.ts";
import { versionEndpoints } from "./version.ts";

/** The whole server-server API, a line a group. */
export const federationEndpoints: readonly FederationEndpoint[] = [
  ...versionEndpoints,
  ...keysEndpoints,
  ...transactionEndpoints,
  ...joiningEndpoints,
  ...leavingEndpoints,
  ...knockingEndpoints,
  ...invitingEndpoints,
  ...historyEndpoints,
  ...stateEndpoints,
  ...queryEndpoints,
  ...userKeysEndpoints,
  ...profileEndpoints,
  ...publicRoomsEndpoints,
  ...openIdEndpoints,
  ...hierarchyEndpoints,
  ...mediaEndpoints,
];
