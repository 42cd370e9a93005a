const starts = "b d f g k l m n p r s t v w z".split(" ");
const middles = "a e i o u".split(" ");

let made: string | undefined;

/** A password that can be read aloud, made once for this page: `tavomi-rezu-38`. */
export function madeUpPassword(): string {
  made ??= `${syllables(3)}-${syllables(2)}-${10 + chance(90)}`;
  return made;
}

function syllables(count: number): string {
  return Array.from(
    { length: count },
    () => starts[chance(starts.length)]! + middles[chance(middles.length)]!,
  ).join("");
}

/** A whole number below the limit. */
function chance(limit: number): number {
  return crypto.getRandomValues(new Uint32Array(1))[0]! % limit;
}
