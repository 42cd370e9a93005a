import type { ErrorRow } from "../errors.ts";

/** Of the content repository. */
export const mediaErrors = {
  "media/already-uploaded": [409, "M_CANNOT_OVERWRITE_MEDIA", "This media id has its content already"],
  "media/not-yet-uploaded": [504, "M_NOT_YET_UPLOADED", "The content has not been uploaded yet"],
  "media/no-thumbnail": [400, "M_UNKNOWN", "There is no thumbnail of {type}"],
} as const satisfies Record<string, ErrorRow>;
