/** Pixels. */
export type ImageSize = { width: number; height: number };
export type ThumbnailMethod = "crop" | "scale";

/**
 * The size of an image's thumbnail: no smaller than wanted unless the image is, and never larger than the image.
 * `scale` keeps the image's shape, `crop` takes from its middle what has the wanted one. `undefined` where the image
 * is no larger than wanted, and stays as it is.
 * https://spec.matrix.org/v1.19/client-server-api/#thumbnails
 */
export function thumbnailSize(
  image: ImageSize,
  wanted: ImageSize,
  method: ThumbnailMethod,
): ImageSize | undefined {
  if (image.width <= wanted.width && image.height <= wanted.height) return undefined;
  const scale = Math.max(wanted.width / image.width, wanted.height / image.height);
  if (method === "scale") return scale < 1 ? scaled(image, scale) : undefined;
  return scaled(wanted, Math.min(1, image.width / wanted.width, image.height / wanted.height));
}

function scaled({ width, height }: ImageSize, scale: number): ImageSize {
  return { width: Math.max(1, Math.round(width * scale)), height: Math.max(1, Math.round(height * scale)) };
}
