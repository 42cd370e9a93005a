import type { Json, JsonObject } from "../../../protocol/json.ts";

/** A file in a message. Other people's words: nothing of it is believed before it is looked at. */
export type FileContent = {
  kind: "image" | "video" | "audio" | "file";
  /** `mxc://…`, absent where the message has none that can be followed. */
  url?: string;
  thumbnail?: string;
  name: string;
  caption?: string;
  /** Bytes, as the sender says. */
  size?: number;
  /** Pixels, as the sender says. */
  width?: number;
  height?: number;
};

const kinds: Readonly<Record<string, FileContent["kind"]>> = {
  "m.image": "image",
  "m.video": "video",
  "m.audio": "audio",
  "m.file": "file",
};

/**
 * The file of a message, if it is one with a file.
 * https://spec.matrix.org/v1.19/client-server-api/#media-captions
 */
export function fileIn(content: JsonObject): FileContent | undefined {
  const kind = typeof content.msgtype === "string" ? kinds[content.msgtype] : undefined;
  if (!kind) return undefined;
  const info = objectOf(content.info);
  const body = textOf(content.body) ?? "";
  const filename = textOf(content.filename);
  // An encrypted file has its address beside what opens it.
  const url = mxcIn(content.url ?? objectOf(content.file).url);
  const thumbnail = mxcIn(info.thumbnail_url ?? objectOf(info.thumbnail_file).url);
  const [size, width, height] = [info.size, info.w, info.h].map(countOf);
  return {
    kind,
    name: (filename ?? body) || kind,
    ...(filename !== undefined && filename !== body && body !== "" && { caption: body }),
    ...(url !== undefined && { url }),
    ...(thumbnail !== undefined && { thumbnail }),
    ...(size !== undefined && { size }),
    ...(width !== undefined && height !== undefined && { width, height }),
  };
}

/** Bytes in words: `3.4 MB`. */
export function sizeWords(bytes: number, language: string): string {
  const units = ["byte", "kilobyte", "megabyte", "gigabyte"] as const;
  const step = Math.min(units.length - 1, Math.floor(Math.log10(Math.max(1, bytes)) / 3));
  return new Intl.NumberFormat(language, {
    style: "unit",
    unit: units[step] ?? "byte",
    unitDisplay: step === 0 ? "long" : "short",
    maximumFractionDigits: step === 0 ? 0 : 1,
  }).format(bytes / 1000 ** step);
}

function mxcIn(value: Json | undefined): string | undefined {
  return typeof value === "string" && /^mxc:\/\/[^/\s]{1,255}\/[\w-]{1,255}$/.test(value) ? value : undefined;
}

function countOf(value: Json | undefined): number | undefined {
  return typeof value === "number" && Number.isFinite(value) && value > 0 ? Math.floor(value) : undefined;
}

function textOf(value: Json | undefined): string | undefined {
  return typeof value === "string" ? value : undefined;
}

function objectOf(value: Json | undefined): JsonObject {
  return typeof value === "object" && value !== null && !Array.isArray(value) ? value : {};
}
