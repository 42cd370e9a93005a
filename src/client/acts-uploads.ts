import type { MatrixClient } from "matrix-js-sdk";
import type { JsonObject } from "../protocol/json.ts";
import { roomSoon, signedIn } from "./act-target.ts";
import { placeOf } from "./acts-messages.ts";
import { encryptFile } from "./crypto/encrypted-file.ts";
import type { DeviceClient } from "./device-client.ts";
import { mentionsOf, type Written, wordsOf } from "./message-content.ts";
import type { Upload } from "./message-fact.ts";
import { readPicture } from "./picture.ts";
import { sendEvent } from "./send-event.ts";

/** A file cannot be sent as it is. `limit` is in bytes. */
export class FileFault extends Error {
  readonly fault: "empty" | "too-large" | "no-picture";
  readonly limit: number;

  constructor(fault: FileFault["fault"], limit = 0) {
    super(`The file is ${fault}`);
    this.fault = fault;
    this.limit = limit;
  }
}

/** A file to send. Events by their ids. */
export type NewFile = {
  file: Blob;
  name: string;
  /** As a picture that others see at once, or as a file to download. */
  as: "m.image" | "m.file";
  caption?: Written;
  replyTo?: string;
  thread?: string;
};

let uploads = 0;

/**
 * Uploads a file and sends it; tells how far it is. Answers as `sendEvent` does.
 * @throws {FileFault} before anything is uploaded
 */
export async function sendFile(device: DeviceClient, room: string, wanted: NewFile): Promise<string> {
  const client = signedIn(device);
  const shown = await roomSoon(client, room);
  const { file, name, caption, thread } = wanted;
  if (file.size === 0) throw new FileFault("empty");
  uploads += 1;
  const id = `upload-${uploads}`;
  const progress: Upload = {
    name,
    size: file.size,
    loaded: 0,
    state: "looking",
    ...(thread !== undefined && { thread }),
  };
  const tell = (change: Partial<Upload>): void => {
    Object.assign(progress, change);
    device.tell({ type: "upload", room: shown.roomId, id, upload: { ...progress } });
  };
  tell({});
  try {
    const { "m.upload.size": limit } = await client.getMediaConfig(true);
    if (limit !== undefined && limit !== null && file.size > limit) throw new FileFault("too-large", limit);
    const isSealed = device.crypto !== undefined && shown.hasEncryptionStateEvent();
    const put: Put = isSealed ? uploadSealed : uploadPlain;
    const content = await uploadContent(client, wanted, put, tell);
    tell({ state: "sending" });
    const { relation, answered } = await placeOf(shown, wanted);
    return await sendEvent(device, client, shown.roomId, {
      type: "m.room.message",
      content: {
        ...content,
        ...(caption ? wordsOf(caption) : { body: name }),
        ...mentionsOf(caption ?? { text: "" }, client.getSafeUserId(), answered),
        ...relation,
      },
      thread: thread ?? null,
    });
  } finally {
    device.tell({ type: "upload", room: shown.roomId, id, upload: null });
  }
}

/**
 * https://spec.matrix.org/v1.19/client-server-api/#mimage
 * https://spec.matrix.org/v1.19/client-server-api/#mfile
 */
async function uploadContent(
  client: MatrixClient,
  { file, name, as }: NewFile,
  put: Put,
  tell: (change: Partial<Upload>) => void,
): Promise<JsonObject> {
  if (as === "m.file") {
    tell({ state: "uploading" });
    const type = file.type || "application/octet-stream";
    const where = await put(client, file, name, type);
    tell({ loaded: file.size });
    return { msgtype: as, filename: name, ...where, info: { mimetype: type, size: file.size } };
  }
  const read = await readPicture(file);
  if (!read) throw new FileFault("no-picture");
  const { picture, thumbnail } = read;
  const size = file.size + (thumbnail?.blob.size ?? 0);
  tell({ state: "uploading", size });
  const info: JsonObject = {
    mimetype: picture.type,
    size: file.size,
    w: picture.width,
    h: picture.height,
  };
  if (thumbnail) {
    const where = await put(client, thumbnail.blob, `thumbnail of ${name}`, thumbnail.type);
    for (const [key, value] of Object.entries(where)) info[`thumbnail_${key}`] = value;
    info.thumbnail_info = {
      mimetype: thumbnail.type,
      size: thumbnail.blob.size,
      w: thumbnail.width,
      h: thumbnail.height,
    };
    tell({ loaded: thumbnail.blob.size });
  }
  const where = await put(client, file, name, picture.type);
  tell({ loaded: size });
  return { msgtype: as, filename: name, ...where, info };
}

/** Uploads a file, and gives what a message says about where it is. */
type Put = (client: MatrixClient, file: Blob, name: string, type: string) => Promise<JsonObject>;

const uploadPlain: Put = async (client, file, name, type) => ({
  url: await upload(client, file, name, type),
});

/** The server gets neither the bytes nor their name and type. */
const uploadSealed: Put = async (client, file) => {
  const { bytes, how } = await encryptFile(file);
  const url = await upload(client, new Blob([bytes]), undefined, "application/octet-stream");
  return { file: { ...how, url } };
};

/** The SDK's own `uploadContent` takes XMLHttpRequest, which no simulated network carries. */
/** Uploads a file as it is; its `mxc:` address. */
export async function upload(
  client: MatrixClient,
  file: Blob,
  filename: string | undefined,
  type: string,
): Promise<string> {
  const { content_uri: uri } = await client.http.authedRequest<{ content_uri: string }>(
    "POST" as never,
    "/upload",
    filename === undefined ? {} : { filename },
    file as never,
    { prefix: "/_matrix/media/v3", headers: { "Content-Type": type } },
  );
  return uri;
}
