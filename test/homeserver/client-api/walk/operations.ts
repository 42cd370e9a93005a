import lines from "./operations.jsonl?raw";

/** What a JSON value has to be: the part of JSON Schema that the API definitions need. */
export type Shape = {
  type?: string;
  enum?: string[];
  properties?: Record<string, Shape>;
  required?: string[];
  items?: Shape;
  /** Of the properties that the definition does not name. */
  values?: Shape;
};

/** An operation of the client-server API. */
export type Operation = {
  /** The specification's `operationId`. */
  id: string;
  method: string;
  path: string;
  auth: "token" | "optional" | "none";
  query?: { name: string; required?: true; type?: string; enum?: string[] }[];
  body?: Shape;
  bodyRequired?: true;
  /** The body is no JSON. */
  bytes?: true;
  /** What the definition says that it may answer. */
  statuses: number[];
};

/**
 * Every operation of the specification's own API definitions (`data/api/client-server`, the draft of v1.20): one a
 * line, with what a request has to be.
 */
export const operations: readonly Operation[] = lines
  .trim()
  .split("\n")
  .map((line) => JSON.parse(line) as Operation);
