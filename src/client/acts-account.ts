import { signedIn } from "./act-target.ts";
import type { DeviceClient } from "./device-client.ts";
import { challengeOf, type Session, type SignUp, signUp } from "./sign-up.ts";

export async function makeAccount(device: DeviceClient, wanted: SignUp): Promise<Session> {
  const session = await signUp(await device.signedOutClient(), wanted);
  await device.begin(session);
  return session;
}

export type SignIn = { name: string; password: string; deviceName: string };

export async function signIn(device: DeviceClient, wanted: SignIn): Promise<Session> {
  const client = await device.signedOutClient();
  const done = await client.loginRequest({
    type: "m.login.password",
    identifier: { type: "m.id.user", user: wanted.name },
    password: wanted.password,
    initial_device_display_name: wanted.deviceName,
  });
  const session = { user: done.user_id, device: done.device_id, token: done.access_token };
  await device.begin(session);
  return session;
}

export async function signOut(device: DeviceClient, everywhere: boolean): Promise<void> {
  const client = signedIn(device);
  if (everywhere) await client.http.authedRequest("POST" as never, "/logout/all", undefined, {});
  else await client.logout(false);
  device.forget("by-choice");
}

/** Ends another session of the account, proving with the password that it is the account's owner who asks. */
export async function endSession(device: DeviceClient, target: string, password: string): Promise<void> {
  const client = signedIn(device);
  try {
    await client.deleteDevice(target);
  } catch (error) {
    const challenge = challengeOf(error);
    if (!challenge) throw error;
    await client.deleteDevice(target, {
      type: "m.login.password",
      identifier: { type: "m.id.user", user: client.getSafeUserId() },
      password,
      ...(challenge.session !== undefined && { session: challenge.session }),
    });
  }
  await device.tellDevices();
}

export async function setDisplayName(device: DeviceClient, name: string): Promise<void> {
  await signedIn(device).setDisplayName(name);
  device.tellName(name);
}
