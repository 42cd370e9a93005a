import type { ErrorRow } from "../errors.ts";

/** Of the content repository. */
export const mediaErrors = {
  "media/already-uploaded": [409, "M_CANNOT_OVERWRITE_MEDIA", "This media id has its content already"],
  "media/not-yet-uploaded": [504, "M_NOT_YET_UPLOADED", "The content has not been uploaded yet"],
  "media/too-large-to-thumbnail": [413, "M_TOO_LARGE", "The content is too large to thumbnail"],
  "media/remote-too-large": [502, "M_TOO_LARGE", "The file of the other server is too large"],
  "media/remote-cut-off": [502, "M_UNKNOWN", "The file of the other server did not come whole"],
  "media/no-thumbnail": [400, "M_UNKNOWN", "There is no thumbnail of {type}"],
  "preview/private-address": [403, "M_FORBIDDEN", "{url} is at a private address"],
  "preview/unreachable": [502, "M_UNKNOWN", "{url} did not answer with anything that can be shown"],
} as const satisfies Record<string, ErrorRow>;
