/** The parts of exported message keys that are no secret. */
export type ExportedSession = {
  room_id: string;
  session_id: string;
  sender_key: string;
  session_key: string;
};

/**
 * The first index that an exported session can decrypt: after a byte with the version, four bytes, the highest first.
 * https://gitlab.matrix.org/matrix-org/olm/-/blob/master/docs/megolm.md#session-export-format
 */
export function firstIndex({ session_key: key }: ExportedSession): number {
  const start = atob(key.slice(0, 8));
  return new DataView(Uint8Array.from(start, (char) => char.charCodeAt(0)).buffer).getUint32(1);
}

/**
 * The index of the message key that a Megolm message was encrypted with. After a byte with the version comes the tag 0x08
 * and the index as a variable-length integer. Undefined where it is none.
 * https://gitlab.matrix.org/matrix-org/olm/-/blob/master/docs/megolm.md#message-format
 */
export function messageIndex(ciphertext: string): number | undefined {
  try {
    const start = Uint8Array.from(atob(ciphertext.slice(0, 12)), (char) => char.charCodeAt(0));
    if (start[0] !== 3 || start[1] !== 8) return undefined;
    let index = 0;
    for (let at = 2, scale = 1; at < start.length; at++, scale *= 128) {
      const byte = start[at] ?? 0;
      index += (byte & 0x7f) * scale;
      if (byte < 0x80) return index;
    }
  } catch {
    // Not base64: then it is no message of Megolm's.
  }
  return undefined;
}
