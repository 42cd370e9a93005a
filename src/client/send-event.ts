import type { MatrixClient } from "matrix-js-sdk";
import type { JsonObject } from "../protocol/json.ts";
import type { DeviceClient } from "./device-client.ts";

/**
 * Sends an event. Resolves with its id when the homeserver has it, or with `~` and the transaction id when it waits for
 * the network.
 */
export function sendEvent(
  device: DeviceClient,
  client: MatrixClient,
  room: string,
  { type, content, thread = null }: { type: string; content: JsonObject; thread?: string | null },
): Promise<string> {
  const transaction = client.makeTxnId();
  const sent = client.sendEvent(room, thread, type as never, content as never, transaction);
  return acceptedOrWaiting(device, transaction, sent);
}

/** The id that the homeserver gives what is being sent, or `~` and the transaction id when it waits for the network. */
export async function acceptedOrWaiting(
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
  } catch (error) {
    if (isBehindAnother(error)) return `~${transaction}`;
    throw error;
  } finally {
    waits.abort();
    sent.catch(() => undefined);
  }
}

/** An earlier message of the room could not be encrypted or sent: this one stays behind it, and is sent again with it. */
function isBehindAnother(error: unknown): boolean {
  return error instanceof Error && error.message === "Event blocked by other events not yet sent";
}
