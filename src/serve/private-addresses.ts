import { lookup } from "node:dns";
import { BlockList, isIP, type LookupFunction } from "node:net";

/**
 * Addresses that are not of the public internet: one's own machine, one's own network, and what leads there.
 * https://www.iana.org/assignments/iana-ipv4-special-registry
 * https://www.iana.org/assignments/iana-ipv6-special-registry
 */
const notPublic: Record<"ipv4" | "ipv6", readonly string[]> = {
  ipv4: [
    ...["0.0.0.0/8", "10.0.0.0/8", "100.64.0.0/10", "127.0.0.0/8", "169.254.0.0/16", "172.16.0.0/12"],
    ...["192.0.0.0/24", "192.0.2.0/24", "192.88.99.0/24", "192.168.0.0/16", "198.18.0.0/15"],
    ...["198.51.100.0/24", "203.0.113.0/24", "224.0.0.0/4", "240.0.0.0/4"],
  ],
  ipv6: [
    // Those with an IPv4 address inside may lead to any of the above.
    ...["::/96", "::ffff:0:0/96", "64:ff9b::/96", "64:ff9b:1::/48", "2001::/23", "2002::/16"],
    ...["100::/64", "2001:db8::/32", "3fff::/20", "fc00::/7", "fe80::/10", "fec0::/10", "ff00::/8"],
  ],
};

// Two lists: one of both would hold all of IPv4 to be within ::ffff:0:0/96.
const blocked = { ipv4: blockList("ipv4"), ipv6: blockList("ipv6") };

function blockList(family: "ipv4" | "ipv6"): BlockList {
  const list = new BlockList();
  for (const net of notPublic[family]) {
    const [address, bits] = net.split("/");
    list.addSubnet(address!, Number(bits), family);
  }
  return list;
}

/** @param address an IP address, without brackets. */
export function isPrivateAddress(address: string): boolean {
  const version = isIP(address);
  if (version === 0) return true;
  const family = version === 6 ? "ipv6" : "ipv4";
  return blocked[family].check(address, family);
}

/** Thrown where a name or an address leads where requests must not go. */
export class PrivateAddressError extends Error {
  override readonly name = "PrivateAddressError";
  constructor(host: string) {
    super(`${host} is at a private address`);
  }
}

/** The system's resolver, which finds public addresses only: those that are then connected to. */
export const lookUpPublic: LookupFunction = (host, options, callback) => {
  lookup(host, { ...options, all: true }, (error, addresses) => {
    const open = error ? [] : addresses.filter(({ address }) => !isPrivateAddress(address));
    const [first] = open;
    if (error) callback(error, []);
    else if (!first) callback(new PrivateAddressError(host), []);
    else if (options.all) callback(null, open);
    else callback(null, first.address, first.family);
  });
};
