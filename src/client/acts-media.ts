import type { MatrixClient } from "matrix-js-sdk";
import type { JsonObject } from "../protocol/json.ts";
import { signedIn } from "./act-target.ts";
import { decryptFile, type EncryptedFile, encryptedFilesIn } from "./crypto/encrypted-file.ts";
import type { DeviceClient } from "./device-client.ts";

/** The bytes of media, as this device may see them; opened, where a message that it can read says how. */
export async function fetchMedia(device: DeviceClient, mxc: string): Promise<Blob | undefined> {
  const [, server, id] = /^mxc:\/\/([^/]+)\/([\w-]+)$/.exec(mxc) ?? [];
  if (server === undefined || id === undefined) return undefined;
  const client = signedIn(device);
  const blob = await client.http.authedRequest<Blob>(
    "GET" as never,
    `/media/download/${encodeURIComponent(server)}/${encodeURIComponent(id)}`,
    undefined,
    undefined,
    { prefix: "/_matrix/client/v1", rawResponseBody: true } as never,
  );
  const found = howToOpen(client, mxc);
  if (!found) return blob;
  return new Blob([await decryptFile(await blob.arrayBuffer(), found.file)], { type: found.type });
}

/** What a message in one of the client's rooms says about an encrypted file. */
function howToOpen(client: MatrixClient, mxc: string): { file: EncryptedFile; type: string } | undefined {
  for (const room of client.getRooms()) {
    const sets = [room.getUnfilteredTimelineSet(), ...room.getThreads().map((thread) => thread.timelineSet)];
    const known = sets.flatMap((set) => set.getTimelines().flatMap((each) => each.getEvents()));
    // One's own are shown while they are on their way, too.
    for (const event of [...known, ...room.getPendingEvents()]) {
      const content = event.getContent() as JsonObject;
      const file = encryptedFilesIn(content).find(({ url }) => url === mxc);
      if (file) return { file, type: typeOf(content, file) };
    }
  }
  return undefined;
}

/** What the sender says that it is. A page that shows it must not believe more than that. */
function typeOf(content: JsonObject, file: EncryptedFile): string {
  const info = (content.info ?? {}) as { mimetype?: unknown; thumbnail_info?: { mimetype?: unknown } };
  const said = content.file === (file as unknown) ? info.mimetype : info.thumbnail_info?.mimetype;
  return typeof said === "string" ? said : "application/octet-stream";
}
