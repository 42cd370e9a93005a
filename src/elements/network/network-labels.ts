/** A packet that is named, by the middle of its mark, in pixels; `label` is how wide its label is, 0 without one. */
export type NamedPacket = { x: number; y: number; label: number };

/** On which side of its packet a label stands, or that there is no room for it. */
export type LabelSide = "after" | "before" | "none";

/** Something on the map, pixels. */
export type Box = { left: number; right: number; top: number; bottom: number };

/** Half of a packet's mark and of a label, and from the middle of a mark to the label, pixels. */
const mark = { width: 21, height: 16 };
const labelHeight = 10;
const toLabel = 27;

/**
 * Where the labels of packets stand so that none covers another or another packet: towards the middle of the map where
 * that is free, else on the other side, else nowhere. Who is first in the list is served first. Nor do they cover what
 * stands still.
 */
export function labelSides(
  packets: readonly NamedPacket[],
  width: number,
  still: readonly Box[] = [],
): LabelSide[] {
  const marks = packets.map(({ x, y }) => around(x - mark.width, x + mark.width, y, mark.height));
  const taken: Box[] = [...still];
  return packets.map(({ x, y, label }, index) => {
    if (label === 0) return "none";
    const sides: LabelSide[] = x > width / 2 ? ["before", "after"] : ["after", "before"];
    for (const side of sides) {
      const left = side === "after" ? x + toLabel : x - toLabel - label;
      const box = around(left, left + label, y, labelHeight);
      const isInside = box.left >= 0 && box.right <= width;
      const isFree = ![...taken, ...marks.toSpliced(index, 1)].some((other) => overlap(box, other));
      if (!isInside || !isFree) continue;
      taken.push(box);
      return side;
    }
    return "none";
  });
}

export function around(left: number, right: number, y: number, half: number): Box {
  return { left, right, top: y - half, bottom: y + half };
}

export function overlap(one: Box, other: Box): boolean {
  return one.left < other.right && other.left < one.right && one.top < other.bottom && other.top < one.bottom;
}
