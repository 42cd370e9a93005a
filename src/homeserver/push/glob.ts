/**
 * Walks the text once with every place of the pattern that could be reached so far, so that no pattern takes
 * more than its length times the text's: patterns come from users.
 */
function matchesFrom(
  pattern: readonly string[],
  text: readonly string[],
  mayStart: (index: number) => boolean,
  mayEnd: (index: number) => boolean,
): boolean {
  let places = new Set<number>();
  /** A star may match nothing, so that the place behind it is reached at once. */
  const reach = (place: number, into: Set<number>) => {
    into.add(place);
    if (pattern[place] === "*") reach(place + 1, into);
  };
  for (let index = 0; ; index++) {
    if (mayStart(index)) reach(0, places);
    if (places.has(pattern.length) && mayEnd(index)) return true;
    if (index === text.length) return false;
    const next = new Set<number>();
    for (const place of places) {
      const expected = pattern[place];
      if (expected === "*") reach(place, next);
      else if (expected === "?" || expected === text[index]) reach(place + 1, next);
    }
    places = next;
  }
}

// Runs of stars mean one star, and folding them keeps `reach` from going deep.
const characters = (pattern: string) => [...pattern.toLowerCase().replace(/\*+/g, "*")];

/**
 * Does the glob match the whole text, without regard to case?
 * https://spec.matrix.org/v1.19/appendices/#glob-style-matching
 */
export function globMatches(pattern: string, text: string): boolean {
  if (pattern === text) return true;
  if (!/[*?]/.test(pattern)) return pattern.toLowerCase() === text.toLowerCase();
  const read = [...text.toLowerCase()];
  return matchesFrom(
    characters(pattern),
    read,
    (index) => index === 0,
    (index) => index === read.length,
  );
}

/**
 * Does the glob match some part of the text that starts and ends at a word boundary: the start or end of the
 * text, or any character but letters, digits and `_` of ASCII?
 */
export function globMatchesWords(pattern: string, text: string): boolean {
  const read = [...text.toLowerCase()];
  const isBoundary = (index: number) => index < 0 || index >= read.length || !/[a-z0-9_]/.test(read[index]!);
  return matchesFrom(
    characters(pattern),
    read,
    (index) => isBoundary(index - 1),
    (index) => isBoundary(index),
  );
}
