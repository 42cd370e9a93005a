import * as v from "valibot";
import type { Refusal } from "../../protocol/refusal.ts";
import { booleanText, countText } from "../http/validate.ts";
import type { Server } from "../server.ts";
import type { MediaFile } from "./media.ts";

/** How long a download waits for bytes that are still to come, milliseconds, unless the asker says otherwise. */
const defaultWait = 20_000;
const longestWait = 60_000;

export const downloadQuery = v.object({ timeout_ms: v.optional(countText) });

export function downloadWait(asked: number | undefined): number {
  return Math.min(asked ?? defaultWait, longestWait);
}

export const thumbnailQuery = v.object({
  ...downloadQuery.entries,
  width: v.pipe(countText, v.minValue(1, "at least 1")),
  height: v.pipe(countText, v.minValue(1, "at least 1")),
  method: v.optional(v.picklist(["crop", "scale"])),
  animated: v.optional(booleanText),
});

/** The largest thumbnail that is made, pixels a side. */
const longestSide = 2000;

/** A smaller image of a file. https://spec.matrix.org/v1.19/client-server-api/#thumbnails */
export async function thumbnailOf(
  { ports }: Server,
  file: MediaFile,
  { width, height, method = "scale", animated = false }: v.InferOutput<typeof thumbnailQuery>,
  isRemote = false,
): Promise<MediaFile | Refusal> {
  const size = { width: Math.min(width, longestSide), height: Math.min(height, longestSide) };
  const made = await ports.thumbnails?.make(file, size, { method, animated });
  if (made === undefined) return { code: "media/no-thumbnail", facts: { type: file.type } };
  if (made === "too-large")
    return { code: isRemote ? "media/remote-too-large" : "media/too-large-to-thumbnail", facts: {} };
  const { bytes, type } = made;
  return { bytes: bytes as MediaFile["bytes"], type, filename: `thumbnail.${type.slice("image/".length)}` };
}
