import { pendingEvent, roomOf, roomSoon, signedIn } from "./act-target.ts";
import type { DeviceClient } from "./device-client.ts";
import { laterTurn } from "./later-turn.ts";

/**
 * Sends a message. Resolves with the event's id when the homeserver has it, or with `~` and the transaction id when it
 * waits for the network.
 */
export async function send(device: DeviceClient, room: string, text: string): Promise<string> {
  const client = signedIn(device);
  const { roomId } = await roomSoon(client, room);
  const transaction = client.makeTxnId();
  const sent = client.sendEvent(
    roomId,
    "m.room.message" as never,
    { msgtype: "m.text", body: text } as never,
    transaction,
  );
  return firstOf(device, transaction, sent);
}

export async function redact(
  device: DeviceClient,
  room: string,
  event: string,
  reason?: string,
): Promise<string> {
  const client = signedIn(device);
  const transaction = client.makeTxnId();
  const { roomId } = roomOf(client, room);
  return firstOf(
    device,
    transaction,
    client.redactEvent(roomId, event, transaction, reason === undefined ? {} : { reason }),
  );
}

export async function retry(device: DeviceClient, room: string, event: string): Promise<string> {
  const client = signedIn(device);
  const shown = roomOf(client, room);
  const pending = pendingEvent(shown, event);
  const transaction = pending.getTxnId() ?? "";
  if (device.isWaiting(transaction)) {
    device.retryNow();
    return `~${transaction}`;
  }
  pending.error = null;
  return firstOf(device, transaction, client.resendEvent(pending, shown));
}

export async function discard(device: DeviceClient, room: string, event: string): Promise<void> {
  const client = signedIn(device);
  const pending = pendingEvent(roomOf(client, room), event);
  device.giveUp(pending.getTxnId() ?? "");
  // The SDK learns of it, and takes what was to be sent after it for failed, too.
  await new Promise<void>((resolve) => laterTurn(resolve));
  if (pending.status !== "cancelled") client.cancelPendingEvent(pending);
  device.resend();
}

async function firstOf(
  device: DeviceClient,
  transaction: string,
  sent: Promise<{ event_id: string }>,
): Promise<string> {
  const waits = new AbortController();
  try {
    return await Promise.race([
      sent.then(({ event_id }) => event_id),
      device.whenHeldUp(waits.signal).then(() => `~${transaction}`),
    ]);
  } finally {
    waits.abort();
    sent.catch(() => undefined);
  }
}
