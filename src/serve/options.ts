import { isIP } from "node:net";
import { isRefusal } from "../protocol/refusal.ts";
import { findRoomVersion, roomVersions } from "../protocol/room-versions.ts";
import { parseServerName } from "../protocol/server-name.ts";

/** One thing that whoever starts `serve` may decide: by a flag, or in a file of settings by the same name. */
export type Option = {
  /** A switch is there or not; a list may be given more than once. */
  kind: "switch" | "text" | "number" | "file" | "list" | "files";
  /** What stands for its value in the usage. */
  value?: string;
  /** What a value has to be, after "expected". */
  expected: string;
  fits?(text: string): boolean;
  says: string;
};

const port = {
  kind: "number",
  value: "PORT",
  expected: "a number from 0 to 65535",
  fits: (text: string) => /^\d{1,5}$/.test(text) && Number(text) <= 65_535,
} as const;

const pem = { value: "FILE", expected: "the path of a file" } as const;
const onOff = { kind: "switch", expected: "true or false" } as const;

/** All options, in the order of the usage. */
export const options = {
  "server-name": {
    kind: "text",
    value: "NAME",
    expected: "a server name",
    fits: (text) => !isRefusal(parseServerName(text)),
    says: "what stands after the colon in the addresses of its users",
  },
  port: { ...port, says: "where it listens for HTTP; 0 takes any port that is free" },
  host: {
    kind: "text",
    value: "ADDRESS",
    expected: "an address of this machine",
    fits: (text) => isIP(text) !== 0 || text === "localhost",
    says: "on which address it listens, and on no other (127.0.0.1)",
  },
  data: {
    kind: "file",
    value: "DIR",
    expected: "the path of a directory",
    says: "keeps everything there; without it all is in memory",
  },
  "open-registration": { ...onOff, says: "anybody may make an account" },
  "registration-token": {
    kind: "list",
    value: "TOKEN",
    expected: "1 to 64 letters, digits and ._~-",
    fits: (text) => /^[A-Za-z0-9._~-]{1,64}$/.test(text),
    says: "who knows it may make an account; may be given more than once",
  },
  "registration-shared-secret": {
    kind: "text",
    value: "SECRET",
    expected: "a text that is not empty",
    fits: (text) => text !== "",
    says: "who knows it makes accounts by /_synapse/admin/v1/register",
  },
  "tls-port": { ...port, says: "where it listens for HTTPS" },
  "tls-cert": { ...pem, kind: "file", says: "the certificate for HTTPS, and those that vouch for it (PEM)" },
  "tls-key": { ...pem, kind: "file", says: "the key of that certificate (PEM)" },
  ca: {
    ...pem,
    kind: "files",
    says: "an authority to trust beside the usual ones (PEM); more than one may be",
  },
  "client-url": {
    kind: "text",
    value: "URL",
    expected: "the URL of a server",
    fits: (text) => URL.canParse(text) && /^https?:$/.test(new URL(text).protocol),
    says: "where clients find it, as it tells them at /.well-known/matrix/client",
  },
  delegate: {
    kind: "text",
    value: "NAME",
    expected: "a server name",
    fits: (text) => !isRefusal(parseServerName(text)),
    says: "where other servers find it, as it tells them at /.well-known/matrix/server",
  },
  "default-room-version": {
    kind: "text",
    value: "VERSION",
    expected: `one of ${Object.keys(roomVersions).join(", ")}`,
    fits: (text) => findRoomVersion(text) !== undefined,
    says: "of rooms whose creator does not choose one",
  },
  "url-previews": { ...onOff, says: "shows clients what is at the addresses in messages" },
  lab: {
    ...onOff,
    says: "for test benches: no rate limits, private addresses allowed, URL previews on, cheap password hashes, keys from the origin alone, anyone may publish to the directory",
  },
  "access-log": { ...onOff, says: "prints a line for each request" },
} as const satisfies Record<string, Option>;

export type OptionName = keyof typeof options;

export const optionNames = Object.keys(options) as OptionName[];

/** The option of that name, as any of them. */
export function option(name: OptionName): Option {
  return options[name];
}

type ValueOf<O extends Option> = O["kind"] extends "switch"
  ? boolean
  : O["kind"] extends "number"
    ? number
    : O["kind"] extends "list" | "files"
      ? readonly string[]
      : string;

/** What was decided; what was not is absent. */
export type OptionValues = { -readonly [Name in OptionName]?: ValueOf<(typeof options)[Name]> };
