import { around, type Box, overlap } from "./network-labels.ts";

/** What is told of a link, in few words each, by the middle of its mark, in pixels; `half` of the mark's height. */
export type Told = { x: number; y: number; half: number; parts: readonly string[] };

/** Where words stand: so many parts of them, in one line or in lines, from `y` down, their middle at `x`. */
export type ToldPlace = { x: number; y: number; count: number; lines: boolean; box: Box };

/** Height of a line, from a mark to its words, and how near to the map's upper edge words may be, pixels. */
const line = 19;
const gap = 4;
const edge = 4;

/**
 * Where words about a link stand so that they cover nothing: above its mark in one line, or in lines, else below in
 * lines. Where there is no room for all, the first ones are told; the very first in any case.
 */
export function placeTold({ x, y, half, parts }: Told, taken: readonly Box[], width: number): ToldPlace {
  const above = y - half - gap;
  const placed = (count: number, lines: boolean, top: number): ToldPlace => {
    const shown = parts.slice(0, count);
    const wide = Math.max(...(lines ? shown.map(widthOf) : [widthOf(shown.join(" · "))]));
    const high = line * (lines ? count : 1);
    const box = around(x - wide / 2, x + wide / 2, top + high / 2, high / 2);
    return { x, y: Math.round(top), count, lines, box };
  };
  const isFree = ({ box }: ToldPlace): boolean =>
    box.top >= edge && box.left >= 0 && box.right <= width && !taken.some((other) => overlap(box, other));
  for (let count = parts.length; count > 0; count--) {
    const places = [
      placed(count, false, above - line),
      placed(count, true, above - line * count),
      placed(count, true, y + half + gap),
    ];
    const free = places.find(isFree);
    if (free) return free;
  }
  return placed(1, false, above - line < edge ? y + half + gap : above - line);
}

/** About how wide words are, pixels. */
function widthOf(words: string): number {
  return 14 + 7.2 * words.length;
}
