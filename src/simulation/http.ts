/** A request as the log keeps it: plain data, taken at the transport, header names in lower case. */
export type HttpRequest = {
  method: string;
  /** The full address, for example `https://garden.example/_matrix/client/versions`. */
  url: string;
  headers: [name: string, value: string][];
  /** Text where it is text; bytes otherwise; absent where there is none. */
  body?: string | Uint8Array;
  /** Of a body of which the log has only the beginning: how many bytes it has. */
  bodySize?: number;
};

/** A response as the log keeps it. */
export type HttpResponse = {
  status: number;
  headers: [name: string, value: string][];
  body?: string | Uint8Array;
  bodySize?: number;
};
