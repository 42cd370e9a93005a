import type { FailureReason } from "../simulation/network.ts";
import { signedIn } from "./act-target.ts";
import { failureReason } from "./client-fetch.ts";
import type { DeviceClient } from "./device-client.ts";

/** Why a client cannot reach its homeserver now; undefined where it can. Asks it who is asking. */
export async function outOfReach(device: DeviceClient): Promise<FailureReason | undefined> {
  try {
    await signedIn(device).whoami();
    return undefined;
  } catch (error) {
    // Any answer comes from a homeserver that is there.
    return failureReason(error);
  }
}
