import type { Server } from "../server.ts";
import { usages } from "./cross-signing-keys.ts";

/** Tells the log how a device stands now: with its name and its public keys, if it has any. */
export function tellDevice({ ports, sessions, keys }: Server, user: string, device: string): void {
  const name = sessions.device(user, device)?.displayName;
  const held = keys.devices.get(user, device);
  ports.report({
    type: "device",
    user,
    device,
    ...(name !== undefined && { name }),
    ...(held && { keys: held }),
    ...(keys.dehydrated.deviceOf(user) === device && { dehydrated: true }),
  });
}

/** Tells the log how many keys of a device can still be claimed. */
export function tellOneTimeKeys({ ports, keys }: Server, user: string, device: string): void {
  const counts = keys.oneTime.counts(user, device);
  const unusedFallbacks = keys.oneTime.unusedFallbacks(user, device);
  ports.report({ type: "one-time-keys", user, device, counts, unusedFallbacks });
}

/** Tells the log a user's cross-signing keys, with the signatures that everybody may see. */
export function tellCrossSigning({ ports, keys }: Server, user: string): void {
  const held = usages.map((usage) => [usage, keys.crossSigning.get(user, usage)] as const);
  const present = held.filter(
    (entry): entry is [(typeof entry)[0], NonNullable<(typeof entry)[1]>] => entry[1] !== undefined,
  );
  ports.report({ type: "cross-signing-keys", user, keys: Object.fromEntries(present) });
}
