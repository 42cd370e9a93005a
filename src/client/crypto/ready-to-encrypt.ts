import type { MatrixClient, Room } from "matrix-js-sdk";
import { laterTurn } from "../later-turn.ts";

/** How long the crypto may take to hear of a room, in milliseconds of real time. */
const patience = 5000;

/** The SDK shows an encrypted room a moment before its crypto knows of it, and refuses to send there meanwhile. */
export async function readyToEncrypt(client: MatrixClient, room: Room): Promise<void> {
  const crypto = client.getCrypto() as unknown as { roomEncryptors: Record<string, unknown> } | undefined;
  if (!crypto || !room.hasEncryptionStateEvent()) return;
  for (const end = performance.now() + patience; !crypto.roomEncryptors[room.roomId]; ) {
    if (performance.now() > end) return;
    await new Promise<void>((resolve) => laterTurn(resolve));
  }
}
