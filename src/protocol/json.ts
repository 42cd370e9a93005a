/** A JSON value as the wire carries it. */
export type Json = null | boolean | number | string | Json[] | JsonObject;
/** A JSON object. Values may be absent, never `undefined` once encoded. */
export type JsonObject = { [key: string]: Json };
