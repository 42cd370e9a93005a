/** Where some bytes first stand in others, from `start` on; -1 if nowhere. */
export function byteIndexOf(bytes: Uint8Array, sought: Uint8Array, start: number): number {
  const last = bytes.length - sought.length;
  for (let index = bytes.indexOf(sought[0]!, start); index >= 0 && index <= last; ) {
    let length = 1;
    while (length < sought.length && bytes[index + length] === sought[length]) length++;
    if (length === sought.length) return index;
    index = bytes.indexOf(sought[0]!, index + 1);
  }
  return -1;
}
