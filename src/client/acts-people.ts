import { signedIn } from "./act-target.ts";
import type { DeviceClient } from "./device-client.ts";

/**
 * Hides what a user says, or shows it again.
 * https://spec.matrix.org/v1.19/client-server-api/#ignoring-users
 */
export async function ignore(device: DeviceClient, user: string, ignored: boolean): Promise<void> {
  const client = signedIn(device);
  const others = client.getIgnoredUsers().filter((each) => each !== user);
  await client.setIgnoredUsers(ignored ? [...others, user] : others);
}
