/** The first and last byte that are wanted, both included. */
export type ByteRange = { first: number; last: number };

/**
 * Reads a Range header. `undefined`: all of it is wanted, or more than one part, which may be answered with
 * all of it. https://www.rfc-editor.org/rfc/rfc9110#section-14.2
 */
export function byteRange(header: string | null, length: number): ByteRange | "unsatisfiable" | undefined {
  const [, from, to] = /^bytes=(\d*)-(\d*)$/.exec(header ?? "") ?? [];
  if (from === undefined || to === undefined || (from === "" && to === "")) return undefined;
  const first = from === "" ? Math.max(0, length - Number(to)) : Number(from);
  const last = from === "" || to === "" ? length - 1 : Math.min(Number(to), length - 1);
  if (from !== "" && to !== "" && Number(to) < Number(from)) return undefined;
  return first > last ? "unsatisfiable" : { first, last };
}
