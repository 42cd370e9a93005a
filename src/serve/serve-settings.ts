import type { RoomVersionId } from "../protocol/room-versions.ts";
import { readFlags } from "./flags.ts";
import type { OptionValues } from "./options.ts";
import { readAuthorities, readTlsIdentity, type TlsIdentity } from "./tls-files.ts";

/** Everything that `serve` was told, checked. */
export type ServeSettings = {
  serverName: string;
  host: string;
  /** Absent: no plain HTTP. */
  port?: number;
  /** Absent: no HTTPS. */
  tls?: TlsIdentity & { port: number };
  /** Certificates of further authorities, in PEM. */
  authorities: readonly string[];
  /** Absent: everything is in memory. */
  data?: string;
  openRegistration: boolean;
  registrationTokens: readonly string[];
  sharedSecret?: string;
  clientUrl?: string;
  delegate?: string;
  defaultRoomVersion?: RoomVersionId;
  urlPreviews: boolean;
  /** On a test bench: nothing is limited, slow or closed for safety. */
  lab: boolean;
  accessLog: boolean;
};

/** What the command line says, with the file of settings that it names; or what is wrong with it. */
export async function readServeSettings(
  args: readonly string[],
): Promise<ServeSettings | "help" | { fault: string }> {
  const flags = readFlags(args);
  if (flags === "help" || "fault" in flags) return flags;
  let values = flags.values;
  if (flags.config !== undefined) {
    const { readConfigFile } = await import("./config-file.ts");
    const config = readConfigFile(flags.config);
    if ("fault" in config) return config;
    values = { ...config, ...values };
  }
  return settingsOf(values);
}

function settingsOf(values: OptionValues): ServeSettings | { fault: string } {
  const serverName = values["server-name"];
  if (serverName === undefined) return { fault: "--server-name is missing" };
  const { port, host = "127.0.0.1", data, lab = false, ca = [], delegate } = values;
  const [tlsPort, cert, key] = [values["tls-port"], values["tls-cert"], values["tls-key"]];
  if (port === undefined && tlsPort === undefined) return { fault: "--port is missing" };
  const given = [tlsPort, cert, key].filter((it) => it !== undefined).length;
  if (given > 0 && given < 3) return { fault: "--tls-port, --tls-cert and --tls-key go together" };
  const identity = cert !== undefined && key !== undefined ? readTlsIdentity(cert, key) : undefined;
  if (identity && "fault" in identity) return identity;
  const authorities = readAuthorities(ca);
  if ("fault" in authorities) return authorities;
  const secret = values["registration-shared-secret"];
  const version = values["default-room-version"];
  const clientUrl = values["client-url"];
  return {
    serverName,
    host,
    ...(port !== undefined && { port }),
    ...(identity && tlsPort !== undefined && { tls: { ...identity, port: tlsPort } }),
    authorities,
    ...(data !== undefined && { data }),
    openRegistration: values["open-registration"] ?? false,
    registrationTokens: values["registration-token"] ?? [],
    ...(secret !== undefined && { sharedSecret: secret }),
    ...(clientUrl !== undefined && { clientUrl }),
    ...(delegate !== undefined && { delegate }),
    ...(version !== undefined && { defaultRoomVersion: version as RoomVersionId }),
    urlPreviews: values["url-previews"] ?? lab,
    lab,
    accessLog: values["access-log"] ?? false,
  };
}
