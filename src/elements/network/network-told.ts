import { around, type Box, overlap } from "./network-labels.ts";

/** What is told of a link, in few words each, by the middle of its mark, in pixels; `half` of the mark's height. */
export type Told = { x: number; y: number; half: number; parts: readonly string[] };

/** Where words stand: in one line or in lines, from `y` down, their middle at `x`. */
export type ToldPlace = { x: number; y: number; lines: boolean; box: Box };

/** Height of a line, from a mark to its words, and how near to the map's upper edge words may be, pixels. */
const line = 19;
const gap = 4;
const edge = 4;

/**
 * Where words about a link stand: above its mark where they cover nothing, in lines if one line is too long, else below
 * in lines, between the letters that wait on both sides.
 */
export function placeTold({ x, y, half, parts }: Told, taken: readonly Box[], width: number): ToldPlace {
  const above = (lines: boolean): ToldPlace =>
    placed(y - half - gap - (lines ? line * parts.length : line), lines);
  const placed = (top: number, lines: boolean): ToldPlace => {
    const wide = Math.max(...(lines ? parts.map(widthOf) : [widthOf(parts.join(" · "))]));
    const high = lines ? line * parts.length : line;
    return {
      x,
      y: Math.round(top),
      lines,
      box: around(x - wide / 2, x + wide / 2, top + high / 2, high / 2),
    };
  };
  const isFree = ({ box }: ToldPlace): boolean =>
    box.top >= edge && box.left >= 0 && box.right <= width && !taken.some((other) => overlap(box, other));
  return [above(false), above(true)].find(isFree) ?? placed(y + half + gap, true);
}

/** About how wide words are, pixels. */
function widthOf(words: string): number {
  return 14 + 7.2 * words.length;
}
