/**
 * The operations that this homeserver does not serve: each answers as an unknown path does.
 */
export const notServed: ReadonlySet<string> = new Set([
  // What servers say about themselves, and accounts that another system keeps.
  "getWellknownPolicy",
  "getWellknownSupport",
  "getAuthMetadata",
  "redirectToSSO",
  "redirectToIdP",
  // Bridges.
  "pingAppservice",
  "updateAppserviceRoomDirectoryVisibility",
  "queryLocationByAlias",
  "queryLocationByProtocol",
  "getProtocolMetadata",
  "queryUserByID",
  "queryUserByProtocol",
  // Previews of web pages.
  "getUrlPreviewAuthed",
  "getUrlPreview",
]);
