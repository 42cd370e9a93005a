import { imageKind } from "../homeserver/media/image-kind.ts";
import { thumbnailSize } from "../homeserver/media/thumbnail-size.ts";
import type { Thumbnails } from "../homeserver/ports.ts";

/** Larger images are not read, pixels of all their frames together. */
const mostPixels = 60_000_000;

/** Thumbnails by libvips, which comes with the first one. Formats that can hold programs are not read. */
export const sharpThumbnails: Thumbnails = {
  async make({ bytes }, size, { method, animated }) {
    const kind = imageKind(bytes);
    if (!kind) return undefined;
    const sharp = await library();
    if (!sharp) return undefined;
    const whole = { bytes, type: kind.type };
    const moves = animated && kind.moves;
    // An animated PNG is beyond the library; as a whole it is larger than asked for, which it may be.
    if (moves && kind.type === "image/apng") return whole;
    const image = sharp(bytes, { animated: moves, limitInputPixels: mostPixels, failOn: "error" });
    try {
      const { autoOrient, pageHeight } = await image.metadata();
      const original = { width: autoOrient.width, height: pageHeight ?? autoOrient.height };
      const smaller = thumbnailSize(original, size, method);
      if (!smaller && moves === kind.moves) return whole;
      const { width, height } = smaller ?? original;
      const made = image.autoOrient().resize(width, height, { fit: method === "crop" ? "cover" : "fill" });
      if (moves) return { bytes: await made.webp().toBuffer(), type: "image/webp" };
      if (kind.type === "image/jpeg") return { bytes: await made.jpeg().toBuffer(), type: "image/jpeg" };
      return { bytes: await made.png().toBuffer(), type: "image/png" };
    } catch (failure) {
      if (failure instanceof Error && /pixel limit/.test(failure.message)) return "too-large";
      return undefined;
    }
  },
};

/** `undefined` where there is none for this kind of machine. */
async function library(): Promise<typeof import("sharp").default | undefined> {
  const loaded = await import("sharp").catch(() => undefined);
  return loaded?.default;
}
