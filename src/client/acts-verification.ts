import { withCrypto } from "./acts-encryption.ts";
import { NoVerification, type Verifications } from "./crypto/verifications.ts";
import type { DeviceClient } from "./device-client.ts";

/** What a person does to verify a device or another person. https://spec.matrix.org/v1.19/client-server-api/#device-verification */

function verificationsOf(device: DeviceClient): Verifications {
  return withCrypto(device).crypto.verifications;
}

/** Asks the account's other devices, or the one with this id. Resolves with the verification's id. */
export function askOwnDevice(device: DeviceClient, target?: string): Promise<string> {
  return verificationsOf(device).askOwn(target);
}

/** Asks a person in a room. */
export function askPerson(device: DeviceClient, user: string, room: string): Promise<string> {
  return verificationsOf(device).askPerson(user, room);
}

/** A step on the way, of the verification with this id or of the newest that is at that point. @throws NoVerification */
export function goOn(
  device: DeviceClient,
  step: "accept" | "startEmoji" | "confirm" | "deny" | "cancel",
  id?: string,
): Promise<void> {
  return verificationsOf(device)[step](id);
}

/** The id of the device that a verification is under way with. */
export function partner(device: DeviceClient): string | undefined {
  return verificationsOf(device).partner();
}

/** Reads the code that another device shows on its screen. @throws NoVerification when it shows none */
export async function scanCode(device: DeviceClient, from: DeviceClient): Promise<void> {
  const code = verificationsOf(from).shownCode();
  if (!code) throw new NoVerification();
  await verificationsOf(device).scan(code);
}
