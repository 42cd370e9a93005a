/** What tools are for: a homeserver, or the link between two hosts. */
export type ToolsSubject = { host: string } | { between: readonly [string, string] };
