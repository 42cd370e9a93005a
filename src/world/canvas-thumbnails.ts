import { imageKind } from "../homeserver/media/image-kind.ts";
import { type ImageSize, thumbnailSize } from "../homeserver/media/thumbnail-size.ts";
import type { Thumbnails } from "../homeserver/ports.ts";

/** Thumbnails as a browser draws them, without motion. What moves is given as a whole where it may move. */
export const canvasThumbnails: Thumbnails = {
  async make({ bytes }, size, { method, animated }) {
    const kind = imageKind(bytes);
    if (!kind) return undefined;
    const whole = { bytes, type: kind.type };
    if (kind.moves && animated) return whole;
    const image = await decoded(new Blob([bytes as BlobPart], { type: kind.type }));
    if (!image) return undefined;
    const smaller = thumbnailSize(image, size, method);
    if (!smaller && !kind.moves) return whole;
    const type = kind.type === "image/jpeg" ? kind.type : "image/png";
    const drawn = await draw(image, smaller ?? image).convertToBlob({ type });
    image.close();
    return { bytes: new Uint8Array(await drawn.arrayBuffer()), type };
  },
};

/** `undefined` for what the browser cannot read. */
function decoded(blob: Blob): Promise<ImageBitmap | undefined> {
  return createImageBitmap(blob).catch(() => undefined);
}

/** The middle of the image, as large as fits. */
function draw(image: ImageBitmap, { width, height }: ImageSize): OffscreenCanvas {
  const canvas = new OffscreenCanvas(width, height);
  const scale = Math.max(width / image.width, height / image.height);
  const [part, rest] = [width / scale, height / scale];
  const [left, top] = [(image.width - part) / 2, (image.height - rest) / 2];
  canvas.getContext("2d")?.drawImage(image, left, top, part, rest, 0, 0, width, height);
  return canvas;
}
