/** Kinds of pictures that a page may show: none of them can run anything. The specification names them. */
export const pictureTypes: readonly string[] = [
  "image/png",
  "image/jpeg",
  "image/gif",
  "image/webp",
  "image/apng",
  "image/avif",
];

/** The first bytes of each kind of picture; undefined stands for any byte. */
const beginnings: readonly [type: string, bytes: readonly (number | undefined)[]][] = [
  ["image/png", [0x89, 0x50, 0x4e, 0x47]],
  ["image/jpeg", [0xff, 0xd8, 0xff]],
  ["image/gif", [0x47, 0x49, 0x46, 0x38]],
  ["image/webp", [0x52, 0x49, 0x46, 0x46, ...Array(4), 0x57, 0x45, 0x42, 0x50]],
  ["image/avif", [...Array(4), 0x66, 0x74, 0x79, 0x70, 0x61, 0x76, 0x69, 0x66]],
];

/** Larger pictures get a thumbnail that fits into this, pixels. */
const thumbnailSize = { width: 800, height: 600 };

/** What kind of picture the bytes are, whatever their name and their sender say. */
export async function pictureType(file: Blob): Promise<string | undefined> {
  const start = new Uint8Array(await file.slice(0, 16).arrayBuffer());
  const isLike = (bytes: readonly (number | undefined)[]): boolean =>
    bytes.every((byte, at) => byte === undefined || byte === start[at]);
  return beginnings.find(([, bytes]) => isLike(bytes))?.[0];
}

export type Picture = { type: string; width: number; height: number };
export type Thumbnail = Picture & { blob: Blob };

/** The picture in a file, with a smaller one where it is large; undefined where it cannot be shown. */
export async function readPicture(
  file: Blob,
): Promise<{ picture: Picture; thumbnail?: Thumbnail } | undefined> {
  const type = await pictureType(file);
  if (type === undefined) return undefined;
  const bitmap = await createImageBitmap(file.slice(0, file.size, type)).catch(() => undefined);
  if (!bitmap) return undefined;
  try {
    const picture = { type, width: bitmap.width, height: bitmap.height };
    const thumbnail = await thumbnailOf(bitmap, type);
    return { picture, ...(thumbnail && { thumbnail }) };
  } finally {
    bitmap.close();
  }
}

async function thumbnailOf(bitmap: ImageBitmap, type: string): Promise<Thumbnail | undefined> {
  const scale = Math.min(thumbnailSize.width / bitmap.width, thumbnailSize.height / bitmap.height);
  // A moving picture would stand still.
  if (scale >= 1 || type === "image/gif") return undefined;
  const [width, height] = [bitmap.width, bitmap.height].map((side) => Math.max(1, Math.round(side * scale)));
  const canvas = new OffscreenCanvas(width!, height!);
  canvas.getContext("2d")?.drawImage(bitmap, 0, 0, width!, height!);
  const kind = type === "image/jpeg" ? "image/jpeg" : "image/png";
  const blob = await canvas.convertToBlob({ type: kind, quality: 0.85 });
  return { blob, type: blob.type, width: width!, height: height! };
}
