/** Somebody who can be named in a message. */
export type Nameable = { user: string; name: string };

/** What a text may hold that asks for formatting: without any of it, it is sent as it is. */
const signs = /[*_~`#>|\\]|^\s*(?:[-+]|\d+[.)])\s|\[[^\]]+\]\(/m;

/** Does the text need what markdown.ts does? */
export function mayBeFormatted(text: string, people: readonly Nameable[]): boolean {
  return signs.test(text) || namedIn(text, people).length > 0;
}

/** The people whom a text names with an `@`, the longest names first. */
export function namedIn(text: string, people: readonly Nameable[]): Nameable[] {
  let left = text;
  const found: Nameable[] = [];
  const longestFirst = [...people].sort((one, other) => other.name.length - one.name.length);
  for (const person of longestFirst) {
    for (const word of [person.user, `@${person.name}`]) {
      if (!contains(left, word)) continue;
      if (!found.includes(person)) found.push(person);
      left = left.replaceAll(word, " ");
    }
  }
  return found;
}

function contains(text: string, word: string): boolean {
  const at = text.indexOf(word);
  if (at < 0) return false;
  const after = text.charAt(at + word.length);
  return !/[\p{L}\p{N}]/u.test(after);
}
