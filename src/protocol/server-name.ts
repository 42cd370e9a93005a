import type { Refusal } from "./refusal.ts";

/** The codes of {@link parseServerName}. */
export const refusalCodes = [
  "identifier/bad-ipv4",
  "identifier/bad-ipv6",
  "identifier/bad-port",
  "identifier/bad-server-character",
  "identifier/empty-server",
  "identifier/server-too-long",
] as const;

export type ServerName = {
  kind: "server";
  text: string;
  /** Without port; IPv6 literals in their brackets. */
  host: string;
  hostKind: "dns" | "ipv4" | "ipv6";
  port?: number;
};

/**
 * Reads a server name. Facts name the `text`, and a `position` in it in UTF-16 units.
 * https://spec.matrix.org/v1.19/appendices/#server-name
 */
export function parseServerName(text: string): ServerName | Refusal {
  if (text === "") return { code: "identifier/empty-server", facts: { text } };
  const portColon = text.startsWith("[") ? text.indexOf(":", text.indexOf("]") + 1) : text.indexOf(":");
  const host = portColon === -1 ? text : text.slice(0, portColon);
  const hostFault = faultOfHost(text, host);
  if (hostFault) return hostFault;
  const name: ServerName = { kind: "server", text, host, hostKind: kindOfHost(host) };
  if (portColon === -1) return name;
  // port = 1*5DIGIT; what is more than 65535 is none
  const port = text.slice(portColon + 1);
  if (!/^\d{1,5}$/.test(port) || Number(port) > 65535) {
    return { code: "identifier/bad-port", facts: { text, port, position: portColon + 1 } };
  }
  return { ...name, port: Number(port) };
}

function kindOfHost(host: string): ServerName["hostKind"] {
  if (host.startsWith("[")) return "ipv6";
  return dottedQuad.test(host) ? "ipv4" : "dns";
}

/** IPv4address = 1*3DIGIT "." 1*3DIGIT "." 1*3DIGIT "." 1*3DIGIT */
const dottedQuad = /^\d{1,3}\.\d{1,3}\.\d{1,3}\.\d{1,3}$/;

function faultOfHost(text: string, host: string): Refusal | undefined {
  if (host === "") return { code: "identifier/empty-server", facts: { text } };
  if (host.startsWith("[")) {
    const good = host.endsWith("]") && isIpv6(host.slice(1, -1));
    return good ? undefined : { code: "identifier/bad-ipv6", facts: { text, host } };
  }
  // dns-name = 1*255dns-char; dns-char = DIGIT / ALPHA / "-" / "."
  const bad = /[^0-9A-Za-z.-]/u.exec(host);
  if (bad) {
    return {
      code: "identifier/bad-server-character",
      facts: { text, character: bad[0], position: bad.index },
    };
  }
  if (host.length > 255) {
    return { code: "identifier/server-too-long", facts: { text, bytes: host.length, limit: 255 } };
  }
  if (dottedQuad.test(host) && host.split(".").some((part) => Number(part) > 255)) {
    return { code: "identifier/bad-ipv4", facts: { text, host } };
  }
  return undefined;
}

/** https://www.rfc-editor.org/rfc/rfc3513#section-2.2 */
function isIpv6(address: string): boolean {
  const halves = address.split("::");
  if (halves.length > 2) return false;
  const groups = halves.flatMap((half) => (half === "" ? [] : half.split(":")));
  const tail = groups.at(-1);
  let count = groups.length;
  if (tail?.includes(".")) {
    // an IPv4 address may stand for the last two groups, and only at the end
    if (address.endsWith("::") || !dottedQuad.test(tail)) return false;
    if (tail.split(".").some((part) => Number(part) > 255)) return false;
    groups.pop();
    count += 1;
  }
  if (!groups.every((group) => /^[0-9A-Fa-f]{1,4}$/.test(group))) return false;
  return halves.length === 2 ? count <= 7 : count === 8;
}
