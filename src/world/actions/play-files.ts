import { FileFault, type NewFile, sendFile } from "../../client/acts-uploads.ts";
import { heldFile } from "../../client/picked-files.ts";
import type { ActionResult } from "../action.ts";
import { type Actor, type Plays, refused, roomId } from "./action-stage.ts";
import { drawPicture } from "./drawn-picture.ts";
import type { FileAction, FileSource } from "./message-action.ts";
import { placeIn, writtenIn } from "./written.ts";

export const filePlays: Plays<FileAction> = {
  sendImage: (actor, action) => send(actor, action, "m.image"),
  sendFile: (actor, action) => send(actor, action, "m.file"),
};

async function send(actor: Actor, action: FileAction, as: NewFile["as"]): Promise<ActionResult> {
  const room = roomId(actor, action.in);
  const file = await fileOf(action.file);
  if (!file) return refused("file/gone", { name: action.name }, "file");
  actor.client.showRoom(room);
  const hasWords = action.text !== undefined || action.say !== undefined;
  try {
    const event = await sendFile(actor.client, room, {
      file,
      name: action.name,
      as,
      ...(hasWords && { caption: writtenIn(actor, action) }),
      ...placeIn(actor, action),
    });
    return { ok: true, event };
  } catch (error) {
    if (!(error instanceof FileFault)) throw error;
    return refused(`file/${error.fault}`, { name: action.name, limit: error.limit }, "file");
  }
}

/** The bytes that are meant; undefined where the page has lost them. */
export function fileOf(source: FileSource): Promise<Blob> | Blob | undefined {
  if ("picked" in source) return heldFile(source.picked);
  if ("picture" in source) return drawPicture(source.picture);
  return new Blob([source.content], { type: "text/plain" });
}
